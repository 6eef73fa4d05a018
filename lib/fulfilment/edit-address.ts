import 'server-only'

import type { Database } from '@/db/client'
import { updateOrderAddress } from '@/db/queries/fulfilment'
import { findOrder } from '@/db/queries/orders'
import type { Admin } from '@/lib/admin/admin'
import type { Address } from '@/lib/domain/address'
import { isUnsent } from '@/lib/domain/order'

import { actOnOrder, type ActOutcome, type OrderAct } from './act-on-order'

/**
 * Puts an address right before anything has left. The country stays: delivery and tax were reckoned for it. PayPal protects sales
 * sent to the address it showed, so whoever changes one is told.
 */
export async function editAddress(
  db: Database,
  admin: Admin<'orders.edit'>,
  input: OrderAct & { readonly address: Address },
): Promise<ActOutcome> {
  return actOnOrder(db, admin, input, async (tx, order) => {
    if (!isUnsent(order.state)) return { kind: 'illegal', from: order.state }
    if (input.address.country !== order.address.country) throw new Error('an address stays in its country')
    await updateOrderAddress(tx, order.id, input.address)
    // The audit log tells that it changed and who did it; addresses themselves must stay erasable.
    return { kind: 'done', event: 'address_changed', action: 'order.address_changed' }
  })
}

/** The country that an order's address stays in. */
export async function getOrderCountry(
  db: Database,
  _admin: Admin<'orders.edit'>,
  orderNumber: string,
): Promise<string | null> {
  return (await findOrder(db, orderNumber))?.order.address.country ?? null
}
