/** A telephone's photo has some 5 MB, a camera's some 15. */
export const PICTURE_BYTES_MAX = 20_000_000
/** Decoded, a pixel is four bytes: this is what one picture may take of the memory. Telephones make up to 50 million. */
export const PICTURE_PIXELS_MAX = 60_000_000
/** Less is blurred on a telephone already. */
export const PICTURE_WIDTH_MIN = 400
/** What is longer cannot be shown beside others. */
export const PICTURE_RATIO_MAX = 4
export const ALT_MAX = 300
export const PICTURES_MAX = 30

/** The widths in which pictures are served, as the demonstration's are. */
export const PICTURE_WIDTHS = [400, 800, 1200] as const

export type PictureType = 'jpeg' | 'png' | 'webp' | 'avif'

/** As the file begins: a number for each byte. */
const startsWith = (bytes: Uint8Array, start: readonly number[], at = 0) =>
  start.every((byte, index) => bytes[at + index] === byte)

/** What of the bytes is ASCII; the others are some letter or other, and one each. */
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

/**
 * What a file is by its own first bytes, whatever it is called; null for whatever is no picture of ours. SVG is none: it can hold
 * scripts.
 */
export function sniffPicture(bytes: Uint8Array): PictureType | null {
  const head = text(bytes.subarray(0, 32))
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp'
  if (head.slice(4, 8) === 'ftyp' && /^(avif|avis|mif1|miaf)/.test(head.slice(8))) return 'avif'
  return null
}

/** Where the end of a zip's directory must be: 22 bytes and a comment of at most 65,535 (APPNOTE 4.3.16). */
const ZIP_END_BYTES = 65_557

/**
 * What a browser or a server takes for a document of its own, wherever it stands in a file. None of it belongs in a picture, and each
 * is long enough not to stand among millions of bytes by chance.
 */
const DOCUMENTS = /<(script|svg|html|body|iframe|!doctype)[\s>/]|<\?php\s/i

/**
 * Whether a picture is something else as well: a page, a program, an archive, a PDF, or a picture with more behind its end. It would
 * be stored without that, but whoever sends one means no good.
 */
export function isSomethingElseToo(bytes: Uint8Array, type: PictureType): boolean {
  const all = text(bytes)
  if (all.slice(0, 1_024).includes('%PDF-') || all.slice(-ZIP_END_BYTES).includes('PK\u0005\u0006')) return true
  return DOCUMENTS.test(all) || endOf(bytes, type) < bytes.length
}

/** Where the picture ends by its own account. JPEG has none: telephones put a second picture behind the first. */
function endOf(bytes: Uint8Array, type: PictureType): number {
  switch (type) {
    case 'png':
      return endOfPng(bytes)
    case 'webp':
      // RIFF: the length without the first eight bytes, padded to an even number.
      return 8 + Math.ceil(new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) / 2) * 2
    case 'jpeg':
    case 'avif':
      return bytes.length
  }
}

/** Chunk by chunk: length, name, data, checksum (PNG 5.3). */
function endOfPng(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  let at = 8
  while (at + 12 <= bytes.length) {
    const isEnd = startsWith(bytes, [0x49, 0x45, 0x4e, 0x44], at + 4)
    at += 12 + view.getUint32(at)
    if (isEnd) return at
  }
  return bytes.length
}

/** The widths a picture is stored in: none is wider than it came. */
export function widthsFor(sourceWidth: number): number[] {
  const widest = Math.min(sourceWidth, Math.max(...PICTURE_WIDTHS))
  return [...PICTURE_WIDTHS.filter((width) => width < widest), widest]
}
