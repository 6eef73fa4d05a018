import 'server-only'

import { inTransaction } from '@/db/client'
import { watchPendingCapture } from '@/db/queries/attempt-watch'
import {
  fenceAttempt,
  findAttempt,
  lockAttempt,
  moveAttempt,
  postponeAttempt,
  type PaymentAttempt,
} from '@/db/queries/payment-attempts'
import { planFromCapture, planFromOrder, planFromPending, type CapturePlan, type OrderPlan } from '@/lib/domain/payment'
import { closeReasonOf, mayAwaitCapture, mayReopen, planCaptureCall, planSecondLook } from '@/lib/domain/payment-driver'
import type { PayPalCapture } from '@/lib/domain/payment-gateway'
import { queueMail } from '@/lib/mail/queue-mail'
import { getLog } from '@/lib/runtime/log'
import type { TryOutcome } from '@/lib/web/rate-limit'

import { closeAttempt } from './close-attempt'
import { expectedPayment } from './expected-payment'
import { finalisePayment } from './finalise-payment'
import type { PaymentServices } from './payment-services'
import { captureKey } from './request-keys'
import { syncRefunds } from './sync-refunds'

/** How one drive of an attempt ended. `advanced`: read the row, it says what became of it. */
export type DriveOutcome =
  | { readonly kind: 'advanced' }
  | { readonly kind: 'not_approved' }
  | { readonly kind: 'declined'; readonly issue: string }
  | { readonly kind: 'unknown' }

/** A pending capture (a review, say) is asked for this often. */
const PENDING_EVERY_SECONDS = 600
/** After an unknown answer, by number of tries. It never gives up. */
const BACKOFF_SECONDS = [5, 15, 60, 300, 1800]

/**
 * K4 to K7: looks at the PayPal order, passes the fence, captures outside any transaction and finalises. Browser,
 * return URL and worker all call this; the attempt's row decides who does what. The caller has made sure that nobody
 * else is capturing (`takeOverCapture` or a worker's lease), and that the attempt has a PayPal order.
 */
export async function drivePayment(services: PaymentServices, attempt: PaymentAttempt): Promise<DriveOutcome> {
  const plan = await look(services, attempt)
  return plan.step === 'capture' ? fenceAndCapture(services, attempt) : applyOrderPlan(services, attempt, plan)
}

type SlowDown = Extract<TryOutcome, { kind: 'slow_down' }>

/** The same for a buyer who asks for it: a capture is made only if `admit` has nothing against it. A look costs nothing. */
export async function drivePaymentIf(
  services: PaymentServices,
  attempt: PaymentAttempt,
  admit: () => Promise<TryOutcome>,
): Promise<DriveOutcome | SlowDown> {
  const plan = await look(services, attempt)
  if (plan.step !== 'capture') return applyOrderPlan(services, attempt, plan)
  const admitted = await admit()
  return admitted.kind === 'slow_down' ? admitted : fenceAndCapture(services, attempt)
}

async function fenceAndCapture(services: PaymentServices, attempt: PaymentAttempt): Promise<DriveOutcome> {
  const call = planCaptureCall(attempt.state)
  if (call === 'leave') return { kind: 'advanced' }
  const fenced = call === 'fence' ? await fenceAttempt(services.db, attempt.id) : attempt
  return fenced ? capture(services, fenced) : { kind: 'advanced' }
}

async function look(services: PaymentServices, attempt: PaymentAttempt): Promise<OrderPlan> {
  const seen = await services.gateway.getOrder(requirePayPalOrderId(attempt))
  const plan = planFromOrder(expectedPayment(services, attempt), seen, attempt)
  if (plan.step !== 'look_at_capture') return plan
  return planFromPending(await services.gateway.getCapture(plan.paypalCaptureId))
}

async function capture(services: PaymentServices, attempt: PaymentAttempt): Promise<DriveOutcome> {
  const key = captureKey(attempt.id, attempt.captureSeq)
  const outcome = await services.gateway.captureOrder(requirePayPalOrderId(attempt), key)
  if (outcome.kind === 'refused' && outcome.ours) {
    const { issue, debugId } = outcome
    getLog().error({ attemptId: attempt.id, issue, debugId }, 'PayPal refuses payments to this account')
  }
  const plan = planFromCapture(outcome)
  if (plan.step !== 'look_up') return applyCapturePlan(services, attempt, plan)
  const { isPaidElsewhere } = plan
  const seen = planSecondLook(await look(services, attempt), { isPaidElsewhere, tries: attempt.tries })
  return applyOrderPlan(services, attempt, seen)
}

