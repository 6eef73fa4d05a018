import type { Money } from './money'
import type { AttemptState } from './payment'
import type { PayPalCapture, PayPalRefund, PayPalRefundStatus, RefundOutcome } from './payment-gateway'

/** Why money goes back without a person deciding so: the capture could not become an order. */
export const AUTOMATIC_REFUND_REASONS = ['late_capture', 'mismatch', 'unfulfillable', 'gone_at_paypal'] as const
export type AutomaticRefundReason = (typeof AUTOMATIC_REFUND_REASONS)[number]

/**
 * All reasons. `merchant`: decided here, by staff, or for the rest of money that became no order. `paypal`: made on PayPal's own site. `reversal`: taken back by PayPal or
 * the buyer's bank.
 */
export const REFUND_REASONS = [...AUTOMATIC_REFUND_REASONS, 'merchant', 'paypal', 'reversal'] as const
export type RefundReason = (typeof REFUND_REASONS)[number]
/** Of what we have not asked for. */
export type ForeignReason = Extract<RefundReason, 'paypal' | 'reversal'>

/** `pending`: written, PayPal may or may not know. `sent`: PayPal has accepted it and the money is under way. */
export const REFUND_STATES = ['pending', 'sent', 'completed', 'failed'] as const
export type RefundState = (typeof REFUND_STATES)[number]

/** The allowed moves. A refund that PayPal refused may be sent again, and one that failed there may yet turn out complete. */
export const REFUND_MOVES: Readonly<Record<RefundState, readonly RefundState[]>> = {
  pending: ['sent', 'completed', 'failed'],
  sent: ['completed', 'failed'],
  completed: [],
  failed: ['pending', 'completed'],
}

/** A refund as PayPal is asked for it. Once PayPal has said no, the next try is another request. */
export interface SentRefund {
  readonly id: string
  /** How often it has been taken up again after a definite no. */
  readonly sendSeq: number
}

/** What a refund is called at PayPal, as its `custom_id`: its id, and from the second time on which try it is. */
export function refundReference({ id, sendSeq }: SentRefund): string {
  return sendSeq === 0 ? id : `${id}.${sendSeq}`
}

function readReference(customId: string): SentRefund {
  const [id = '', sendSeq = '0'] = customId.split('.')
  return { id, sendSeq: Number(sendSeq) }
}

/** Whether it is for whatever is left rather than for an amount: when less is left, it sends that. */
export function sendsRest({ reason, isRest }: Pick<KnownRefund, 'reason' | 'isRest'>): boolean {
  return isAutomatic(reason) || isRest === true
}

export function isForeign(reason: RefundReason): reason is ForeignReason {
  return reason === 'paypal' || reason === 'reversal'
}

export function isAutomatic(reason: RefundReason): reason is AutomaticRefundReason {
  return (AUTOMATIC_REFUND_REASONS as readonly RefundReason[]).includes(reason)
}

/** Why a refund failed that was never sent: others were quicker at PayPal's site. PayPal itself has not refused it. */
export const REFUNDED_AT_PAYPAL = 'REFUNDED_AT_PAYPAL'

/** What follows from PayPal's answer to a refund call. */
export type RefundPlan =
  | { readonly step: 'record'; readonly paypalRefundId: string; readonly state: RefundState }
  /** PayPal says that nothing is left: perhaps our own earlier call, or somebody at PayPal's site, was first. */
  | { readonly step: 'look_up'; readonly issue: string }
  | { readonly step: 'fail'; readonly issue: string }
  /** A definite no that passes: under this key PayPal would repeat it, so the next try is another request. */
  | { readonly step: 'try_later'; readonly issue: string }
  | { readonly step: 'ask_again'; readonly cause: string }

/** Issues by which PayPal tells that money has gone back already. */
const ALREADY_BACK: readonly string[] = ['CAPTURE_FULLY_REFUNDED', 'REFUND_AMOUNT_EXCEEDED']

export function planFromRefund(outcome: RefundOutcome): RefundPlan {
  switch (outcome.kind) {
    case 'refunded':
      return { step: 'record', paypalRefundId: outcome.paypalRefundId, state: 'completed' }
    case 'pending':
      return { step: 'record', paypalRefundId: outcome.paypalRefundId, state: 'sent' }
    case 'refused':
      return { step: ALREADY_BACK.includes(outcome.issue) ? 'look_up' : 'fail', issue: outcome.issue }
    case 'not_yet':
      return { step: 'try_later', issue: outcome.issue }
    case 'unknown':
      return { step: 'ask_again', cause: outcome.cause }
  }
}

