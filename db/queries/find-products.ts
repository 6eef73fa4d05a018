import { asc, eq, ilike, or, sql } from 'drizzle-orm'

import type { Queryable } from '../client'
import { products, variants } from '../schema/catalog'

/** Products with this in their name, or with a variant of this SKU; a catalogue is small enough to be read. */
export async function findProductsNamed(db: Queryable, text: string, limit: number) {
  const part = text.replaceAll(/[\\%_]/g, String.raw`\$&`)
  return db
    .selectDistinct({ id: products.id, name: products.name, state: products.state })
    .from(products)
    .leftJoin(variants, eq(variants.productId, products.id))
    .where(or(ilike(products.name, `%${part}%`), sql`lower(${variants.sku}) = ${text.toLowerCase()}`))
    .orderBy(asc(products.name))
    .limit(limit)
}
