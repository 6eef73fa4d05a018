import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit, listAuditSince } from '@/db/queries/audit-log'
import { noteCatalogueChange } from '@/db/queries/outbox'
import { lockProduct, updateProduct, type ProductRow } from '@/db/queries/product-desk'
import { actorOf, type Admin } from '@/lib/admin/admin'
import type { AuditAction } from '@/lib/domain/audit'
import { tellChange, whatChanged, type Said } from '@/lib/domain/what-changed'

/** Which product, and which version of it whoever acts has seen. */
export interface ProductAct {
  readonly productId: number
  /** Null where it does not matter, as for what is only added. */
  readonly seenVersion: number | null
}

/** What is wrong, by field. */
export interface Invalid {
  readonly kind: 'invalid'
  readonly errors: Readonly<Record<string, string>>
}

export interface ChangedMeanwhile {
  readonly kind: 'changed_meanwhile'
  readonly version: number
  /** Who did what since, in a sentence each. */
  readonly told: readonly string[]
}

export type ProductOutcome =
  | { readonly kind: 'done'; readonly slugs: readonly string[] }
  | { readonly kind: 'not_found' }
  | Invalid
  | ChangedMeanwhile

export interface ProductChange {
  readonly kind: 'change'
  readonly action: AuditAction
  readonly before: Said
  readonly after: Said
  /** Of the product's own row. */
  readonly values?: Partial<Omit<ProductRow, 'id' | 'version'>>
}

/**
 * One change of one product: it is locked, what somebody else did meanwhile is told, and the change, its entry in the audit log and
 * the row by which the shop's pages are renewed are written together or not at all. A change that changes nothing is done.
 */
export async function actOnProduct(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { productId, seenVersion }: ProductAct,
  act: (tx: Transaction, product: ProductRow) => Promise<ProductChange | Invalid>,
): Promise<ProductOutcome> {
  return inTransaction(db, async (tx): Promise<ProductOutcome> => {
    const product = await lockProduct(tx, productId)
    if (!product) return { kind: 'not_found' }
    if (seenVersion !== null && product.version !== seenVersion) {
      return tellMeanwhile(tx, `product ${productId}`, product.version, seenVersion)
    }
    const change = await act(tx, product)
    if (change.kind === 'invalid') return change
    const differs = whatChanged(change.before, change.after)
    if (!differs) return { kind: 'done', slugs: [product.slug] }
    const version = await updateProduct(tx, product, change.values ?? {})
    const slugs = [...new Set([product.slug, change.values?.slug ?? product.slug])]
    await noteCatalogueChange(tx, slugs)
    await appendAudit(tx, {
      ...actorOf(admin),
      action: change.action,
      subject: `product ${productId}`,
      before: { ...differs.before, version: product.version },
      after: { ...differs.after, version },
    })
    return { kind: 'done', slugs }
  })
}

/** What happened to something since version `seen`, for whoever comes second. */
export async function tellMeanwhile(
  tx: Transaction,
  subject: string,
  version: number,
  seen: number,
): Promise<ChangedMeanwhile> {
  const entries = await listAuditSince(tx, subject, seen)
  const told = entries.map(({ actorEmail, before, after }) => `${actorEmail} changed ${tellChange(before, after)}`)
  return { kind: 'changed_meanwhile', version, told }
}
