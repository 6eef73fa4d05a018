import 'server-only'

import { findOrderOfAttempt } from '@/db/queries/orders'

import type { PaymentServices } from '../payment-services'
import { recoverCapture } from '../recover-capture'
import { syncRefunds } from '../sync-refunds'
import { closeIncident } from './close-incident'
import type { Carried, OpenIncident } from './decision'

/** Makes the order that the money was for, or nothing at all: what cannot be an order is not refunded by adopting it. */
export async function adoptIncident(services: PaymentServices, open: OpenIncident): Promise<Carried> {
  const { paypalCaptureId } = open.incident
  if (paypalCaptureId === null) return { kind: 'not_possible', why: 'wrong_kind' }
  let isRaced = false
  const outcome = await recoverCapture(services, paypalCaptureId, {
    judge: (planned) => (planned.kind === 'order' ? planned : null),
    also: async (tx, attemptId) => {
      const order = await findOrderOfAttempt(tx, attemptId)
      isRaced = !(await closeIncident(tx, open, 'adopted', order?.id))
      return !isRaced
    },
  })
  switch (outcome.kind) {
    case 'recovered':
      await syncRefunds(services, paypalCaptureId)
      return { kind: 'carried_out' }
    case 'known':
      return { kind: 'raced' }
    case 'left':
      return isRaced ? { kind: 'raced' } : { kind: 'not_possible', why: 'no_order_possible' }
    case 'no_money':
    case 'missing':
      return { kind: 'not_possible', why: 'nothing_left' }
    case 'unusable':
      return { kind: 'not_possible', why: outcome.problem }
    case 'unknown':
      return { kind: 'unknown' }
  }
}
