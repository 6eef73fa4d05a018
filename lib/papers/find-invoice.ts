import 'server-only'

import type { Queryable } from '@/db/client'
import { findOrderIdentity } from '@/db/queries/orders'
import { findInvoiceIssue, listInvoices, type InvoiceRow } from '@/db/queries/papers'
import type { PaperIssue } from '@/lib/domain/paper-due'

/** `not_yet`: the worker gives it within seconds. `waits`: for something that a person has to do. */
export type FoundInvoice =
  | { readonly kind: 'given'; readonly invoice: InvoiceRow }
  | { readonly kind: 'waits'; readonly issue: PaperIssue }
  | { readonly kind: 'not_yet' | 'not_found' }

/** The invoice of an order, or why there is none; who may see it is the caller's question. */
export async function findInvoice(db: Queryable, orderNumber: string): Promise<FoundInvoice> {
  const [invoice] = await listInvoices(db, [orderNumber])
  if (invoice) return { kind: 'given', invoice }
  const identity = await findOrderIdentity(db, orderNumber)
  if (!identity) return { kind: 'not_found' }
  const issue = await findInvoiceIssue(db, identity.id)
  return issue === null ? { kind: 'not_yet' } : { kind: 'waits', issue }
}
