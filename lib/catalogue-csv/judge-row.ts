import 'server-only'

import type { ExportedProduct, ExportedRow } from '@/db/queries/catalogue-export'
import {
  differences,
  PRODUCT_COLUMNS,
  toCells,
  writeOptions,
  type CatalogueRow,
  type Cells,
  type CsvColumn,
} from '@/lib/domain/catalogue-csv'
import type { RowChange } from '@/lib/domain/catalogue-import'
import type { Currency } from '@/lib/domain/money'
import { VARIANTS_MAX } from '@/lib/domain/product'

/** What decides about a row beside itself. */
export interface Surroundings {
  readonly currency: Currency
  /** As they are, by SKU; and those of the file's products that are not in the file. */
  readonly variants: ReadonlyMap<string, ExportedRow & { readonly cells: Cells }>
  readonly others: ReadonlyMap<string, readonly ExportedRow[]>
  readonly products: ReadonlyMap<string, ExportedProduct & { readonly cells: Cells }>
  /** In the file. */
  readonly firstOfSku: ReadonlyMap<string, number>
  readonly firstOfProduct: ReadonlyMap<
    string,
    { readonly line: number; readonly cells: Cells; readonly options: string }
  >
  readonly combinations: ReadonlyMap<string, readonly { options: string; line: number; rows: number }[]>
  readonly categories: ReadonlySet<string>
}

interface Numbered {
  readonly line: number
  readonly row: CatalogueRow
}

const VARIANT_COLUMNS = ['options', 'price', 'weight_grams', 'on_sale', 'on_hand', 'low_stock_at'] as const

/** What is wrong with a readable row where it stands, and what it would change. */
export function judgeRow(
  numbered: Numbered,
  around: Surroundings,
): { readonly problems: readonly string[]; readonly change: RowChange } {
  return {
    problems: [
      ...judgeIdentity(numbered, around),
      ...judgeProduct(numbered, around),
      ...judgeOptions(numbered, around),
    ],
    change: findChange(numbered, around),
  }
}

function judgeIdentity({ line, row }: Numbered, around: Surroundings): string[] {
  const problems: string[] = []
  const first = around.firstOfSku.get(row.sku) ?? line
  if (first < line) problems.push(`sku: ${row.sku} is on row ${first} already.`)
  const variant = around.variants.get(row.sku)
  if (variant && variant.product !== row.product) problems.push(`sku: ${row.sku} belongs to ${variant.product}.`)
  if (variant && row.onHand < variant.held && row.onHand !== variant.onHand) {
    problems.push(`on_hand: Buyers who are paying hold ${variant.held}.`)
  }
  return problems
}

function judgeProduct({ line, row }: Numbered, around: Surroundings): string[] {
  const problems = row.categories
    .filter((slug) => !around.categories.has(slug))
    .map((slug) => `categories: There is no category ${slug}.`)
  const first = around.firstOfProduct.get(row.product)
  const own = toCells(row, around.currency)
  if (first && first.line < line) {
    const trimmed = Object.fromEntries(PRODUCT_COLUMNS.map((column) => [column, first.cells[column].trim()]))
    const differs = PRODUCT_COLUMNS.filter(
      (column) => column !== 'categories' && normal(trimmed[column] ?? '') !== normal(own[column]),
    )
    if (differs.length > 0)
      problems.push(`${differs.join(', ')}: Row ${first.line} says something else of ${row.product}.`)
  }
  const inFile = (around.combinations.get(row.product) ?? []).reduce((sum, { rows }) => sum + rows, 0)
  const beside = around.others.get(row.product)?.length ?? 0
  if (inFile + beside > VARIANTS_MAX) problems.push(`product: A product has at most ${VARIANTS_MAX} variants.`)
  return problems
}

const normal = (text: string) =>
  text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((each) => each.trim())
    .join('\n')
    .trim()

function judgeOptions({ line, row }: Numbered, around: Surroundings): string[] {
  const names = row.options.map(({ name }) => name).join(', ')
  const product = around.products.get(row.product)
  if (product && product.optionNames.length > 0 && product.optionNames.join(', ') !== names) {
    return [`options: ${row.product} has the options ${product.optionNames.join(', ')}, in this order.`]
  }
  const first = around.firstOfProduct.get(row.product)
  if (first && first.line < line && namesIn(first.options) !== names) {
    return [`options: Row ${first.line} has other options for ${row.product}.`]
  }
  const twin = around.combinations
    .get(row.product)
    ?.find((each) => each.options === writeOptions(row.options) && each.line < line)
  if (twin) return [`options: Row ${twin.line} is the same variant of ${row.product}.`]
  const other = around.others.get(row.product)?.find((each) => writeOptions(each.options) === writeOptions(row.options))
  return other ? [`options: ${other.sku} is this variant of ${row.product} already.`] : []
}

/** Names before their values, as they stand in a cell. */
function namesIn(options: string): string {
  return (options.match(/(?:[^\\;]|\\.)+/g) ?? [])
    .map((pair) => /^((?:[^\\=]|\\.)+)=/.exec(pair.trim())?.[1]?.replaceAll(/\\(.)/g, '$1').trim() ?? '')
    .filter((name) => name !== '')
    .join(', ')
}

function findChange({ line, row }: Numbered, around: Surroundings): RowChange {
  const after = toCells(row, around.currency)
  const product = around.products.get(row.product)
  const variant = around.variants.get(row.sku)
  // What is the product's own is told once, with its first row.
  const isFirst = around.firstOfProduct.get(row.product)?.line === line
  const ofProduct = product && isFirst ? pairs(product.cells, after, PRODUCT_COLUMNS) : {}
  const version = product?.version ?? null
  if (!product) return { kind: isFirst ? 'new_product' : 'new_variant', columns: {}, version }
  if (!variant) return { kind: 'new_variant', columns: ofProduct, version }
  const columns = { ...ofProduct, ...pairs(variant.cells, after, VARIANT_COLUMNS) }
  return { kind: Object.keys(columns).length > 0 ? 'change' : 'same', columns, version }
}

function pairs(before: Cells, after: Cells, columns: readonly CsvColumn[]): RowChange['columns'] {
  return Object.fromEntries(
    differences(before, after, columns).map((column) => [column, [before[column], after[column]] as const]),
  )
}
