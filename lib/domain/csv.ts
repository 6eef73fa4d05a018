/** What a spreadsheet would take for a formula if a cell began with it (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/

/**
 * One line of a CSV file (RFC 4180), with its end. A text that begins like a formula gets an apostrophe before it, which spreadsheets
 * show as text: names and notes come from strangers. Numbers are ours, and stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
