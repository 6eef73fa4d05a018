import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { moveStock } from '@/db/queries/stock'
import { findStockRow, isAdjusted, lockShelf } from '@/db/queries/stock-desk'
import { actorOf, type Admin } from '@/lib/admin/admin'
import { planAdjustment, type Adjustment, type AdjustmentPlan } from '@/lib/domain/stock-adjustment'

export interface StockForm {
  readonly variantId: number
  /** The form's own id: sent twice it is one act. */
  readonly formId: string
  readonly adjustment: Adjustment
  readonly note: string
}

export type AdjustOutcome =
  | { readonly kind: 'done'; readonly slug: string }
  | { readonly kind: 'not_found' }
  | Exclude<AdjustmentPlan, { kind: 'move' }>

/**
 * Changes what is on the shelf of one variant, with why and by whom: an entry in the ledger, never a number written over another.
 * The note stays in the ledger alone; the audit log tells how many and why.
 */
export async function adjustStock(
  db: Database,
  admin: Admin<'stock.adjust'>,
  { variantId, formId, adjustment, note }: StockForm,
): Promise<AdjustOutcome> {
  return inTransaction(db, async (tx): Promise<AdjustOutcome> => {
    const shelf = await lockShelf(tx, variantId)
    const row = await findStockRow(tx, variantId)
    if (!shelf || !row) return { kind: 'not_found' }
    if (await isAdjusted(tx, variantId, formId)) return { kind: 'done', slug: row.productSlug }
    const plan = planAdjustment(shelf, adjustment)
    if (plan.kind !== 'move') return plan
    const { quantity, reason } = plan
    await moveStock(tx, { reason, ref: formId, note, actorEmail: admin.email }, [{ variantId, quantity }])
    await appendAudit(tx, {
      ...actorOf(admin),
      action: 'stock.adjusted',
      subject: `variant ${row.sku}`,
      before: { onHand: shelf.onHand },
      after: { onHand: shelf.onHand + quantity, reason },
    })
    return { kind: 'done', slug: row.productSlug }
  })
}
