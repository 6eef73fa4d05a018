import 'server-only'

import { readFileSync } from 'node:fs'
import path from 'node:path'

import * as fontkit from 'fontkit'

import { unpackWoff } from './unpack-woff'

/** The shop's own type: one serif for headings, one grotesk for everything else. */
export type Look = 'text' | 'strong' | 'serif'

/** A part of an alphabet, as the font packages cut them. */
export interface Face {
  /** By which a document knows it. */
  readonly name: string
  readonly bytes: Buffer
  readonly has: (codePoint: number) => boolean
}

const HANKEN = ['latin', 'latin-ext', 'vietnamese']
/** Greek and Cyrillic, which the shop's own type has not, and whatever else it lacks. */
const NOTO = ['cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'latin-ext', 'vietnamese']

const FILES: Readonly<Record<Look, readonly string[]>> = {
  text: [
    ...HANKEN.map((part) => file('hanken-grotesk', part, 400)),
    ...NOTO.map((part) => file('noto-sans', part, 400)),
  ],
  strong: [
    ...HANKEN.map((part) => file('hanken-grotesk', part, 600)),
    ...NOTO.map((part) => file('noto-sans', part, 600)),
  ],
  serif: [...HANKEN.map((part) => file('newsreader', part, 500)), ...NOTO.map((part) => file('noto-sans', part, 600))],
}

/** WOFF rather than WOFF2: fontkit cannot take single glyphs out of the second. */
function file(family: string, part: string, weight: number): string {
  return `${family}/files/${family}-${part}-${weight}-normal.woff`
}

const faces = new Map<string, Face>()

function readFace(name: string): Face {
  const known = faces.get(name)
  if (known) return known
  const place = path.join(/* turbopackIgnore: true */ process.cwd(), 'node_modules/@fontsource', name)
  const bytes = unpackWoff(readFileSync(place))
  const font = fontkit.create(bytes)
  if (!('characterSet' in font)) throw new Error(`${name} is a collection`)
  const codePoints = new Set(font.characterSet)
  const face: Face = { name, bytes, has: (codePoint) => codePoints.has(codePoint) }
  faces.set(name, face)
  return face
}

/** The first face of a look that has this character; the first of all when none has, which then draws its empty box. */
export function faceFor(look: Look, codePoint: number): Face {
  const names = FILES[look]
  const found = names.find((name) => readFace(name).has(codePoint))
  return readFace(found ?? names[0] ?? '')
}
