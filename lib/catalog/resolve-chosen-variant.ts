import 'server-only'

import { getDatabase } from '@/db/client'
import { findProduct } from '@/db/queries/catalog-product'
import { isSlug } from '@/lib/domain/catalog-path'

/**
 * The variant that has the chosen value of every option, or null. For the form as it arrives before or without
 * JavaScript: then only the choices are known, not the variant they add up to.
 */
export async function resolveChosenVariant(slug: string, chosen: ReadonlyMap<string, string>): Promise<number | null> {
  if (!isSlug(slug)) return null
  const product = await findProduct(getDatabase(), slug)
  const variant = product?.variants.find(({ optionValues }) =>
    Object.entries(optionValues).every(([name, value]) => chosen.get(name) === value),
  )
  return variant?.variantId ?? null
}