/** Minor units of a capture that have gone back, or are under way, by what its PayPal order shows. */
export function goneMinor(refunds: readonly PayPalRefund[], paypalCaptureId: string): number {
  const gone = refunds.filter((refund) => {
    const isOfIt = refund.paypalCaptureId === null || refund.paypalCaptureId === paypalCaptureId
    return isOfIt && (refund.status === 'COMPLETED' || refund.status === 'PENDING')
  })
  return gone.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0)
}

/** Our word for PayPal's. */
export function refundStateOf(status: PayPalRefundStatus): RefundState {
  switch (status) {
    case 'COMPLETED':
      return 'completed'
    case 'PENDING':
      return 'sent'
    case 'FAILED':
    case 'CANCELLED':
      return 'failed'
  }
}

/** What is compared of a refund of ours. */
export interface KnownRefund extends SentRefund {
  readonly paypalRefundId: string | null
  readonly amountMinor: number
  readonly state: RefundState
  readonly reason: RefundReason
  /** For all that was left of an order, or of money that became none. */
  readonly isRest?: boolean
  /** Of what a bank took: how much has come again. */
  readonly returnedMinor?: number
  readonly lastIssue?: string | null
}

/**
 * Which of our refunds a refund at PayPal is: the one with its id, else the one whose name it carries. Null: it is new to us.
 * Never one for as much: it may be what a bank took, and what may come again must be known for what it was.
 */
export function matchRefund<Known extends KnownRefund>(
  known: readonly Known[],
  seen: Pick<PayPalRefund, 'paypalRefundId' | 'customId'>,
): Known | null {
  const named = readReference(seen.customId ?? '')
  return (
    known.find((refund) => refund.paypalRefundId === seen.paypalRefundId) ??
    known.find((refund) => refund.paypalRefundId === null && refund.id === named.id) ??
    null
  )
}

/** A refund of ours that gives way. `keepsMinor` is what it still sends back; 0: nothing, it fails. */
export interface DisplacedRefund<Known> {
  readonly refund: Known
  readonly keepsMinor: number
}

/**
 * PayPal gives back no more than was captured. So when a refund that it shows leaves no room for one of ours that it has not
 * shown yet, ours was not carried out and cannot be any more: one for an amount fails, one for the rest sends back what is left.
 * @returns the refunds that give way, and the minor units that are then refunded or under way.
 */
function planRoom<Known extends KnownRefund>(
  counted: readonly Known[],
  capturedMinor: number,
  neededMinor: number,
): { readonly displaced: readonly DisplacedRefund<Known>[]; readonly spentMinor: number } {
  let spentMinor = sumTaken(counted)
  const displaced: DisplacedRefund<Known>[] = []
  for (const refund of counted.toReversed()) {
    if (spentMinor + neededMinor <= capturedMinor || refund.paypalRefundId !== null) continue
    spentMinor -= refund.amountMinor
    const leftMinor = Math.max(capturedMinor - spentMinor - neededMinor, 0)
    const keepsMinor = sendsRest(refund) ? leftMinor : 0
    displaced.push({ refund, keepsMinor })
    spentMinor += keepsMinor
  }
  return { displaced, spentMinor }
}

/** What a refund that PayPal shows changes in our books. The `displaced` give way before that. */
export type RecordPlan<Known> =
  | {
      readonly step: 'settle'
      readonly refund: Known
      readonly state: RefundState
      readonly displaced: readonly DisplacedRefund<Known>[]
    }
  | { readonly step: 'add'; readonly state: RefundState; readonly displaced: readonly DisplacedRefund<Known>[] }
  /** More than was captured: somebody must look. */
  | {
      readonly step: 'unmatched'
      readonly displaced: readonly DisplacedRefund<Known>[]
      readonly spentMinor: number
    }
  /** It was complete, and PayPal says now that it failed: somebody must look. */
  | { readonly step: 'contradicted'; readonly refund: Known }
  | { readonly step: 'nothing' }

/**
 * `known` are all refunds of the capture. One that failed here takes no room, so if PayPal carried it out after all it needs
 * room like one that is new to us; while it is only under way there, it is waited for. What a bank takes back is no refund: it
 * takes its room beside them, and is as much as was captured at most.
 */
