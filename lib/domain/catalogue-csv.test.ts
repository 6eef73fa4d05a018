import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  parseCells,
  quoteFormula,
  toCells,
  unquoteFormula,
  writeLine,
  type CatalogueRow,
  type Cells,
} from './catalogue-csv'

const ROW: CatalogueRow = {
  product: 'rings',
  name: 'Rings',
  subtitle: '',
  description: 'Forty rings.\n\nDrawn at night.',
  details: [{ label: 'Paper', value: '250 g cotton' }],
  state: 'active',
  categories: ['prints', 'cards'],
  options: [
    { name: 'Size', value: 'A3' },
    { name: 'Edge; or = not', value: String.raw`\ both` },
  ],
  sku: 'RINGS-A3',
  priceMinor: 2_850,
  weightGrams: 200,
  active: true,
  onHand: 12,
  lowStockAt: null,
}

test('a row is read as it was written', () => {
  const parsed = parseCells(toCells(ROW, 'USD'), 'USD')
  expect(parsed).toEqual({ kind: 'row', row: { ...ROW, categories: ['cards', 'prints'] } })
})

describe('a formula', () => {
  test('becomes a text, and every text comes back as it was', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", "''=1", '=cmd|"/c calc"!A1']) {
      expect(quoteFormula(text).startsWith("'"), text).toBe(true)
      expect(unquoteFormula(quoteFormula(text)), text).toBe(text)
    }
    const start = fc.constantFrom("'", "''", '=', '+', '-', '@', '\t', '\r', '')
    fc.assert(
      fc.property(start, fc.string(), (head, tail) => {
        const text = head + tail
        expect(unquoteFormula(quoteFormula(text))).toBe(text)
        expect(quoteFormula(text)).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })

  test('that stands in a file bare is no text', () => {
    for (const cell of ['=1+1', '+1', '-5', '@a', '\tx']) expect(unquoteFormula(cell)).toBeNull()
    expect(unquoteFormula('1-1')).toBe('1-1')
    expect(unquoteFormula("'quoted'")).toBe("'quoted'")
  })
})

test('a line is quoted where it must be', () => {
  expect(writeLine(['a', 'b,c', 'd"e', 'f\ng', ' h', ''])).toBe('a,"b,c","d""e","f\ng"," h",\r\n')
})

test('all that is wrong with a row is told at once, each with its column', () => {
  const cells: Cells = {
    ...toCells(ROW, 'USD'),
    product: 'No Address',
    price: '1e9',
    weight_grams: '-1',
    on_hand: '99999999999',
    on_sale: 'perhaps',
    state: 'sold',
    options: 'Size',
    categories: 'No Slug',
    sku: '',
  }
  const parsed = parseCells(cells, 'USD')
  expect(parsed.kind === 'wrong' && parsed.problems.map((problem) => problem.split(':')[0])).toEqual([
    'product',
    'state',
    'categories',
    'options',
    'sku',
    'price',
    'weight_grams',
    'on_sale',
    'on_hand',
  ])
})

test('nothing anybody writes into a row makes reading it throw', () => {
  const cells = fc.record(Object.fromEntries(Object.keys(toCells(ROW, 'USD')).map((column) => [column, fc.string()])))
  fc.assert(fc.property(cells, (any) => void parseCells(any as unknown as Cells, 'JPY')))
})
