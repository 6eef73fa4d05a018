import 'server-only'

import type { Database, Transaction } from '@/db/client'
import {
  findTakenSkus,
  insertVariants,
  listOptionRows,
  listVariantRows,
  updateVariant,
  type OptionRow,
  type VariantRow,
} from '@/db/queries/product-desk'
import { requireShopSettings } from '@/db/queries/shop'
import type { Admin } from '@/lib/admin/admin'
import { isCurrency, toDecimalString } from '@/lib/domain/money'
import { SKU_MAX, toSlug, VARIANTS_MAX } from '@/lib/domain/product'
import type { Said } from '@/lib/domain/what-changed'

import { actOnProduct, type Invalid, type ProductAct, type ProductOutcome } from './act-on-product'

export interface EditedVariant {
  readonly id: number
  readonly sku: string
  readonly priceMinor: number
  readonly weightGrams: number
  readonly active: boolean
  readonly lowStockAt: number | null
}

/** Changes variants of one product; those that are not named stay as they are. Errors are named `sku.<id>`. */
export async function editVariants(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { edited, ...act }: ProductAct & { edited: readonly EditedVariant[] },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const rows = await listVariantRows(tx, product.id)
    const pairs = edited.flatMap((next) => {
      const row = rows.find(({ id }) => id === next.id)
      return row ? [{ row, next }] : []
    })
    const wrong = await judgeSkus(tx, pairs)
    if (wrong) return wrong
    for (const { row, next } of pairs) {
      const { sku, priceMinor, weightGrams, active, lowStockAt } = next
      await updateVariant(tx, row.id, { sku, priceMinor, weightGrams, active, lowStockAt })
    }
    return {
      kind: 'change',
      action: 'product.variants_changed',
      before: Object.assign({}, ...pairs.map(({ row }) => inWords(row, row))) as Said,
      after: Object.assign({}, ...pairs.map(({ row, next }) => inWords(row, { ...row, ...next }))) as Said,
    }
  })
}

/** A SKU that somebody has now is taken, even if the same form renames who has it: nobody should guess the order. */
async function judgeSkus(
  tx: Transaction,
  pairs: readonly { row: VariantRow; next: EditedVariant }[],
): Promise<Invalid | null> {
  const errors: Record<string, string> = {}
  for (const { row, next } of pairs) {
    const isTwice = pairs.some(({ next: other }) => other.id !== next.id && other.sku === next.sku)
    const isTaken = next.sku !== row.sku && (await findTakenSkus(tx, [next.sku], [row.id])).length > 0
    if (isTwice || isTaken) errors[`sku.${row.id}`] = 'Another variant has this SKU.'
  }
  return Object.keys(errors).length > 0 ? { kind: 'invalid', errors } : null
}

function inWords({ sku: name, currency }: VariantRow, variant: VariantRow): Said {
  const { sku, priceMinor, weightGrams, active, lowStockAt } = variant
  return {
    [`${name} SKU`]: sku,
    [`${name} price`]: isCurrency(currency)
      ? `${toDecimalString({ minor: priceMinor, currency })} ${currency}`
      : priceMinor,
    [`${name} grams`]: weightGrams,
    [`${name} on sale`]: active,
    [`${name} low from`]: lowStockAt,
  }
}

export interface AddedVariants {
  readonly sku: string
  readonly priceMinor: number
  readonly weightGrams: number
  /** The value of each option by its id; `every` makes a variant for each value. */
  readonly values: ReadonlyMap<number, number | 'every'>
}

/** Adds the variants that are chosen and not there yet. Of several, each SKU gets the values behind it. */
export async function addVariants(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { added, ...act }: ProductAct & { added: AddedVariants },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const { currency } = await requireShopSettings(tx)
    const options = await listOptionRows(tx, product.id)
    const rows = await listVariantRows(tx, product.id)
    const all = combine(options, added.values)
    if (all === null) return { kind: 'invalid', errors: { form: 'Choose a value of every option.' } }
    const fresh = all.filter((values) => !rows.some((row) => isSame(row.values, values)))
    if (fresh.length === 0) return { kind: 'invalid', errors: { form: 'There is such a variant already.' } }
    if (rows.length + fresh.length > VARIANTS_MAX) {
      return { kind: 'invalid', errors: { form: `A product has at most ${VARIANTS_MAX} variants.` } }
    }
    const position = Math.max(-1, ...rows.map((row) => row.position)) + 1
    const skus = fresh.map((values) => (all.length === 1 ? added.sku : skuOf(added.sku, options, values)))
    const taken = await findTakenSkus(tx, skus)
    const clash = taken[0] ?? skus.find((sku, index) => skus.indexOf(sku) !== index)
    if (clash !== undefined) return { kind: 'invalid', errors: { sku: `Another variant has the SKU ${clash}.` } }
    const { priceMinor, weightGrams } = added
    await insertVariants(
      tx,
      product.id,
      fresh.map((values, index) => ({
        sku: skus[index] ?? '',
        priceMinor,
        currency,
        weightGrams,
        position: position + index,
        values,
      })),
    )
    return {
      kind: 'change',
      action: 'product.variants_changed',
      before: {},
      after: Object.fromEntries(
        skus.map((sku) => [`new ${sku}`, `${toDecimalString({ minor: priceMinor, currency })} ${currency}`]),
      ),
    }
  })
}

type Values = ReadonlyMap<number, number>

/** Every combination of what is chosen; null when an option has no choice, or one that is not its own. */
function combine(options: readonly OptionRow[], chosen: ReadonlyMap<number, number | 'every'>): Values[] | null {
  let all: Values[] = [new Map()]
  for (const option of options) {
    const choice = chosen.get(option.id)
    const ids = option.values.map(({ id }) => id).filter((id) => choice === 'every' || choice === id)
    if (ids.length === 0) return null
    all = all.flatMap((values) => ids.map((id) => new Map([...values, [option.id, id]])))
  }
  return all
}

function isSame(one: Values, other: Values): boolean {
  return one.size === other.size && [...one].every(([option, value]) => other.get(option) === value)
}

function skuOf(prefix: string, options: readonly OptionRow[], values: Values): string {
  const parts = options.flatMap((option) => {
    const value = option.values.find(({ id }) => id === values.get(option.id))?.value ?? ''
    return toSlug(value).toUpperCase() || `V${values.get(option.id)}`
  })
  return [prefix, ...parts].join('-').slice(0, SKU_MAX)
}
