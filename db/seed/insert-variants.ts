import type { Transaction } from '../client'
import { productOptions, productOptionValues, stock, variantOptionValues, variants } from '../schema/catalog'
import type { SeedProduct } from './catalogue/types'

type InsertedProduct = SeedProduct & { readonly productId: number }

/** Inserts options, variants and stock of products that have none yet. */
export async function insertVariants(tx: Transaction, products: readonly InsertedProduct[]): Promise<void> {
  const findValue = await insertOptions(tx, products)
  const rows = products.flatMap(({ productId, variants: seeds }) =>
    seeds.map(({ sku, priceMinor, weightGrams }, position) => {
      return { productId, sku, priceMinor, currency: 'USD', weightGrams, position }
    }),
  )
  const added = await tx.insert(variants).values(rows).returning({ id: variants.id, sku: variants.sku })
  const idBySku = new Map(added.map(({ id, sku }) => [sku, id]))
  const all = products.flatMap(({ productId, variants: seeds }) =>
    seeds.map((variant) => ({ ...variant, productId, variantId: must(idBySku.get(variant.sku), variant.sku) })),
  )
  await tx.insert(stock).values(all.map(({ variantId, onHand }) => ({ variantId, onHand })))
  const values = all.flatMap(({ productId, variantId, optionValues }) =>
    Object.entries(optionValues).map(([name, value]) => ({ variantId, ...findValue(productId, name, value) })),
  )
  if (values.length > 0) await tx.insert(variantOptionValues).values(values)
}

type FindValue = (productId: number, name: string, value: string) => { optionId: number; optionValueId: number }

async function insertOptions(tx: Transaction, products: readonly InsertedProduct[]): Promise<FindValue> {
  const rows = products.flatMap(({ productId, options }) =>
    options.map(({ name }, position) => ({ productId, name, position })),
  )
  const options = rows.length === 0 ? [] : await tx.insert(productOptions).values(rows).returning()
  const optionIds = new Map(options.map(({ id, productId, name }) => [`${productId} ${name}`, id]))
  const valueRows = products.flatMap(({ productId, options: seeds }) =>
    seeds.flatMap(({ name, values }) => {
      const optionId = must(optionIds.get(`${productId} ${name}`), name)
      return values.map(({ value, swatch }, position) => ({ optionId, value, swatch: swatch ?? null, position }))
    }),
  )
  const values = valueRows.length === 0 ? [] : await tx.insert(productOptionValues).values(valueRows).returning()
  const valueIds = new Map(values.map(({ id, optionId, value }) => [`${optionId} ${value}`, id]))
  return (productId, name, value) => {
    const optionId = must(optionIds.get(`${productId} ${name}`), name)
    return { optionId, optionValueId: must(valueIds.get(`${optionId} ${value}`), `${name} ${value}`) }
  }
}

function must(id: number | undefined, what: string): number {
  if (id === undefined) throw new Error(`The catalogue names ${what}, but does not define it`)
  return id
}
