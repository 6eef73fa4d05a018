import 'server-only'

import { eraseAttempt, findAttemptsToErase, noteIssue } from '@/db/queries/abandoned-attempts'
import { wakeAttempt, type PaymentAttempt } from '@/db/queries/payment-attempts'
import { planErasure, planErasureOfPending, type ErasurePlan } from '@/lib/domain/payment'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from './payment-services'

const BATCH = 20

/**
 * Forgets who began payments of which nothing has come. PayPal is asked a last time whether that is so: money that it shows is
 * driven like any other, and only what it has not captured in a month is erased. A capture that turns up all the same goes back.
 * @returns how many were erased.
 */
export async function eraseAbandoned(services: PaymentServices): Promise<number> {
  let erased = 0
  for (const attempt of await findAttemptsToErase(services.db, BATCH)) {
    if (await eraseIfOver(services, attempt)) erased++
  }
  if (erased > 0) getLog().info({ erased }, 'abandoned payments were erased')
  return erased
}

async function eraseIfOver(services: PaymentServices, attempt: PaymentAttempt): Promise<boolean> {
  const { db } = services
  const { id } = attempt
  const plan = await lookALastTime(services, attempt)
  switch (plan.step) {
    case 'erase':
      return eraseAttempt(db, id)
    case 'drive':
      await wakeAttempt(db, id)
      return false
    case 'ask_again':
      await noteIssue(db, id, plan.cause)
      return false
  }
}

async function lookALastTime({ gateway }: PaymentServices, attempt: PaymentAttempt): Promise<ErasurePlan> {
  const { paypalOrderId, pendingCaptureId } = attempt
  // Nobody was ever sent to a PayPal order that we do not know of.
  if (paypalOrderId === null) return { step: 'erase' }
  const plan = planErasure(await gateway.getOrder(paypalOrderId))
  if (plan.step !== 'erase' || pendingCaptureId === null) return plan
  return planErasureOfPending(await gateway.getCapture(pendingCaptureId))
}
