import { describe, expect, test } from 'vitest'

import { CSV_COLUMNS } from '@/lib/domain/catalogue-csv'

import { FileProblem, readRows } from './read-file'

const HEADS = CSV_COLUMNS.join(',')
const row = (more: Partial<Record<(typeof CSV_COLUMNS)[number], string>> = {}) =>
  CSV_COLUMNS.map((column) => more[column] ?? 'x').join(',')

async function read(file: string | Buffer) {
  const rows = []
  for await (const each of readRows(Buffer.from(file))) rows.push(each)
  return rows
}

async function problemOf(file: string | Buffer): Promise<string> {
  try {
    await read(file)
    return 'none'
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    return error.message
  }
}

describe('a file', () => {
  test('is read with or without a mark at its beginning, in any order of columns, with commas or semicolons', async () => {
    const turned = [...CSV_COLUMNS].toReversed()
    const files = [
      `${HEADS}\r\n${row({ name: 'Ringe groß' })}\r\n`,
      `\ufeff${HEADS}\n${row({ name: 'Ringe groß' })}`,
      `${turned.join(',')}\n${turned.map((column) => (column === 'name' ? 'Ringe groß' : 'x')).join(',')}\n`,
      `${HEADS}\n${row({ name: 'Ringe groß' })}`.replaceAll(',', ';'),
    ]
    for (const file of files)
      expect(await read(file)).toMatchObject([{ line: 2, cells: { name: 'Ringe groß', sku: 'x' } }])
  })

  test('keeps quotes, commas and line breaks within a cell', async () => {
    const rows = await read(`${HEADS}\n${row({ description: '"One, ""two""\n\nthree"' })}\n${row()}`)
    expect(rows.map(({ line }) => line)).toEqual([2, 3])
    expect(rows[0]?.cells.description).toBe('One, "two"\n\nthree')
  })

  test('in another encoding, or with what only a machine writes, is refused with its line', async () => {
    expect(await problemOf(Buffer.from(`${HEADS}\n${row({ name: 'Größe' })}`, 'latin1'))).toMatch(
      /^Line 2 is not UTF-8/,
    )
    expect(await problemOf(Buffer.from(`\ufeff${HEADS}\n${row()}`, 'utf16le'))).toMatch(/^Line 1 is not UTF-8/)
    expect(await problemOf(`${HEADS}\n${row()}\n${row({ name: 'a\0b' })}`)).toMatch(/^Line 3 is not UTF-8/)
  })

  test('with wrong columns is refused, and says which', async () => {
    expect(await problemOf('')).toBe('The file is empty.')
    expect(await problemOf(HEADS)).toBe('There is no row below the heads.')
    expect(await problemOf('a,b\n1,2')).toMatch(/^Row 1: columns are missing: product, name/)
    expect(await problemOf(`${HEADS},colour\n${row()},red`)).toBe('Row 1: unknown columns: colour.')
    expect(await problemOf(`${HEADS},sku\n${row()},y`)).toBe('Row 1: the column sku is there twice.')
  })

  test('whose quotes do not close, or whose rows have no end, is refused with the row', async () => {
    expect(await problemOf(`${HEADS}\n${row()}\n"open`)).toBe('Row 3: a quote is opened and never closed.')
    expect(await problemOf(`${HEADS}\n${row()}\n"${'x'.repeat(100_000)}`)).toMatch(/^Row 3: it has more than/)
    expect(await problemOf(`${HEADS}\n"x"y,${row()}`)).toMatch(/^Row 2: a quote stands/)
  })
})

describe('a row', () => {
  test('with a formula, or with too few or too many cells, is told what is wrong', async () => {
    const rows = await read(
      `${HEADS}\n${row({ name: '=1+1', subtitle: '@x' })}\na,b\n${row()},more\n${row({ name: "'=1" })}`,
    )
    expect(rows.map(({ line, problems }) => [line, problems.length])).toEqual([
      [2, 2],
      [3, 1],
      [4, 1],
      [5, 0],
    ])
    expect(rows[0]?.problems[0]).toMatch(/^name: This would be run as a formula/)
    expect(rows[3]?.cells.name).toBe('=1')
  })
})
