import { toDecimalString, type Currency } from './money'
import {
  Description,
  OnHand,
  OptionName,
  OptionValue,
  OPTIONS_MAX,
  parseDetails,
  parsePrice,
  PRODUCT_STATES,
  ProductName,
  Sku,
  Slug,
  Subtitle,
  WeightGrams,
  writeDetails,
  type Detail,
  type ProductState,
} from './product'

/** A row is a variant; what is the product's own is said in each of its rows alike. */
export const CSV_COLUMNS = [
  'product',
  'name',
  'subtitle',
  'description',
  'details',
  'state',
  'categories',
  'options',
  'sku',
  'price',
  'weight_grams',
  'on_sale',
  'on_hand',
  'low_stock_at',
] as const
export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** Those that are of the product, and the same in all rows of it. */
export const PRODUCT_COLUMNS = ['name', 'subtitle', 'description', 'details', 'state', 'categories'] as const

export const CSV_BYTES_MAX = 60_000_000
export const CSV_ROWS_MAX = 100_000
/** Of one row: a long description and room beside it. */
export const CSV_ROW_BYTES_MAX = 60_000

/** A row as it stands in a file, without quotes of any kind. */
export type Cells = Readonly<Record<CsvColumn, string>>

export interface CatalogueRow {
  readonly product: string
  readonly name: string
  readonly subtitle: string
  readonly description: string
  readonly details: readonly Detail[]
  readonly state: ProductState
  /** Addresses of categories. */
  readonly categories: readonly string[]
  readonly options: readonly { readonly name: string; readonly value: string }[]
  readonly sku: string
  readonly priceMinor: number
  readonly weightGrams: number
  readonly active: boolean
  readonly onHand: number
  readonly lowStockAt: number | null
}

/** What a spreadsheet would run as a formula when a cell begins with it (OWASP, CSV Injection). */
const FORMULA = /^[=+\-@\t\r]/
/** A quote before it makes it a text; one more keeps a text that began with a quote already. */
const QUOTED = /^'+[=+\-@\t\r]/

/** A text as a cell that no spreadsheet runs. */
export function quoteFormula(text: string): string {
  return FORMULA.test(text) || QUOTED.test(text) ? `'${text}` : text
}

/** The text of a cell; null for one that a spreadsheet would run, which no export of ours holds. */
export function unquoteFormula(cell: string): string | null {
  if (FORMULA.test(cell)) return null
  return QUOTED.test(cell) ? cell.slice(1) : cell
}

/** As a line of a file (RFC 4180). */
export function writeLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n;]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}

/** A row as texts. Two rows that say the same have the same texts. */
export function toCells(row: CatalogueRow, currency: Currency): Cells {
  return {
    product: row.product,
    name: row.name,
    subtitle: row.subtitle,
    description: row.description,
    details: writeDetails(row.details),
    state: row.state,
    categories: row.categories.toSorted().join('; '),
    options: writeOptions(row.options),
    sku: row.sku,
    price: toDecimalString({ minor: row.priceMinor, currency }),
    weight_grams: String(row.weightGrams),
    on_sale: row.active ? 'yes' : 'no',
    on_hand: String(row.onHand),
    low_stock_at: row.lowStockAt === null ? '' : String(row.lowStockAt),
  }
}

export function writeOptions(options: CatalogueRow['options']): string {
  return options.map(({ name, value }) => `${escape(name)}=${escape(value)}`).join('; ')
}

/** Options in the one spelling that `writeOptions` has for them; a text that is none stays as it is. */
export function respellOptions(text: string): string {
  const read = readOptions(text)
  return 'value' in read ? writeOptions(read.value) : text
}

const escape = (text: string) => text.replaceAll(/[\\;=]/g, String.raw`\$&`)
const unescape = (text: string) => text.replaceAll(/\\(.)/g, '$1')

type Parsed =
  | { readonly kind: 'row'; readonly row: CatalogueRow }
  | { readonly kind: 'wrong'; readonly problems: string[] }

