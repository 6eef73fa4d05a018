import 'server-only'

import { inTransaction, type Transaction } from '@/db/client'
import { findCapture } from '@/db/queries/captures'
import { findAttempt, learnPayPalOrder, lockAttempt, wakeAttempt } from '@/db/queries/payment-attempts'
import { isPaid } from '@/lib/domain/payment'
import type { RebuildProblem } from '@/lib/domain/rebuild'
import { getLog } from '@/lib/runtime/log'

import { finaliseInTransaction, type FinalCapture, type Judge } from './finalise-payment'
import { asFinal, lookAtCapture, type CaptureFacts } from './look-at-capture'
import type { PaymentServices } from './payment-services'
import { planLostAttempt, rebuildAttempt, type LostAttempt } from './rebuild-attempt'

export type RecoverProblem =
  | RebuildProblem
  /** PayPal shows the capture but no longer its order, and our row is lost. */
  | 'paypal_order_gone'
  /** The attempt it names has been paid by another capture, or through another PayPal order. */
  | 'second_payment'

export type RecoverOutcome =
  /** In our books already. */
  | { readonly kind: 'known' }
  /** Now in our books, as an order or as a refund. */
  | { readonly kind: 'recovered'; readonly attemptId: string }
  /** PayPal does not hold this money, or not yet. */
  | { readonly kind: 'no_money' }
  /** PayPal knows no such capture. */
  | { readonly kind: 'missing' }
  /** Not recovered: it would not have become what was asked for, or somebody else was first. */
  | { readonly kind: 'left' }
  | { readonly kind: 'unusable'; readonly problem: RecoverProblem; readonly facts: CaptureFacts }
  | { readonly kind: 'unknown' }

/** Rolls a rebuilt row back when nothing became of it. */
class Undone extends Error {
  readonly outcome: RecoverOutcome
  constructor(outcome: RecoverOutcome) {
    super('nothing recovered')
    this.outcome = outcome
  }
}

export interface RecoverOptions {
  /** Minor units that a bank had taken back and has given back since, by PayPal's transaction list. */
  readonly returnedMinor?: number
  /** What may become of it; by default what the rules say. */
  readonly judge?: Judge
  /** Written in the same transaction; false undoes it all. */
  readonly also?: (tx: Transaction, attemptId: string) => Promise<boolean>
}

/**
 * Money that PayPal has and our books lack: finishes the attempt it belongs to, whatever state that is in, or makes the
 * attempt again from PayPal's order when its row is lost. Safe to call any number of times, from any process.
 */
export async function recoverCapture(
  services: PaymentServices,
  paypalCaptureId: string,
  options: RecoverOptions = {},
): Promise<RecoverOutcome> {
  if (await findCapture(services.db, paypalCaptureId)) return { kind: 'known' }
  const facts = await lookAtCapture(services, paypalCaptureId)
  if (facts.kind === 'unknown' || facts.kind === 'missing') return { kind: facts.kind }
  const attemptId = attemptIdOf(facts)
  if (!isPaid(facts.capture)) return wake(services, attemptId)
  const paid = asFinal(facts, options.returnedMinor)
  if (!paid) return { kind: 'unknown' }
  const known = attemptId === null ? null : await findAttempt(services.db, attemptId)
  try {
    if (known) return await finish(services, known.id, paid, facts, options)
    return await rebuild(services, paid, facts, options)
  } catch (error) {
    if (error instanceof Undone) return error.outcome
    throw error
  }
}

type Seen = Exclude<CaptureFacts, { kind: 'missing' } | { kind: 'unknown' }>

function attemptIdOf(facts: Seen): string | null {
  const named = facts.capture.customId ?? (facts.kind === 'found' ? facts.order.customId : null)
  return named !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(named) ? named : null
}

/** Pending, declined or failed: the worker finds out what that means for the attempt. */
async function wake({ db }: PaymentServices, attemptId: string | null): Promise<RecoverOutcome> {
  if (attemptId !== null) await wakeAttempt(db, attemptId)
  return { kind: 'no_money' }
}

async function finish(
  services: PaymentServices,
  attemptId: string,
  paid: FinalCapture,
  facts: Seen,
  options: RecoverOptions,
): Promise<RecoverOutcome> {
  const paypalOrderId = facts.kind === 'found' ? facts.order.paypalOrderId : facts.paypalOrderId
  return inTransaction(services.db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) throw new Error(`attempt ${attemptId} has vanished`)
    if (attempt.paypalOrderId === null) {
      if (paypalOrderId === null) throw new Undone({ kind: 'unusable', problem: 'paypal_order_gone', facts })
      await learnPayPalOrder(tx, attemptId, paypalOrderId)
    } else if (paypalOrderId !== null && attempt.paypalOrderId !== paypalOrderId) {
      throw new Undone({ kind: 'unusable', problem: 'second_payment', facts })
    }
    return finalise(services, tx, attemptId, paid, facts, options)
  })
}

async function rebuild(
  services: PaymentServices,
  paid: FinalCapture,
  facts: Seen,
  options: RecoverOptions,
): Promise<RecoverOutcome> {
  if (facts.kind !== 'found') return { kind: 'unusable', problem: 'paypal_order_gone', facts }
  const plan = await planLostAttempt(services, facts.order, paid)
  if (plan.kind === 'unusable') return { kind: 'unusable', problem: plan.problem, facts }
  const lost: LostAttempt = { ...plan, paypalOrderId: facts.order.paypalOrderId }
  return inTransaction(services.db, async (tx) => {
    const attempt = await rebuildAttempt(tx, lost)
    if (!attempt) throw new Undone({ kind: 'unusable', problem: 'second_payment', facts })
    return finalise(services, tx, attempt.id, paid, facts, options)
  })
}

async function finalise(
  services: PaymentServices,
  tx: Transaction,
  attemptId: string,
  paid: FinalCapture,
  facts: Seen,
  options: RecoverOptions,
): Promise<RecoverOutcome> {
  const done = await finaliseInTransaction(services, tx, attemptId, paid, options.judge)
  if (done === 'left') throw new Undone({ kind: 'left' })
  if (done === 'known') {
    if (await findCapture(tx, paid.paypalCaptureId)) return { kind: 'known' }
    throw new Undone({ kind: 'unusable', problem: 'second_payment', facts })
  }
  if (options.also && !(await options.also(tx, attemptId))) throw new Undone({ kind: 'left' })
  getLog().warn({ attemptId, paypalCaptureId: paid.paypalCaptureId }, 'a payment that was missing is in the books')
  return { kind: 'recovered', attemptId }
}