export function planRecord<Known extends KnownRefund>(
  known: readonly Known[],
  capturedMinor: number,
  seen: Pick<PayPalRefund, 'paypalRefundId' | 'customId' | 'status'> & { readonly amount: Money },
  foreignReason: ForeignReason = 'paypal',
): RecordPlan<Known> {
  const refund = matchRefund(known, seen)
  const state = refundStateOf(seen.status)
  if (refund?.state === 'completed') return planCompleted(refund, state)
  if (refund && refund.state !== 'failed') {
    // The end of an earlier try says nothing of this one.
    const isEarlier = readReference(seen.customId ?? '').sendSeq < refund.sendSeq && refund.paypalRefundId === null
    return isEarlier && state === 'failed' ? { step: 'nothing' } : { step: 'settle', refund, state, displaced: [] }
  }
  if (state === 'failed' || (refund && state === 'sent')) return { step: 'nothing' }
  const isReversal = (refund?.reason ?? foreignReason) === 'reversal'
  const counted = known.filter((other) => takenMinor(other) > 0 && (other.reason === 'reversal') === isReversal)
  const { displaced, spentMinor } = planRoom(counted, capturedMinor, seen.amount.minor)
  if (spentMinor + seen.amount.minor > capturedMinor) return { step: 'unmatched', displaced, spentMinor }
  return refund ? { step: 'settle', refund, state, displaced } : { step: 'add', state, displaced }
}

function planCompleted<Known extends KnownRefund>(refund: Known, state: RefundState): RecordPlan<Known> {
  return state === 'failed' ? { step: 'contradicted', refund } : { step: 'nothing' }
}

/** Minor units that it has taken away, or may take. */
function takenMinor({ state, amountMinor, returnedMinor }: KnownRefund): number {
  return state === 'failed' ? 0 : amountMinor - (returnedMinor ?? 0)
}

function sumTaken(refunds: readonly KnownRefund[]): number {
  return refunds.reduce((sum, refund) => sum + takenMinor(refund), 0)
}

/** Minor units of a capture that have neither gone back nor are on their way. */
export function leftOf(known: readonly KnownRefund[], capturedMinor: number): number {
  return Math.max(capturedMinor - sumTaken(known), 0)
}

/**
 * What a refund that failed sends when it is taken up again, in minor units: one for the rest what is left, another the same as
 * before. 0: there is no room for it.
 */
export function planRetry(refund: KnownRefund, known: readonly KnownRefund[], capturedMinor: number): number {
  const others = known.filter((other) => other.id !== refund.id)
  const leftMinor = leftOf(others, capturedMinor)
  if (sendsRest(refund)) return Math.min(refund.amountMinor, leftMinor)
  return refund.amountMinor <= leftMinor ? refund.amountMinor : 0
}

/**
 * What a sender does with a refund that it has leased. Its id is the request key, so a repeat is the same refund for the 45 days
 * that PayPal keeps keys; from the second try on PayPal's list is looked at before, which holds for longer.
 */
export function planSend({
  state,
  tries,
  sendSeq,
}: {
  state: RefundState
  /** Of this request. */
  tries: number
  sendSeq: number
}): 'ask' | 'look_first' | 'call' | 'done' {
  if (state === 'sent') return 'ask'
  if (state !== 'pending') return 'done'
  return tries > 1 || sendSeq > 0 ? 'look_first' : 'call'
}

/** Days that a request key surely still protects a refund that was asked for before: PayPal keeps it for 45. */
const KEY_DAYS = 40

/**
 * Whether a refund may be sent when PayPal shows the capture but no list of its refunds. One of which nothing has gone back has not
 * been refunded by us either; of another, only the key keeps a repeat from being a second refund, and after that a person looks.
 */
export function planUnseen(
  capture: Pick<PayPalCapture, 'status'>,
  { tries, createdAt }: { readonly tries: number; readonly createdAt: Date },
  now: Date,
): 'call' | 'give_up' {
  const isNewKey = tries <= 1
  if (capture.status === 'COMPLETED' || isNewKey) return 'call'
  return now.getTime() - createdAt.getTime() < KEY_DAYS * 86_400_000 ? 'call' : 'give_up'
}

/**
 * Where the end of a refund brings the attempt of a capture that became no order; null when nothing changes by it. It is over
 * once all has gone back, and needs a person when the refund that was to see to it has failed before that.
 */
export function attemptAfterRefund(
  attempt: AttemptState,
  refund: Pick<KnownRefund, 'state' | 'reason' | 'isRest' | 'lastIssue'> & { readonly isAllBack: boolean },
): 'refunded' | 'review' | null {
  if (attempt !== 'refunding' && attempt !== 'review') return null
  if (refund.isAllBack) return 'refunded'
  return sendsRest(refund) && isRefused(refund) && attempt === 'refunding' ? 'review' : null
}

/** PayPal itself has said no, rather than that others were quicker. */
export function isRefused({ state, lastIssue }: Pick<KnownRefund, 'state' | 'lastIssue'>): boolean {
  return state === 'failed' && lastIssue !== REFUNDED_AT_PAYPAL
}

/** What an automatic refund of a capture sends back. Of one that is all gone, the refund stands for the one that PayPal made. */
export function automaticRefundMinor(capturedMinor: number, backMinor: number): number {
  return capturedMinor > backMinor ? capturedMinor - backMinor : capturedMinor
}
