import { expect, test } from 'vitest'

import { csvLine } from './csv'

test('what would divide a cell or end a line is quoted', () => {
  expect(csvLine(['a', 'b,c', 'say "yes"', 'two\nlines', null, 12])).toBe('a,"b,c","say ""yes""","two\nlines",,12\r\n')
})

test('what a spreadsheet would take for a formula is a text', () => {
  for (const bad of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
    expect(csvLine([bad]).replace(/^"/, '').startsWith("'"), bad).toBe(true)
  }
  expect(csvLine([-1])).toBe('-1\r\n')
})
