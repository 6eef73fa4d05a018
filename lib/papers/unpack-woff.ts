import 'server-only'

import { inflateSync } from 'node:zlib'

const HEADER = 44
const ENTRY = 20
const SFNT_HEADER = 12
const SFNT_ENTRY = 16

/**
 * The font inside a WOFF file, as it was before it was packed (www.w3.org/TR/WOFF, 2012). fontkit reads both, but unpacks a WOFF's
 * tables anew for every glyph, which takes longer than everything else on a page.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF file')
  const count = woff.readUInt16BE(12)
  const entries = Array.from({ length: count }, (_, index) => readEntry(woff, HEADER + index * ENTRY))
  const tables: Buffer[] = []
  const directory = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY)
  writeHeader(directory, woff.readUInt32BE(4), count)
  let offset = directory.length
  entries.forEach(({ tag, checksum, length, data }, index) => {
    const at = SFNT_HEADER + index * SFNT_ENTRY
    directory.writeUInt32BE(tag, at)
    directory.writeUInt32BE(checksum, at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(length, at + 12)
    // Tables begin at multiples of four.
    tables.push(Buffer.concat([data, Buffer.alloc(-length & 3)]))
    offset += length + (-length & 3)
  })
  return Buffer.concat([directory, ...tables])
}

function readEntry(woff: Buffer, at: number) {
  const offset = woff.readUInt32BE(at + 4)
  const packed = woff.readUInt32BE(at + 8)
  const length = woff.readUInt32BE(at + 12)
  const bytes = woff.subarray(offset, offset + packed)
  return {
    tag: woff.readUInt32BE(at),
    checksum: woff.readUInt32BE(at + 16),
    length,
    data: packed < length ? inflateSync(bytes) : bytes,
  }
}

function writeHeader(directory: Buffer, flavor: number, count: number): void {
  const power = Math.floor(Math.log2(count))
  directory.writeUInt32BE(flavor, 0)
  directory.writeUInt16BE(count, 4)
  directory.writeUInt16BE(2 ** power * 16, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE(count * 16 - 2 ** power * 16, 10)
}