async function applyOrderPlan(
  services: PaymentServices,
  attempt: PaymentAttempt,
  plan: Exclude<OrderPlan, { step: 'capture' }>,
): Promise<DriveOutcome> {
  switch (plan.step) {
    case 'finalise':
      return finalise(services, attempt, plan.capture, plan.refundedMinor)
    case 'await_capture':
      return awaitCapture(services, attempt, plan.capture)
    case 'buyer_must_approve':
      await reopen(services, attempt, 'ORDER_NOT_APPROVED')
      return { kind: 'not_approved' }
    case 'close':
      return close(services, attempt, plan.reason, undefined)
    case 'ask_again':
      return stayUnknown(services, attempt, plan.cause)
  }
}

async function applyCapturePlan(
  services: PaymentServices,
  attempt: PaymentAttempt,
  plan: Exclude<CapturePlan, { step: 'look_up' }>,
): Promise<DriveOutcome> {
  switch (plan.step) {
    case 'finalise':
      return finalise(services, attempt, plan.capture, plan.refundedMinor)
    case 'await_capture':
      return awaitCapture(services, attempt, plan.capture)
    case 'reopen':
      await reopen(services, attempt, plan.issue)
      return plan.issue === 'ORDER_NOT_APPROVED' ? { kind: 'not_approved' } : { kind: 'declined', issue: plan.issue }
    case 'close':
      return close(services, attempt, plan.reason, plan.issue)
    case 'ask_again':
      return stayUnknown(services, attempt, plan.cause)
  }
}

async function finalise(
  services: PaymentServices,
  attempt: PaymentAttempt,
  paid: PayPalCapture,
  refundedMinor: number,
): Promise<DriveOutcome> {
  const { amount } = paid
  if (amount === null) return stayUnknown(services, attempt, 'the captured amount cannot be read')
  await finalisePayment(services, attempt.id, { ...paid, amount, refundedMinor })
  // What had gone back before we knew of the money comes into the books after it, and at once, so that nobody finds them wanting.
  // Should this come to nothing, the sweep of money that became no order does it, and the comparison with PayPal for an order.
  if (refundedMinor > 0) await syncRefunds(services, paid.paypalCaptureId)
  return { kind: 'advanced' }
}

async function close(
  { db }: PaymentServices,
  attempt: PaymentAttempt,
  reason: Parameters<typeof closeAttempt>[2]['reason'],
  issue: string | undefined,
): Promise<DriveOutcome> {
  await closeAttempt(db, attempt.id, {
    by: 'answer',
    reason: closeReasonOf(attempt.state, reason),
    read: attempt,
    ...(issue === undefined ? {} : { issue }),
  })
  return { kind: 'advanced' }
}

/** K7', retryable: a definite no. The key changes, the hold's clock goes on, and the buyer may try again. */
async function reopen({ db }: PaymentServices, attempt: PaymentAttempt, issue: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const current = await lockAttempt(tx, attempt.id)
    if (!current || !mayReopen(current, attempt)) return
    await moveAttempt(tx, attempt.id, {
      state: 'created',
      captureSeq: attempt.captureSeq + 1,
      isDecline: issue !== 'ORDER_NOT_APPROVED',
      lastIssue: issue,
      nextInSeconds: 120,
    })
  })
}

/**
 * PayPal has accepted the payment but does not hold the money yet. Stock stays held until it says which; a closed attempt, which
 * holds none, is watched until then.
 */
async function awaitCapture(
  { db }: PaymentServices,
  attempt: PaymentAttempt,
  { paypalCaptureId }: PayPalCapture,
): Promise<DriveOutcome> {
  await inTransaction(db, async (tx) => {
    const current = await lockAttempt(tx, attempt.id)
    if (current?.state === 'closed') await watchPendingCapture(tx, attempt.id, paypalCaptureId)
    if (!current || !mayAwaitCapture(current.state)) return
    await moveAttempt(tx, attempt.id, {
      state: 'pending',
      pendingCaptureId: paypalCaptureId,
      nextInSeconds: PENDING_EVERY_SECONDS,
    })
    const { id, snapshot } = current
    await queueMail(tx, { kind: 'payment_checked', attemptId: id }, { to: snapshot.email, about: id })
  })
  return { kind: 'advanced' }
}

async function stayUnknown({ db }: PaymentServices, attempt: PaymentAttempt, cause: string): Promise<DriveOutcome> {
  const current = await findAttempt(db, attempt.id)
  const tries = current?.tries ?? 0
  const seconds = BACKOFF_SECONDS[Math.min(tries, BACKOFF_SECONDS.length - 1)] ?? 5
  await postponeAttempt(db, attempt.id, attempt.state, seconds, cause)
  getLog().warn({ attemptId: attempt.id, cause, tries }, 'no definite answer about a payment')
  return { kind: 'unknown' }
}

function requirePayPalOrderId(attempt: PaymentAttempt): string {
  if (attempt.paypalOrderId === null) throw new Error(`attempt ${attempt.id} has no PayPal order`)
  return attempt.paypalOrderId
}