/** A row of a file. All that is wrong with it, or what it says. */
export function parseCells(cells: Cells, currency: Currency): Parsed {
  const problems: string[] = []
  const read = <Value>(column: CsvColumn, rule: Rule<Value>, fallback: Value): Value => {
    const result = rule(cells[column])
    if ('value' in result) return result.value
    problems.push(`${column}: ${result.problem}`)
    return fallback
  }
  const row: CatalogueRow = {
    product: read('product', by(Slug), ''),
    name: read('name', by(ProductName), ''),
    subtitle: read('subtitle', by(Subtitle), ''),
    description: read('description', by(Description), ''),
    details: read('details', readDetails, []),
    state: read('state', readState, 'draft'),
    categories: read('categories', readCategories, []),
    options: read('options', readOptions, []),
    sku: read('sku', by(Sku), ''),
    priceMinor: read('price', (text) => readPrice(text, currency), 0),
    weightGrams: read('weight_grams', by(WeightGrams), 0),
    active: read('on_sale', readYesNo, false),
    onHand: read('on_hand', by(OnHand), 0),
    lowStockAt: read('low_stock_at', (text) => (text.trim() === '' ? { value: null } : by(OnHand)(text)), null),
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'row', row }
}

type Rule<Value> = (text: string) => { readonly value: Value } | { readonly problem: string }

interface Schema<Value> {
  safeParse(text: string): { success: true; data: Value } | { success: false; error: { issues: { message: string }[] } }
}

function by<Value>(schema: Schema<Value>): Rule<Value> {
  return (text) => {
    const parsed = schema.safeParse(text)
    return parsed.success
      ? { value: parsed.data }
      : { problem: parsed.error.issues[0]?.message ?? 'This is not right.' }
  }
}

const readDetails: Rule<Detail[]> = (text) => {
  const parsed = parseDetails(text)
  return 'details' in parsed ? { value: parsed.details } : parsed
}

const readState: Rule<ProductState> = (text) => {
  const state = PRODUCT_STATES.find((known) => known === text.trim())
  return state ? { value: state } : { problem: `One of ${PRODUCT_STATES.join(', ')}.` }
}

const readYesNo: Rule<boolean> = (text) => {
  const word = text.trim().toLowerCase()
  return word === 'yes' || word === 'no' ? { value: word === 'yes' } : { problem: 'yes or no.' }
}

function readPrice(text: string, currency: Currency): ReturnType<Rule<number>> {
  const price = parsePrice(text, currency)
  return 'minor' in price ? { value: price.minor } : price
}

const readCategories: Rule<string[]> = (text) => {
  const slugs = text
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const wrong = slugs.find((slug) => !Slug.safeParse(slug).success)
  return wrong === undefined ? { value: [...new Set(slugs)] } : { problem: `“${wrong}” is no address of a category.` }
}

/** `Size=A3; Frame=Oak`, with a backslash before a semicolon, an equals sign or a backslash that belongs to a name. */
const readOptions: Rule<{ name: string; value: string }[]> = (text) => {
  if (text.trim() === '') return { value: [] }
  const pairs = (text.match(/(?:[^\\;]|\\.)+/g) ?? []).map((pair) => pair.trim())
  const options = pairs.map((pair) => {
    const match = /^((?:[^\\=]|\\.)+)=((?:[^\\=]|\\.)+)$/.exec(pair)
    return { name: unescape(match?.[1] ?? ''), value: unescape(match?.[2] ?? '') }
  })
  const isWrong = options.some(
    ({ name, value }) => !OptionName.safeParse(name).success || !OptionValue.safeParse(value).success,
  )
  if (isWrong) return { problem: 'Write options like Size=A3; Frame=Oak.' }
  const isTwice = new Set(options.map(({ name }) => name.toLowerCase())).size < options.length
  if (isTwice) return { problem: 'An option is there twice.' }
  if (options.length > OPTIONS_MAX) return { problem: `A product has at most ${OPTIONS_MAX} options.` }
  return { value: options.map(({ name, value }) => ({ name: name.trim(), value: value.trim() })) }
}

/** The columns in which two rows say something else. */
export function differences(before: Cells, after: Cells, columns: readonly CsvColumn[]): CsvColumn[] {
  return columns.filter((column) => before[column] !== after[column])
}
