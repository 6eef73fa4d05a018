import 'server-only'

import type { Database, Transaction } from '@/db/client'
import { updateOrderAddress } from '@/db/queries/fulfilment'
import { findOrder } from '@/db/queries/orders'
import { listTaxRates } from '@/db/queries/shop'
import type { Admin } from '@/lib/admin/admin'
import type { Address } from '@/lib/domain/address'
import { isUnsent } from '@/lib/domain/order'
import { findTaxRule } from '@/lib/domain/tax'

import { actOnOrder, type ActOutcome, type OrderAct } from './act-on-order'

/**
 * Puts an address right before anything has left. The country stays, and so does a state whose tax is another than that of the new
 * one: delivery and tax were reckoned for them, and paid. PayPal protects sales sent to the address it showed, so whoever changes
 * one is told.
 */
export async function editAddress(
  db: Database,
  admin: Admin<'orders.edit'>,
  input: OrderAct & { readonly address: Address },
): Promise<ActOutcome> {
  return actOnOrder(db, admin, input, async (tx, order) => {
    if (!isUnsent(order.state)) return { kind: 'illegal', from: order.state }
    if (input.address.country !== order.address.country) throw new Error('an address stays in its country')
    if (await isTaxedOtherwise(tx, order.address, input.address)) return { kind: 'other_tax' }
    await updateOrderAddress(tx, order.id, input.address)
    // The audit log tells that it changed and who did it; addresses themselves must stay erasable.
    return { kind: 'done', event: 'address_changed', action: 'order.address_changed' }
  })
}

/** Whether another region of the country has another tax. Within a region what was paid stands, whatever its rate is by now. */
async function isTaxedOtherwise(tx: Transaction, before: Address, after: Address): Promise<boolean> {
  if (before.region === after.region) return false
  const rates = await listTaxRates(tx, after.country)
  const [former, next] = [before, after].map((address) => findTaxRule(rates, address))
  const isSame = RECKONED.every((part) => former?.[part] === next?.[part])
  return !isSame
}

/** What of a rule is in the sums of an order. */
const RECKONED = ['ratePpm', 'pricesInclude', 'appliesToDelivery'] as const

/** The country that an order's address stays in. */
export async function getOrderCountry(
  db: Database,
  _admin: Admin<'orders.edit'>,
  orderNumber: string,
): Promise<string | null> {
  return (await findOrder(db, orderNumber))?.order.address.country ?? null
}
