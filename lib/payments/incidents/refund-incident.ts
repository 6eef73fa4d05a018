import 'server-only'

import { inTransaction } from '@/db/client'
import { findOrderNumber } from '@/db/queries/orders'
import { claimRefund } from '@/db/queries/refunds'

import type { PaymentServices } from '../payment-services'
import { sendRequestedRefund, writeRefund, type RequestRefundOutcome } from '../request-refund'
import { sendRefund } from '../send-refund'
import { closeIncident } from './close-incident'
import type { Carried, OpenIncident } from './decision'
import { refundStrayCapture } from './refund-stray-capture'
import { retryRefund } from './retry-refund'

/** Gives back all that is left: of money without an order, of an order paid with another amount, or what was refused before. */
export async function refundIncident(services: PaymentServices, open: OpenIncident): Promise<Carried> {
  switch (open.incident.kind) {
    case 'money_without_order':
      return refundStrayCapture(services, open)
    case 'amount_differs':
      return refundOrder(services, open)
    case 'refund_refused':
      return sendAgain(services, open)
    default:
      return { kind: 'not_possible', why: 'wrong_kind' }
  }
}

class Raced extends Error {}

/**
 * The incident's id is the refund's: deciding twice, or after a crash in between, is one refund. The refund is written with the
 * decision, so that nothing goes back when somebody else has decided otherwise meanwhile.
 */
async function refundOrder(services: PaymentServices, open: OpenIncident): Promise<Carried> {
  const { incident } = open
  const orderNumber = incident.orderId && (await findOrderNumber(services.db, incident.orderId))
  if (!orderNumber) return { kind: 'not_possible', why: 'order_missing' }
  const request = { kind: 'rest', restock: false } as const
  const outcome = await inTransaction(services.db, async (tx): Promise<RequestRefundOutcome> => {
    const written = await writeRefund(tx, { refundId: incident.id, orderNumber, request, noteToPayer: '' })
    if (written.kind === 'requested' && !(await closeIncident(tx, open, 'refunded'))) throw new Raced()
    return written
  }).catch((error: unknown) => {
    if (error instanceof Raced) return { kind: 'raced' } as const
    throw error
  })
  if (outcome.kind === 'raced') return outcome
  if (outcome.kind === 'not_found') return { kind: 'not_possible', why: 'order_missing' }
  if (outcome.kind !== 'requested') return { kind: 'not_possible', why: outcome.kind }
  await sendRequestedRefund(services, incident.id)
  return { kind: 'carried_out' }
}

async function sendAgain(services: PaymentServices, open: OpenIncident): Promise<Carried> {
  const refundId = open.incident.key.slice('refund_refused:'.length)
  const carried = await retryRefund(services, refundId, open)
  const leased = carried.kind === 'carried_out' ? await claimRefund(services.db, refundId) : null
  if (leased) await sendRefund(services, leased)
  return carried
}
