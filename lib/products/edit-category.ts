import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import {
  deleteCategory,
  findCategoryBySlug,
  insertCategory,
  listCategoryRows,
  lockCategory,
  lockSiblings,
  numberSiblings,
  updateCategory,
  type CategoryDeskRow,
} from '@/db/queries/category-desk'
import { namesOfDiscountsFor } from '@/db/queries/discount-desk'
import { noteCatalogueChange } from '@/db/queries/outbox'
import { actorOf, type Admin } from '@/lib/admin/admin'
import type { AuditAction } from '@/lib/domain/audit'
import { depthOf, heightOf, isBelow } from '@/lib/domain/category-tree'
import { CATEGORY_DEPTH_MAX } from '@/lib/domain/catalog-path'
import { toSlug } from '@/lib/domain/product'
import { whatChanged, type Said } from '@/lib/domain/what-changed'

import { tellMeanwhile, type ChangedMeanwhile, type Invalid } from './act-on-product'

export type CategoryOutcome = { readonly kind: 'done' | 'not_found' } | Invalid | ChangedMeanwhile

export async function getCategoryDesk(db: Database, _admin: Admin<'catalogue.read'>): Promise<CategoryDeskRow[]> {
  return listCategoryRows(db)
}

/** Addresses of categories stand beside each other and the words of a list's address. */
const RESERVED = ['page', 'sort']

/** A category at the end of its siblings. Its address comes from its name; a taken one gets a number behind it. */
export async function createCategory(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { name, parentId }: { name: string; parentId: number | null },
): Promise<CategoryOutcome> {
  return inTransaction(db, async (tx): Promise<CategoryOutcome> => {
    const tree = await listCategoryRows(tx)
    const wrong = judgePlace(tree, null, parentId)
    if (wrong) return wrong
    const wanted = toSlug(name) || 'category'
    let slug = wanted
    for (let n = 2; RESERVED.includes(slug) || tree.some((row) => row.slug === slug); n++) slug = `${wanted}-${n}`
    const position = tree.filter((row) => row.parentId === parentId).length
    const id = await insertCategory(tx, { slug, name, parentId, position })
    await tell(tx, admin, 'category.created', id, null, {
      name,
      address: slug,
      below: nameOf(tree, parentId),
      version: 1,
    })
    return { kind: 'done' }
  })
}

export interface EditedCategory {
  readonly categoryId: number
  readonly seenVersion: number
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly parentId: number | null
}

/** Renames and moves a category. What is below it comes along. */
export async function editCategory(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { categoryId, seenVersion, name, slug, description, parentId }: EditedCategory,
): Promise<CategoryOutcome> {
  const next = { name, slug, description, parentId }
  return inTransaction(db, async (tx): Promise<CategoryOutcome> => {
    const row = await lockCategory(tx, categoryId)
    if (!row) return { kind: 'not_found' }
    const subject = `category ${categoryId}`
    if (row.version !== seenVersion) return tellMeanwhile(tx, subject, row.version, seenVersion)
    const tree = await listCategoryRows(tx)
    const wrong = judgePlace(tree, categoryId, parentId)
    if (wrong) return wrong
    const owner = await findCategoryBySlug(tx, slug)
    if (RESERVED.includes(slug) || (owner !== null && owner !== categoryId)) {
      return { kind: 'invalid', errors: { slug: 'Another category has this address.' } }
    }
    const said = (of: typeof next): Said => ({
      name: of.name,
      address: of.slug,
      description: of.description,
      below: nameOf(tree, of.parentId),
    })
    const differs = whatChanged(said(row), said(next))
    if (!differs) return { kind: 'done' }
    const version = await updateCategory(tx, categoryId, next)
    await tell(
      tx,
      admin,
      'category.changed',
      categoryId,
      { ...differs.before, version: row.version },
      { ...differs.after, version },
    )
    return { kind: 'done' }
  })
}

/** Moves a category one place among its siblings; at the end nothing happens. */
export async function orderCategory(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { categoryId, by }: { categoryId: number; by: -1 | 1 },
): Promise<CategoryOutcome> {
  return inTransaction(db, async (tx): Promise<CategoryOutcome> => {
    const row = (await listCategoryRows(tx)).find(({ id }) => id === categoryId)
    if (!row) return { kind: 'not_found' }
    const ids = await lockSiblings(tx, row.parentId)
    const from = ids.indexOf(categoryId)
    const to = from + by
    if (from < 0 || to < 0 || to >= ids.length) return { kind: 'done' }
    await numberSiblings(tx, ids.toSpliced(from, 1).toSpliced(to, 0, categoryId))
    await tell(tx, admin, 'category.changed', categoryId, { place: from + 1 }, { place: to + 1 })
    return { kind: 'done' }
  })
}

/** Only when nothing is in it: products and categories are moved out first, by somebody who knows where to. */
export async function removeCategory(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  categoryId: number,
): Promise<CategoryOutcome> {
  return inTransaction(db, async (tx): Promise<CategoryOutcome> => {
    if (!(await lockCategory(tx, categoryId))) return { kind: 'not_found' }
    const tree = await listCategoryRows(tx)
    const row = tree.find(({ id }) => id === categoryId)
    if (!row) return { kind: 'not_found' }
    if (row.products > 0)
      return { kind: 'invalid', errors: { form: `There are still ${row.products} products in it.` } }
    if (tree.some(({ parentId }) => parentId === categoryId)) {
      return { kind: 'invalid', errors: { form: 'There are still categories below it.' } }
    }
    const [discount] = await namesOfDiscountsFor(tx, categoryId)
    if (discount !== undefined) {
      return {
        kind: 'invalid',
        errors: { form: `The discount “${discount}” is for it: choose something else there first.` },
      }
    }
    await deleteCategory(tx, categoryId)
    await tell(tx, admin, 'category.deleted', categoryId, { name: row.name, address: row.slug }, null)
    return { kind: 'done' }
  })
}

async function tell(
  tx: Transaction,
  admin: Admin,
  action: AuditAction,
  id: number,
  before: Said | null,
  after: Said | null,
): Promise<void> {
  await noteCatalogueChange(tx, [])
  await appendAudit(tx, { ...actorOf(admin), action, subject: `category ${id}`, before, after })
}

/** The database refuses the same (categories_form_a_tree); here there is a sentence for it. */
function judgePlace(tree: readonly CategoryDeskRow[], id: number | null, parentId: number | null): Invalid | null {
  const refuse = (parent: string): Invalid => ({ kind: 'invalid', errors: { parent } })
  if (parentId === null) return null
  if (!tree.some((row) => row.id === parentId)) return refuse('This category is not there any more. Reload the page.')
  if (id !== null && isBelow(tree, parentId, id)) return refuse('A category cannot be below itself.')
  const height = id === null ? 0 : heightOf(tree, id)
  if (depthOf(tree, parentId) + 1 + height > CATEGORY_DEPTH_MAX) {
    return refuse(`There are at most ${CATEGORY_DEPTH_MAX} levels.`)
  }
  return null
}

function nameOf(tree: readonly CategoryDeskRow[], id: number | null): string | null {
  return tree.find((row) => row.id === id)?.name ?? null
}
