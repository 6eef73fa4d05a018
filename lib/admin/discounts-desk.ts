import 'server-only'

import { getDatabase, inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { listCategories } from '@/db/queries/catalog-categories'
import {
  findDiscount,
  findProductIds,
  insertDiscount,
  isCodeTaken,
  listDiscounts,
  setDiscountTargets,
  updateDiscount,
  type DiscountDetail,
  type ListedDiscount,
} from '@/db/queries/discount-desk'
import { requireShopSettings } from '@/db/queries/shop'
import { trailOf } from '@/lib/catalog/category-tree'
import type { DiscountDraft } from '@/lib/domain/discount-draft'
import type { Currency } from '@/lib/domain/money'

import { actorOf, type Admin } from './admin'

export type { DiscountDetail, ListedDiscount }

const SHOWN = 500

export async function getDiscounts(
  db: Database,
  _admin: Admin<'discounts.manage'>,
): Promise<{ readonly currency: Currency; readonly discounts: readonly ListedDiscount[] }> {
  const { currency } = await requireShopSettings(db)
  return { currency, discounts: await listDiscounts(db, SHOWN) }
}

/** Whether there is a discount of this id. What it is, `getDiscount` tells those who may know. */
export async function isDiscountId(typed: string): Promise<boolean> {
  const id = parseDiscountId(typed)
  return id !== null && (await findDiscount(getDatabase(), id)) !== null
}

export function parseDiscountId(typed: string): number | null {
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : null
}

export async function getDiscount(
  db: Database,
  _admin: Admin<'discounts.manage'>,
  id: number,
): Promise<DiscountDetail | null> {
  return findDiscount(db, id)
}

/** What the form of a discount needs to know: the currency, and the categories by their whole names. */
export async function getDiscountChoices(
  db: Database,
  _admin: Admin<'discounts.manage'>,
): Promise<{ readonly currency: Currency; readonly categories: readonly { id: number; name: string }[] }> {
  const { currency } = await requireShopSettings(db)
  const tree = await listCategories(db)
  const categories = tree.map(({ id }) => ({
    id,
    name: trailOf(tree, id)
      .map(({ name }) => name)
      .join(' / '),
  }))
  return { currency, categories: categories.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) }
}

export type SaveDiscountOutcome =
  | { readonly kind: 'saved'; readonly id: number }
  | { readonly kind: 'not_found' | 'changed_meanwhile' | 'code_taken' | 'unknown_category' }
  | { readonly kind: 'unknown_products'; readonly slugs: readonly string[] }

export async function createDiscount(
  db: Database,
  admin: Admin<'discounts.manage'>,
  draft: DiscountDraft,
): Promise<SaveDiscountOutcome> {
  return inTransaction(db, async (tx) => {
    const targets = await findTargets(tx, draft, null)
    if (targets.kind !== 'found') return targets
    const id = await insertDiscount(tx, draft)
    await setDiscountTargets(tx, id, targets)
    await log(tx, admin, 'discount.created', id, null, draft)
    return { kind: 'saved', id }
  })
}

/** Payments that have begun keep what they were granted. `version`: of what was edited. */
export async function changeDiscount(
  db: Database,
  admin: Admin<'discounts.manage'>,
  { id, version, draft }: { id: number; version: number; draft: DiscountDraft },
): Promise<SaveDiscountOutcome> {
  return inTransaction(db, async (tx) => {
    const former = await findDiscount(tx, id, true)
    if (!former) return { kind: 'not_found' }
    if (former.discount.version !== version) return { kind: 'changed_meanwhile' }
    const targets = await findTargets(tx, draft, id)
    if (targets.kind !== 'found') return targets
    await updateDiscount(tx, id, draft)
    await setDiscountTargets(tx, id, targets)
    await log(tx, admin, 'discount.changed', id, toDraft(former), draft)
    return { kind: 'saved', id }
  })
}

type Targets =
  | { readonly kind: 'found'; readonly productIds: readonly number[]; readonly categoryIds: readonly number[] }
  | Exclude<SaveDiscountOutcome, { kind: 'saved' }>

async function findTargets(tx: Transaction, draft: DiscountDraft, exceptId: number | null): Promise<Targets> {
  if (draft.code !== null && (await isCodeTaken(tx, draft.code, exceptId))) return { kind: 'code_taken' }
  const found = await findProductIds(tx, draft.productSlugs)
  const missing = draft.productSlugs.filter((slug) => !found.has(slug))
  if (missing.length > 0) return { kind: 'unknown_products', slugs: missing }
  const known = new Set((await listCategories(tx)).map(({ id }) => id))
  if (draft.categoryIds.some((id) => !known.has(id))) return { kind: 'unknown_category' }
  return { kind: 'found', productIds: [...found.values()], categoryIds: draft.categoryIds }
}

function toDraft({ discount, productSlugs, categoryIds }: DiscountDetail): DiscountDraft {
  const { id: _id, version: _version, createdAt: _at, ...draft } = discount
  return { ...draft, productSlugs, categoryIds }
}

async function log(
  tx: Transaction,
  admin: Admin,
  action: 'discount.created' | 'discount.changed',
  id: number,
  before: DiscountDraft | null,
  after: DiscountDraft,
): Promise<void> {
  await appendAudit(tx, { ...actorOf(admin), action, subject: `discount ${id}`, before, after })
}
