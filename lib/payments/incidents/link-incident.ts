import 'server-only'

import { inTransaction } from '@/db/client'
import { placeHold } from '@/db/queries/order-holds'
import { findOrderIdentity } from '@/db/queries/orders'
import { linkDispute } from '@/db/queries/payment-incidents'

import type { PaymentServices } from '../payment-services'
import { closeIncident } from './close-incident'
import type { Carried, OpenIncident } from './decision'

/** It belongs to an order that is there: noted with the incident, and a dispute that is open holds that order back. */
export async function linkIncident({ db }: PaymentServices, open: OpenIncident, orderNumber: string): Promise<Carried> {
  return inTransaction(db, async (tx): Promise<Carried> => {
    const order = await findOrderIdentity(tx, orderNumber)
    if (!order) return { kind: 'not_possible', why: 'order_missing' }
    const orderId = order.id
    const { incident } = open
    if (!(await closeIncident(tx, open, 'linked', orderId))) return { kind: 'raced' }
    if (incident.kind === 'dispute_unmatched') {
      const disputeId = incident.key.slice('dispute_unmatched:'.length)
      if (await linkDispute(tx, disputeId, orderId)) await placeHold(tx, orderId, 'dispute', disputeId)
    }
    return { kind: 'carried_out' }
  })
}
