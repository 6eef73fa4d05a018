import 'server-only'

import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'

import { CsvError, parse } from 'csv-parse'

import {
  CSV_COLUMNS,
  CSV_ROW_BYTES_MAX,
  CSV_ROWS_MAX,
  unquoteFormula,
  type Cells,
  type CsvColumn,
} from '@/lib/domain/catalogue-csv'

/** A row as it came, numbered as a spreadsheet numbers it. `problems` are of single cells. */
export interface FileRow {
  readonly line: number
  readonly cells: Cells
  readonly problems: readonly string[]
}

/** Why a file is none of ours: nothing of it is kept. */
export class FileProblem extends Error {}

/**
 * The rows of a file, one after the other. What can be said of a single row is said there; what makes the whole file unreadable throws.
 * @throws FileProblem with the row and the reason.
 */
export async function* readRows(bytes: Buffer): AsyncGenerator<FileRow> {
  judgeBytes(bytes)
  const parser = Readable.from([bytes]).pipe(
    parse({
      bom: true,
      delimiter: delimiterOf(bytes),
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: CSV_ROW_BYTES_MAX,
    }),
  )
  let heads: CsvColumn[] | null = null
  let line = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      line++
      if (line > CSV_ROWS_MAX + 1) throw new FileProblem(`There are more than ${CSV_ROWS_MAX} rows. Divide the file.`)
      if (heads === null) heads = readHeads(record)
      else yield toRow(line, heads, record)
    }
  } catch (error) {
    throw error instanceof CsvError ? new FileProblem(explain(error)) : error
  }
  if (heads === null) throw new FileProblem('The file is empty.')
  if (line === 1) throw new FileProblem('There is no row below the heads.')
}

/** UTF-8, with or without a mark at its beginning; nothing that only a machine writes. */
function judgeBytes(bytes: Buffer): void {
  if (isUtf8(bytes) && !bytes.includes(0)) return
  let row = 1
  for (let from = 0; from < bytes.length; row++) {
    const end = bytes.indexOf(10, from)
    const until = end < 0 ? bytes.length : end + 1
    const part = bytes.subarray(from, until)
    if (!isUtf8(part) || part.includes(0)) break
    from = until
  }
  throw new FileProblem(`Line ${row} is not UTF-8. Save the file as “CSV UTF-8” and send it again.`)
}

/** Spreadsheets of many countries write semicolons, because their numbers have commas. */
function delimiterOf(bytes: Buffer): ',' | ';' {
  const end = bytes.indexOf(10)
  const first = bytes.subarray(0, end < 0 ? 1_000 : end).toString('utf8')
  return first.includes(';') && !first.includes(',') ? ';' : ','
}

function readHeads(record: readonly string[]): CsvColumn[] {
  const heads = record.map((head) => head.trim().toLowerCase())
  const missing = CSV_COLUMNS.filter((column) => !heads.includes(column))
  if (missing.length > 0) throw new FileProblem(`Row 1: columns are missing: ${missing.join(', ')}.`)
  const unknown = heads.filter((head) => !CSV_COLUMNS.some((column) => column === head))
  if (unknown.length > 0) throw new FileProblem(`Row 1: unknown columns: ${unknown.map(shorten).join(', ')}.`)
  const twice = heads.find((head, index) => heads.indexOf(head) !== index)
  if (twice !== undefined) throw new FileProblem(`Row 1: the column ${twice} is there twice.`)
  return heads as CsvColumn[]
}

function toRow(line: number, heads: readonly CsvColumn[], record: readonly string[]): FileRow {
  const problems: string[] = []
  if (record.length !== heads.length) problems.push(`There are ${record.length} cells, but ${heads.length} heads.`)
  const cells = Object.fromEntries(
    heads.map((column, index) => {
      const text = unquoteFormula(record[index] ?? '')
      if (text === null) problems.push(`${column}: This would be run as a formula. Put a quote (') before it.`)
      return [column, text ?? '']
    }),
  ) as Cells
  return { line, cells, problems }
}

/** `records` are those that were read whole. */
function explain(error: CsvError): string {
  const row = Number(error['records'] ?? 0) + 1
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `Row ${row}: a quote is opened and never closed.`
    case 'CSV_MAX_RECORD_SIZE':
      return `Row ${row}: it has more than ${CSV_ROW_BYTES_MAX} characters. Is a quote missing?`
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return `Row ${row}: a quote stands where none can be.`
    default:
      return `Row ${row}: this cannot be read as CSV.`
  }
}

function shorten(text: string): string {
  return text === '' ? 'one without a name' : text.length > 40 ? `${text.slice(0, 40)}…` : text
}
