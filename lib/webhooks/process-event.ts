import 'server-only'

import { claimHintedAttempt, type HintedAttempt } from '@/db/queries/attempt-hints'
import { findCapture } from '@/db/queries/captures'
import { raiseIncident } from '@/db/queries/payment-incidents'
import type { WebhookEvent } from '@/db/queries/webhook-events'
import { recordDispute } from '@/lib/disputes/record-dispute'
import { isApprovedAnew } from '@/lib/domain/payment-driver'
import { planWebhook, type WebhookPlan } from '@/lib/domain/webhook'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { recoverOwnCapture } from '@/lib/payments/recover-own-capture'
import { sweepAttempt } from '@/lib/payments/sweep-payments'

import { lookAtRefund } from './look-at-refund'

/** `done` with what came of it, for the log; `again` when PayPal gave no answer, or somebody is at it. */
export type Processed =
  | { readonly kind: 'done'; readonly note: string | null }
  | { readonly kind: 'again'; readonly cause: string }

/**
 * Does what follows from an event: asks PayPal about whatever it names and lets that answer decide. Safe to repeat, in any
 * order, from several workers. An event about what is not ours is done.
 */
export async function processEvent(services: PaymentServices, event: WebhookEvent): Promise<Processed> {
  const plan = planWebhook(event)
  switch (plan.kind) {
    case 'look_at_order':
      return lookAtOrder(services, plan.paypalOrderId, plan.approvedAt)
    case 'look_at_capture':
      return lookAtCaptureOf(services, plan)
    case 'look_at_refund':
      return lookAtRefund(services, plan)
    case 'look_at_dispute':
      return lookAtDispute({ services, event }, plan.disputeId)
    case 'nothing':
      return { kind: 'done', note: 'nothing to do' }
  }
}

async function lookAtOrder(
  services: PaymentServices,
  paypalOrderId: string,
  approvedAt: Date | null,
): Promise<Processed> {
  const hinted = await claimHintedAttempt(services.db, paypalOrderId)
  if (hinted.kind === 'none') return { kind: 'done', note: 'not ours' }
  return hinted.kind === 'settled' ? { kind: 'done', note: null } : look(services, hinted, approvedAt)
}

async function look(
  services: PaymentServices,
  hinted: Extract<HintedAttempt, { kind: 'claimed' | 'busy' }>,
  approvedAt: Date | null,
): Promise<Processed> {
  if (hinted.kind === 'busy') return { kind: 'again', cause: 'somebody is at it' }
  const { attempt } = hinted
  const outcome = await sweepAttempt(services, attempt, isApprovedAnew(attempt.declinedAt, approvedAt))
  return outcome?.kind === 'unknown' ? { kind: 'again', cause: 'no answer' } : { kind: 'done', note: null }
}

/**
 * Through its attempt, as everything goes. What that has not brought into the books is asked for by itself: money whose row is lost,
 * that its PayPal order no longer shows, or that is not ours.
 */
async function lookAtCaptureOf(
  services: PaymentServices,
  { paypalCaptureId, paypalOrderId }: Extract<WebhookPlan, { kind: 'look_at_capture' }>,
): Promise<Processed> {
  if (await findCapture(services.db, paypalCaptureId)) return { kind: 'done', note: null }
  const hinted = paypalOrderId === null ? null : await claimHintedAttempt(services.db, paypalOrderId)
  if (hinted?.kind === 'claimed' || hinted?.kind === 'busy') {
    const looked = await look(services, hinted, null)
    if (looked.kind === 'again' || (await findCapture(services.db, paypalCaptureId))) return looked
  }
  return toProcessed(await recoverOwnCapture(services, paypalCaptureId))
}

function toProcessed(outcome: 'in_the_books' | 'no_money' | 'not_ours' | 'reported' | 'unknown'): Processed {
  if (outcome === 'unknown') return { kind: 'again', cause: 'no answer' }
  return { kind: 'done', note: outcome === 'in_the_books' ? null : outcome.replaceAll('_', ' ') }
}

/** A dispute that PayPal tells of before it shows it is asked for again; one that it never shows is for a person. */
const DISPUTE_SHOWN_WITHIN_MS = 30 * 60_000

async function lookAtDispute(
  { services, event }: { services: PaymentServices; event: WebhookEvent },
  disputeId: string,
): Promise<Processed> {
  const outcome = await recordDispute(services, disputeId)
  if (outcome === 'unknown') return { kind: 'again', cause: 'no answer' }
  if (outcome === 'missing') {
    if (Date.now() - event.receivedAt.getTime() < DISPUTE_SHOWN_WITHIN_MS) return { kind: 'again', cause: 'not shown' }
    await raiseIncident(services.db, {
      kind: 'dispute_unmatched',
      subject: disputeId,
      paypalCaptureId: event.paypalCaptureId,
      details: { toldBy: event.eventType },
    })
    return { kind: 'done', note: 'reported' }
  }
  return { kind: 'done', note: outcome === 'recorded' ? null : outcome.replaceAll('_', ' ') }
}
