import 'server-only'

import type { Database } from '@/db/client'
import { cancelPriceChange, insertPriceChange, listOpenPriceChanges } from '@/db/queries/price-changes'
import { listVariantRows } from '@/db/queries/product-desk'
import type { Admin } from '@/lib/admin/admin'
import { isCurrency, toDecimalString } from '@/lib/domain/money'
import { writeStart } from '@/lib/domain/price-change'

import { actOnProduct, type ProductAct, type ProductOutcome } from './act-on-product'

/** A price of a variant that takes effect at `startsAt`. `changeId` is the form's own: sent twice it is one change. */
export async function schedulePrice(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  {
    variantId,
    priceMinor,
    startsAt,
    changeId,
    ...act
  }: ProductAct & { variantId: number; priceMinor: number; startsAt: Date; changeId: string },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, { ...act, seenVersion: null }, async (tx, product) => {
    const variant = (await listVariantRows(tx, product.id)).find(({ id }) => id === variantId)
    if (!variant) return { kind: 'invalid', errors: { variant: 'This variant is not there any more.' } }
    const open = await listOpenPriceChanges(tx, product.id)
    if (open.some(({ id }) => id === changeId)) return NOTHING
    const values = { id: changeId, variantId, priceMinor, startsAt, createdBy: admin.email }
    if (!(await insertPriceChange(tx, values))) {
      return { kind: 'invalid', errors: { from: 'It has another price from this very moment. Cancel that first.' } }
    }
    const name = nameOf(variant.sku, startsAt)
    return {
      kind: 'change',
      action: 'product.price_scheduled',
      before: {},
      after: { [name]: inWords(priceMinor, variant) },
    }
  })
}

/** Takes back a price that has not taken effect yet. */
export async function cancelScheduledPrice(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { changeId, ...act }: ProductAct & { changeId: string },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, { ...act, seenVersion: null }, async (tx, product) => {
    const change = (await listOpenPriceChanges(tx, product.id)).find(({ id }) => id === changeId)
    if (!change || !(await cancelPriceChange(tx, changeId))) {
      return { kind: 'invalid', errors: { form: 'It has taken effect, or was cancelled, already. Reload the page.' } }
    }
    const variant = (await listVariantRows(tx, product.id)).find(({ id }) => id === change.variantId)
    const name = nameOf(change.sku, change.startsAt)
    const before = { [name]: inWords(change.priceMinor, { currency: variant?.currency ?? '' }) }
    return { kind: 'change', action: 'product.price_cancelled', before, after: { [name]: null } }
  })
}

/** Differs in nothing, so nothing is written. */
const NOTHING = { kind: 'change', action: 'product.price_scheduled', before: {}, after: {} } as const

const nameOf = (sku: string, startsAt: Date) => `${sku} price from ${writeStart(startsAt)}`

function inWords(minor: number, { currency }: { currency: string }): string {
  return isCurrency(currency) ? `${toDecimalString({ minor, currency })} ${currency}` : String(minor)
}
