import 'server-only'

import { faceFor, type Face, type Look } from './faces'

/** Letters beside each other of one face. */
interface Run {
  readonly face: Face
  readonly text: string
}

export interface Style {
  readonly look: Look
  /** In points. */
  readonly size: number
  readonly color: string
}

/** Sets text in whichever faces have its characters: European names need several. */
export class Typesetter {
  readonly #doc: PDFKit.PDFDocument
  readonly #registered = new Set<string>()

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc
  }

  #use(face: Face, size: number): void {
    if (!this.#registered.has(face.name)) {
      this.#registered.add(face.name)
      this.#doc.registerFont(face.name, face.bytes)
    }
    this.#doc.font(face.name).fontSize(size)
  }

  /** Points. */
  widthOf(text: string, { look, size }: Style): number {
    return runsOf(text, look).reduce((sum, run) => {
      this.#use(run.face, size)
      return sum + this.#doc.widthOfString(run.text)
    }, 0)
  }

  /** Draws one line with its letters standing on `baseline`; `x` is its left end, or its right one for `end`. */
  draw(text: string, x: number, baseline: number, style: Style, align: 'start' | 'end' = 'start'): void {
    let left = align === 'end' ? x - this.widthOf(text, style) : x
    for (const run of runsOf(text, style.look)) {
      this.#use(run.face, style.size)
      this.#doc.fillColor(style.color)
      this.#doc.text(run.text, left, baseline, { lineBreak: false, baseline: 'alphabetic' })
      left += this.#doc.widthOfString(run.text)
    }
  }

  /** Breaks between words, and inside a word that is wider than the line. */
  wrap(text: string, width: number, style: Style): string[] {
    const lines: string[] = []
    let line = ''
    for (const word of text.normalize('NFC').split(/\s+/).filter(Boolean)) {
      const longer = line === '' ? word : `${line} ${word}`
      if (this.widthOf(longer, style) <= width) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      const pieces = this.#cut(word, width, style)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1) ?? ''
    }
    return line === '' ? lines : [...lines, line]
  }

  #cut(word: string, width: number, style: Style): string[] {
    const pieces: string[] = []
    let piece = ''
    for (const letter of word) {
      if (piece !== '' && this.widthOf(piece + letter, style) > width) {
        pieces.push(piece)
        piece = ''
      }
      piece += letter
    }
    return [...pieces, piece]
  }
}

function runsOf(text: string, look: Look): Run[] {
  const runs: Run[] = []
  let face: Face | null = null
  let letters = ''
  for (const letter of text.normalize('NFC')) {
    const own = faceFor(look, letter.codePointAt(0) ?? 0)
    if (face && own.name !== face.name) {
      runs.push({ face, text: letters })
      letters = ''
    }
    face = own
    letters += letter
  }
  return face ? [...runs, { face, text: letters }] : runs
}
