import 'server-only'

import { createHash, randomBytes } from 'node:crypto'

import sharp from 'sharp'

import {
  isSomethingElseToo,
  PICTURE_BYTES_MAX,
  PICTURE_PIXELS_MAX,
  PICTURE_RATIO_MAX,
  PICTURE_WIDTH_MIN,
  sniffPicture,
  widthsFor,
} from '@/lib/domain/picture-upload'

export type PictureProblem =
  | 'empty'
  | 'too_many_bytes'
  | 'wrong_type'
  | 'something_else'
  | 'too_many_pixels'
  | 'too_small'
  | 'too_long'
  | 'moving'
  | 'broken'

export interface RenderedPicture {
  readonly kind: 'rendered'
  /** File name without width and ending. */
  readonly base: string
  readonly width: number
  readonly height: number
  readonly files: readonly { readonly width: number; readonly bytes: Buffer }[]
}

/** Bytes above which a size is encoded once more with less quality, as the demonstration's pictures are. */
const BYTE_LIMITS: Readonly<Record<number, number>> = { 400: 25_000, 800: 80_000, 1200: 160_000 }
const DECODE_SECONDS = 20

/**
 * A picture as it is stored, made anew from its pixels: turned upright, in the shop's sizes, and without anything else that came with
 * it (place, camera, thumbnails, whatever is hidden behind its end). Nothing is decoded before its bytes have been looked at.
 */
export async function renderPicture(
  bytes: Uint8Array,
): Promise<RenderedPicture | { readonly kind: 'refused'; readonly problem: PictureProblem }> {
  const refuse = (problem: PictureProblem) => ({ kind: 'refused', problem }) as const
  if (bytes.byteLength === 0) return refuse('empty')
  if (bytes.byteLength > PICTURE_BYTES_MAX) return refuse('too_many_bytes')
  const type = sniffPicture(bytes)
  if (type === null) return refuse('wrong_type')
  if (isSomethingElseToo(bytes, type)) return refuse('something_else')
  return oneAtATime(async () => {
    try {
      const problem = await judgeSize(bytes)
      return problem ? refuse(problem) : await render(bytes)
    } catch {
      return refuse('broken')
    }
  })
}

const open = (bytes: Uint8Array) => sharp(bytes, { limitInputPixels: PICTURE_PIXELS_MAX, failOn: 'error' })

/** By its head alone: what says that it is enormous is never unpacked. */
async function judgeSize(bytes: Uint8Array): Promise<PictureProblem | null> {
  const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata()
  if (width * height * pages > PICTURE_PIXELS_MAX) return 'too_many_pixels'
  if (pages > 1) return 'moving'
  if (Math.max(width, height) > PICTURE_RATIO_MAX * Math.min(width, height)) return 'too_long'
  return null
}

async function render(bytes: Uint8Array): Promise<RenderedPicture | { kind: 'refused'; problem: PictureProblem }> {
  const { data, info } = await open(bytes)
    .autoOrient()
    .toColourspace('srgb')
    .timeout({ seconds: DECODE_SECONDS })
    .resize({ width: Math.max(...widthsFor(Infinity)), withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.width < PICTURE_WIDTH_MIN) return { kind: 'refused', problem: 'too_small' }
  const { width, height, channels } = info
  const pixels = sharp(data, { raw: { width, height, channels } })
  const encode = (to: number, quality: number) => pixels.clone().resize({ width: to }).webp({ quality }).toBuffer()
  const files = []
  for (const each of widthsFor(width)) {
    const good = await encode(each, 80)
    files.push({ width: each, bytes: good.length > (BYTE_LIMITS[each] ?? Infinity) ? await encode(each, 62) : good })
  }
  return { kind: 'rendered', base: nameOf(bytes), width, height, files }
}

/** By what is in it and by chance: the same picture, deleted and sent again, is another file with another address. */
function nameOf(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  return `up-${hash}-${randomBytes(4).toString('hex')}`
}

let last: Promise<unknown> = Promise.resolve()

/** One picture is decoded at a time in a process: many at once would take its memory. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  return mine
}
