import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { noteCatalogueChange } from '@/db/queries/outbox'
import { applyPriceChange, claimDuePrices } from '@/db/queries/price-changes'
import { lockProduct, updateProduct } from '@/db/queries/product-desk'
import { isCurrency, toDecimalString } from '@/lib/domain/money'

const BATCH = 100

/**
 * Puts prices in force whose time has come: each once, in the order of their times, with an entry in the audit log and a row by which
 * the shop's pages are renewed, all in one transaction. Answers how many.
 */
export async function applyDuePrices(db: Database): Promise<number> {
  return inTransaction(db, async (tx) => {
    const due = await claimDuePrices(tx, BATCH)
    let applied = 0
    for (const { id, productId } of due) if (await applyOne(tx, id, productId)) applied++
    return applied
  })
}

/** The product first, as everybody who changes one does. */
async function applyOne(tx: Transaction, id: string, productId: number): Promise<boolean> {
  const product = await lockProduct(tx, productId)
  const applied = product ? await applyPriceChange(tx, id) : null
  if (!product || !applied) return false
  const { sku, currency, before, after, createdBy } = applied
  const version = await updateProduct(tx, product, {})
  await noteCatalogueChange(tx, [product.slug])
  const inWords = (minor: number) =>
    isCurrency(currency) ? `${toDecimalString({ minor, currency })} ${currency}` : minor
  await appendAudit(tx, {
    actorId: null,
    actorEmail: 'the worker',
    network: null,
    action: 'product.price_applied',
    subject: `product ${productId}`,
    before: { [`${sku} price`]: inWords(before), version: product.version },
    after: { [`${sku} price`]: inWords(after), 'scheduled by': createdBy, version },
  })
  return true
}
