import 'server-only'

import type { Look } from './faces'
import type { Style, Typesetter } from './typeset'

/** The shop's inks (app/tokens.css) on white: a printer's paper has its own tone. */
const INKS = { ink: '#1c1b19', soft: '#4b4843', rule: '#d8d2c4', accent: '#233f9e' } as const
type Ink = 'ink' | 'soft' | 'accent'

/** Letter where letters are Letter, A4 everywhere else. Points. */
const SHEETS = { LETTER: { width: 612, height: 792 }, A4: { width: 595.28, height: 841.89 } } as const

const MARGIN = 56
/** The room below the text, where the footer stands. */
const FOOT = 72

export function style(look: Look, size: number, ink: Ink = 'ink'): Style {
  return { look, size, color: INKS[ink] }
}

const SMALL = style('text', 8, 'soft')

export interface Column {
  readonly title: string
  /** Points; null for the one that takes what is left. */
  readonly width: number | null
  readonly align: 'start' | 'end'
}

export interface Cell {
  readonly text: string
  readonly style?: Style
  /** A smaller line below. */
  readonly below?: string
  /** An empty square to tick. */
  readonly tick?: boolean
}

/** One paper of one or several sheets, written from the top down. */
export class Paper {
  readonly type: Typesetter
  readonly left = MARGIN
  readonly right: number
  readonly bottom: number
  /** Where the next thing begins. */
  y = 0
  readonly #doc: PDFKit.PDFDocument
  readonly #size: 'A4' | 'LETTER'
  readonly #foot: string
  readonly #firstSheet: number

  constructor(doc: PDFKit.PDFDocument, type: Typesetter, { country, foot }: { country: string; foot: string }) {
    this.#doc = doc
    this.type = type
    this.#size = country === 'US' ? 'LETTER' : 'A4'
    this.#foot = foot
    const { width, height } = SHEETS[this.#size]
    this.right = width - MARGIN
    this.bottom = height - FOOT
    this.#firstSheet = doc.bufferedPageRange().count
    this.turnOver()
  }

  get width(): number {
    return this.right - this.left
  }

  turnOver(): void {
    this.#doc.addPage({ size: this.#size, margin: 0 })
    this.y = MARGIN
  }

  /** Goes on to the next sheet when less than this is left; true if it did. */
  needs(height: number): boolean {
    if (this.y + height <= this.bottom) return false
    this.turnOver()
    return true
  }

  rule(y: number, { from = this.left, to = this.right, ink = 'rule', thick = 0.5 }: RuleLook = {}): void {
    this.#doc.moveTo(from, y).lineTo(to, y).lineWidth(thick).strokeColor(INKS[ink]).stroke()
  }

  #box(x: number, y: number, size: number): void {
    this.#doc.rect(x, y, size, size).lineWidth(0.75).strokeColor(INKS.soft).stroke()
  }

  /** A square of `matrix.length` modules, `size` points wide. */
  modules(matrix: readonly (readonly boolean[])[], x: number, y: number, size: number): void {
    const each = size / matrix.length
    matrix.forEach((row, down) =>
      row.forEach((isDark, across) => {
        if (isDark) this.#doc.rect(x + across * each, y + down * each, each, each)
      }),
    )
    this.#doc.fillColor(INKS.ink).fill()
  }

  /** Lines below each other from `y` on. @returns where they end. */
  lines(
    texts: readonly string[],
    { x = this.left, y = this.y, width = this.width, look = style('text', 9.5), align = 'start' }: LinesLook = {},
  ): number {
    const step = look.size * 1.42
    let baseline = y + look.size
    for (const line of texts.flatMap((text) => this.type.wrap(text, width, look))) {
      this.type.draw(line, align === 'end' ? x + width : x, baseline, look, align)
      baseline += step
    }
    return baseline - look.size
  }

  /** A table that goes on over the sheets with its head on each. */
  table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): void {
    const places = placesOf(columns, this.left, this.width)
    const head = () => {
      columns.forEach(({ title, align }, index) => {
        const place = places[index]
        if (place) this.type.draw(title, align === 'end' ? place.to : place.from, this.y + 8, SMALL, align)
      })
      this.y += 14
      this.rule(this.y, { ink: 'ink' })
    }
    if (this.y + 60 > this.bottom) this.turnOver()
    head()
    for (const row of rows) {
      const height = this.#heightOf(row, places)
      if (this.needs(height)) head()
      const top = this.y + 7
      row.forEach((cell, index) => {
        const [place, column] = [places[index], columns[index]]
        if (place && column) this.#cell(cell, place, top, column.align)
      })
      this.y += height
      this.rule(this.y)
    }
  }

  #heightOf(row: readonly Cell[], places: readonly Place[]): number {
    const heights = row.map((cell, index) => {
      const { from = 0, to = 0 } = places[index] ?? {}
      const look = cell.style ?? style('text', 9.5)
      const lines = this.type.wrap(cell.text, to - from, look).length
      const below = cell.below ? this.type.wrap(cell.below, to - from, SMALL).length : 0
      return lines * look.size * 1.42 + below * SMALL.size * 1.42
    })
    return Math.max(...heights) + 12
  }

  #cell(cell: Cell, { from, to }: Place, top: number, align: 'start' | 'end'): void {
    const look = cell.style ?? style('text', 9.5)
    if (cell.tick) this.#box(from, top + 2, 10)
    const end = this.lines([cell.text], { x: from, y: top, width: to - from, look, align })
    if (cell.below) this.lines([cell.below], { x: from, y: end, width: to - from, look: SMALL, align })
  }

  /** Writes below each sheet which one it is; nothing is drawn after it. */
  finish(): void {
    const sheets = this.#doc.bufferedPageRange().count - this.#firstSheet
    for (let sheet = 0; sheet < sheets; sheet++) {
      this.#doc.switchToPage(this.#firstSheet + sheet)
      const y = this.bottom + 36
      this.rule(y - 16)
      this.type.draw(this.#foot, this.left, y, SMALL)
      this.type.draw(`Page ${sheet + 1} of ${sheets}`, this.right, y, SMALL, 'end')
    }
  }
}

interface RuleLook {
  readonly from?: number
  readonly to?: number
  readonly ink?: 'rule' | 'ink' | 'accent'
  readonly thick?: number
}

interface LinesLook {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly look?: Style
  readonly align?: 'start' | 'end'
}

interface Place {
  readonly from: number
  readonly to: number
}

const GUTTER = 14

function placesOf(columns: readonly Column[], left: number, width: number): Place[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0) + GUTTER * (columns.length - 1)
  let from = left
  return columns.map((column) => {
    const to = from + (column.width ?? width - fixed)
    const place = { from, to }
    from = to + GUTTER
    return place
  })
}
