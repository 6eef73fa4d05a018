import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Transaction } from '@/db/client'
import { hasCapture } from '@/db/queries/captures'
import { lockAttemptOfPayPalOrder } from '@/db/queries/payment-attempts'
import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import { isPaid } from '@/lib/domain/payment'
import type { PayPalOrderContents } from '@/lib/domain/payment-gateway'

import { finaliseInTransaction, type FinalCapture } from '../finalise-payment'
import { asFinal, lookAtCapture } from '../look-at-capture'
import type { PaymentServices } from '../payment-services'
import { rebuildAttempt } from '../rebuild-attempt'
import { syncRefunds } from '../sync-refunds'
import { closeIncident } from './close-incident'
import type { Carried, OpenIncident } from './decision'

/**
 * Brings money that belongs to no order into the books as money that goes back; the worker sends it. It needs an attempt to
 * hang on: that of its PayPal order, unless another payment came through the same one, or one made for the purpose.
 */
export async function refundStrayCapture(services: PaymentServices, open: OpenIncident): Promise<Carried> {
  const { incident } = open
  if (incident.paypalCaptureId === null) return { kind: 'not_possible', why: 'wrong_kind' }
  const facts = await lookAtCapture(services, incident.paypalCaptureId)
  if (facts.kind === 'unknown') return { kind: 'unknown' }
  if (facts.kind === 'missing' || !isPaid(facts.capture)) return { kind: 'not_possible', why: 'nothing_left' }
  const paypalOrderId = facts.kind === 'found' ? facts.order.paypalOrderId : facts.paypalOrderId
  if (paypalOrderId === null) return { kind: 'not_possible', why: 'paypal_order_gone' }
  const paid = asFinal(facts)
  if (!paid) return { kind: 'unknown' }
  const contents = facts.kind === 'found' ? facts.order.contents : null
  const carried = await inTransaction(services.db, async (tx): Promise<Carried> => {
    if (!(await closeIncident(tx, open, 'refunded'))) return { kind: 'raced' }
    const attemptId = await findPlace(tx, paypalOrderId, paid, contents)
    await finaliseInTransaction(services, tx, attemptId, paid, () => ({ kind: 'refund', reason: 'unfulfillable' }))
    return { kind: 'carried_out' }
  })
  if (carried.kind === 'carried_out') await syncRefunds(services, incident.paypalCaptureId)
  return carried
}

async function findPlace(
  tx: Transaction,
  paypalOrderId: string,
  paid: FinalCapture,
  contents: PayPalOrderContents | null,
): Promise<string> {
  const known = await lockAttemptOfPayPalOrder(tx, paypalOrderId)
  const isTwice = known !== null && (await hasCapture(tx, known.id))
  if (known && !isTwice) return known.id
  const snapshot = moneyOnly(paid, contents)
  const place = { attemptId: randomUUID(), cartId: null, snapshot, paypalOrderId: isTwice ? null : paypalOrderId }
  const made = await rebuildAttempt(tx, place)
  if (!made) throw new Error(`PayPal order ${paypalOrderId} has an attempt after all`)
  return made.id
}

/** What is known of money that no order comes of. */
function moneyOnly({ amount }: FinalCapture, contents: PayPalOrderContents | null): AttemptSnapshot {
  const nowhere = { name: '', line1: '', line2: '', city: '', region: '', postalCode: '', country: '' }
  return {
    version: 1,
    currency: amount.currency,
    email: contents?.payerEmail ?? '',
    address: contents?.address ?? nowhere,
    delivery: { methodId: 0, name: '', estimate: '' },
    lines: [],
    itemsMinor: amount.minor,
    discountMinor: 0,
    deliveryMinor: 0,
    taxMinor: 0,
    taxIncluded: false,
    taxLabel: null,
    totalMinor: amount.minor,
  }
}
