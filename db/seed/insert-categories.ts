import { eq } from 'drizzle-orm'

import type { Transaction } from '../client'
import { categories } from '../schema/catalog'
import type { SeedCategory } from './catalogue/types'
import type { FindPicture } from './pictures'

/** Inserts the categories that are missing and answers the id of each by its slug. */
export async function insertCategories(
  tx: Transaction,
  seeds: readonly SeedCategory[],
  findPicture: FindPicture,
): Promise<ReadonlyMap<string, number>> {
  const added = await tx
    .insert(categories)
    .values(
      seeds.map(({ slug, name, description, position, image }) => ({
        slug,
        name,
        description,
        position,
        picture: findPicture(image),
      })),
    )
    .onConflictDoNothing()
    .returning({ slug: categories.slug })
  const rows = await tx.select({ id: categories.id, slug: categories.slug }).from(categories)
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]))
  for (const { slug, parentSlug } of seeds) {
    if (parentSlug === null || !added.some((row) => row.slug === slug)) continue
    const parentId = ids.get(parentSlug)
    if (parentId === undefined) throw new Error(`Category ${slug} has an unknown parent ${parentSlug}`)
    await tx.update(categories).set({ parentId }).where(eq(categories.slug, slug))
  }
  return ids
}
