import 'server-only'

import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { getEnvironment } from '@/lib/runtime/env'

const TYPES: Readonly<Record<string, string>> = { '.webp': 'image/webp', '.avif': 'image/avif' }

/** No dots at the front, no separators: such a name cannot lead out of its folder. */
const SEGMENT = /^[a-z0-9][a-z0-9_.-]{0,120}$/i

/** A picture below MEDIA_DIR. Null for whatever is not one, so that nothing else on the disk can be asked for. */
export async function readMedia(
  segments: readonly string[],
): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
  const type = TYPES[path.extname(segments.at(-1) ?? '')]
  if (!type || segments.some((segment) => !SEGMENT.test(segment))) return null
  try {
    const bytes = await readFile(path.join(getEnvironment().MEDIA_DIR, ...segments))
    return { bytes, type }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null
    throw error
  }
}
