import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { noteCatalogueChange } from '@/db/queries/outbox'
import { applyPriceChange, claimDuePrices } from '@/db/queries/price-changes'
import { lockFreeProduct, updateProduct, type ProductRow } from '@/db/queries/product-desk'
import { isCurrency, toDecimalString } from '@/lib/domain/money'

const BATCH = 100

/**
 * Puts prices in force whose time has come: each once, in the order of their times, with an entry in the audit log and a row by which
 * the shop's pages are renewed, all in one transaction. A product that is being written, as by a long import, is passed over until it
 * is free, with all that is due for it, so that its prices keep their order. Answers how many.
 */
export async function applyDuePrices(db: Database): Promise<number> {
  return inTransaction(db, async (tx) => {
    const due = await claimDuePrices(tx, BATCH)
    const busy = new Set<number>()
    let applied = 0
    for (const { id, productId } of due) {
      if (busy.has(productId)) continue
      const product = await lockFreeProduct(tx, productId)
      if (!product) busy.add(productId)
      else if (await applyOne(tx, id, product)) applied++
    }
    return applied
  })
}

/** The product is locked first, as everybody does who changes one. */
async function applyOne(tx: Transaction, id: string, product: ProductRow): Promise<boolean> {
  const applied = await applyPriceChange(tx, id)
  if (!applied) return false
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
    subject: `product ${product.id}`,
    before: { [`${sku} price`]: inWords(before), version: product.version },
    after: { [`${sku} price`]: inWords(after), 'scheduled by': createdBy, version },
  })
  return true
}
