import 'server-only'

import { readBody } from './read-body'

/** No body of ours is larger. */
const BODY_MAX_BYTES = 4_096

export type JsonBody = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'too_large' | 'malformed' }

/** The body as JSON, never read further than the limit; an empty one is `null`. */
export async function readJson(request: Request): Promise<JsonBody> {
  const bytes = await readBody(request, BODY_MAX_BYTES)
  if (bytes === null) return { kind: 'too_large' }
  if (bytes.byteLength === 0) return { kind: 'json', value: null }
  try {
    return { kind: 'json', value: JSON.parse(Buffer.from(bytes).toString('utf8')) }
  } catch {
    return { kind: 'malformed' }
  }
}
