import 'server-only'

import type { Database } from '@/db/client'
import { findOrderIdentity } from '@/db/queries/orders'
import type { FileKind } from '@/lib/domain/bulk'
import type { PaperIssue } from '@/lib/domain/paper-due'
import { findInvoice } from '@/lib/papers/find-invoice'

const NO_ORDER = 'There is no such order.'

const ISSUE_TEXTS: Readonly<Record<PaperIssue, string>> = {
  no_address: 'Its invoice waits for the shop’s address in the settings.',
  no_rate: 'Its invoice waits for a rate of exchange.',
  no_invoice: 'It has no invoice.',
  failed: 'Its invoice could not be written; the log has the error.',
}

/** Why a file of this kind has nothing of an order; null when it has. */
export async function findWhyLeftOut(db: Database, kind: FileKind, orderNumber: string): Promise<string | null> {
  if (kind !== 'invoices') return (await findOrderIdentity(db, orderNumber)) ? null : NO_ORDER
  const found = await findInvoice(db, orderNumber)
  switch (found.kind) {
    case 'given':
      return null
    case 'waits':
      return ISSUE_TEXTS[found.issue]
    case 'not_yet':
      return 'Its invoice is being written. Print it again in a moment.'
    case 'not_found':
      return NO_ORDER
  }
}
