import 'server-only'

import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

import type { RenderedPicture } from './render-picture'

/** Written aside and renamed: a file that exists is whole, even after a crash. */
export async function storePicture(mediaDir: string, { base, files }: RenderedPicture): Promise<void> {
  await mkdir(mediaDir, { recursive: true })
  for (const { width, bytes } of files) {
    const file = fileOf(mediaDir, base, width)
    await writeFile(`${file}.part`, bytes)
    await rename(`${file}.part`, file)
  }
}

/** For a picture that came to nothing. One that was shown stays: orders show what was bought as it was then. */
export async function dropStoredPicture(mediaDir: string, { base, files }: RenderedPicture): Promise<void> {
  for (const { width } of files) await rm(fileOf(mediaDir, base, width), { force: true })
}

function fileOf(mediaDir: string, base: string, width: number): string {
  return path.join(mediaDir, `${base}-${width}.webp`)
}
