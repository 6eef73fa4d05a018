import { asc, eq, inArray } from 'drizzle-orm'

import type { Queryable } from '../client'
import { productOptions, productOptionValues, variantOptionValues } from '../schema/catalog'

/** What makes each variant what it is, such as Size: A3; in the options' order. */
export async function listVariantOptions(
  db: Queryable,
  variantIds: readonly number[],
): Promise<Map<number, { name: string; value: string }[]>> {
  if (variantIds.length === 0) return new Map()
  const rows = await db
    .select({
      variantId: variantOptionValues.variantId,
      name: productOptions.name,
      value: productOptionValues.value,
    })
    .from(variantOptionValues)
    .innerJoin(productOptions, eq(productOptions.id, variantOptionValues.optionId))
    .innerJoin(productOptionValues, eq(productOptionValues.id, variantOptionValues.optionValueId))
    .where(inArray(variantOptionValues.variantId, [...variantIds]))
    .orderBy(asc(productOptions.position))
  const byVariant = new Map<number, { name: string; value: string }[]>()
  for (const { variantId, name, value } of rows) {
    byVariant.set(variantId, [...(byVariant.get(variantId) ?? []), { name, value }])
  }
  return byVariant
}
