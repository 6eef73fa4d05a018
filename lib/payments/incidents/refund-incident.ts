import 'server-only'

import { findOrderNumber } from '@/db/queries/orders'
import { resolveIncident } from '@/db/queries/payment-incidents'
import { claimRefund } from '@/db/queries/refunds'

import type { PaymentServices } from '../payment-services'
import { requestRefund } from '../request-refund'
import { sendRefund } from '../send-refund'
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

/** The incident's id is the refund's: deciding twice, or after a crash in between, is one refund. */
async function refundOrder(services: PaymentServices, { incident, by, note }: OpenIncident): Promise<Carried> {
  const orderNumber = incident.orderId && (await findOrderNumber(services.db, incident.orderId))
  if (!orderNumber) return { kind: 'not_possible', why: 'order_missing' }
  const request = { kind: 'rest', restock: false } as const
  const outcome = await requestRefund(services, { refundId: incident.id, orderNumber, request, noteToPayer: '' })
  if (outcome.kind === 'not_found') return { kind: 'not_possible', why: 'order_missing' }
  if (outcome.kind !== 'requested') return { kind: 'not_possible', why: outcome.kind }
  const resolved = await resolveIncident(services.db, incident.id, { resolution: 'refunded', resolvedBy: by, note })
  return { kind: resolved ? 'carried_out' : 'raced' }
}

async function sendAgain(services: PaymentServices, open: OpenIncident): Promise<Carried> {
  const refundId = open.incident.key.slice('refund_refused:'.length)
  const carried = await retryRefund(services, refundId, open)
  const leased = carried.kind === 'carried_out' ? await claimRefund(services.db, refundId) : null
  if (leased) await sendRefund(services, leased)
  return carried
}
