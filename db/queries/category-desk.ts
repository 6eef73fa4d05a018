import { asc, eq, isNull, sql } from 'drizzle-orm'

import type { Queryable, Transaction } from '../client'
import { categories } from '../schema/catalog'

export type CategoryDeskRow = Pick<
  typeof categories.$inferSelect,
  'id' | 'slug' | 'parentId' | 'name' | 'description' | 'position' | 'version'
> & {
  /** Products of any state that are in it, not below it. */
  readonly products: number
}

/** The whole tree as a flat list, siblings in the order in which they are shown. */
export async function listCategoryRows(db: Queryable): Promise<CategoryDeskRow[]> {
  return db
    .select({
      id: categories.id,
      slug: categories.slug,
      parentId: categories.parentId,
      name: categories.name,
      description: categories.description,
      position: categories.position,
      version: categories.version,
      products: sql<number>`(select count(*) from product_categories pc where pc.category_id = ${categories.id})::int`,
    })
    .from(categories)
    .orderBy(asc(categories.position), asc(categories.name), asc(categories.id))
}

export async function lockCategory(tx: Transaction, id: number) {
  const [row] = await tx.select().from(categories).where(eq(categories.id, id)).for('update')
  return row ?? null
}

export async function findCategoryBySlug(db: Queryable, slug: string): Promise<number | null> {
  const [row] = await db.select({ id: categories.id }).from(categories).where(eq(categories.slug, slug))
  return row?.id ?? null
}

export async function insertCategory(
  tx: Transaction,
  values: { slug: string; name: string; parentId: number | null; position: number },
): Promise<number> {
  const [row] = await tx.insert(categories).values(values).returning({ id: categories.id })
  if (!row) throw new Error('a category was not inserted')
  return row.id
}

export async function updateCategory(
  tx: Transaction,
  id: number,
  values: Partial<Pick<CategoryDeskRow, 'slug' | 'name' | 'description' | 'parentId'>>,
): Promise<number> {
  const [row] = await tx
    .update(categories)
    .set({ ...values, version: sql`${categories.version} + 1` })
    .where(eq(categories.id, id))
    .returning({ version: categories.version })
  if (!row) throw new Error(`category ${id} is gone`)
  return row.version
}

/** Gives siblings this order. */
export async function numberSiblings(tx: Transaction, ids: readonly number[]): Promise<void> {
  for (const [position, id] of ids.entries()) {
    await tx.update(categories).set({ position }).where(eq(categories.id, id))
  }
}

/** Ids below `parentId`, in the order in which they are shown, locked in the order of their ids. */
export async function lockSiblings(tx: Transaction, parentId: number | null): Promise<number[]> {
  const isBelow = parentId === null ? isNull(categories.parentId) : eq(categories.parentId, parentId)
  await tx.select({ id: categories.id }).from(categories).where(isBelow).orderBy(asc(categories.id)).for('update')
  const rows = await tx
    .select({ id: categories.id })
    .from(categories)
    .where(isBelow)
    .orderBy(asc(categories.position), asc(categories.name), asc(categories.id))
  return rows.map(({ id }) => id)
}

export async function deleteCategory(tx: Transaction, id: number): Promise<void> {
  await tx.delete(categories).where(eq(categories.id, id))
}
