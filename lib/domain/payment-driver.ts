import { HOLDING_STATES, type AttemptState, type CloseReason, type OrderPlan } from './payment'

/**
 * Who may move an attempt on. Several drivers can be at the same attempt: tabs, the return URL, workers, one of them late by
 * minutes. What each has read is old by the time it writes, so each writes only what is still allowed then.
 */
export interface DrivenAttempt {
  readonly state: AttemptState
  /** How many captures of it had a definite no. */
  readonly captureSeq: number
}

/** K2's answer counts in these states only: nobody waits for it any more in the others. */
export const RECORDS_PAYPAL_ORDER_IN: readonly AttemptState[] = ['creating']

/** K5: the states in which the fence may be passed. */
export const FENCED_FROM: readonly AttemptState[] = ['created']

/** What a worker looks at: whatever is not over, and what was closed, as long as it is watched. */
export const SWEPT_STATES: readonly AttemptState[] = [...HOLDING_STATES, 'closed', 'refunding']

/** Where a hint from PayPal has the worker look at once: there is a PayPal order, and its money is not in our books. */
export const WOKEN_STATES: readonly AttemptState[] = ['created', 'capturing', 'pending', 'closed']

/** What the buyer's wish to finish comes to. `take_over` only when the former driver is overdue. */
export function planFinish(state: AttemptState): 'drive' | 'take_over' | 'read' {
  if (state === 'created') return 'drive'
  return state === 'capturing' ? 'take_over' : 'read'
}

/** What a worker does with an attempt that is due. */
export type SweepPlan =
  | 'create_paypal_order'
  | 'drive'
  | 'drive_then_expire'
  | 'expire'
  | 'drive_then_watch'
  | 'return_rest'
  | 'nothing'

/**
 * A buyer who has pressed "Pay Now" at PayPal and closed the browser has bought: the worker goes on in their place.
 * After a decline it does not, because another try would be without anybody's asking, unless PayPal has told that the buyer
 * approved anew.
 */
export function planSweep({ state, captureSeq }: DrivenAttempt, approvedAnew = false): SweepPlan {
  switch (state) {
    case 'creating':
      return 'create_paypal_order'
    case 'created':
      return captureSeq === 0 || approvedAnew ? 'drive_then_expire' : 'expire'
    case 'capturing':
    case 'pending':
      return 'drive'
    case 'closed':
      return 'drive_then_watch'
    case 'refunding':
      return 'return_rest'
    case 'completed':
    case 'refunded':
    case 'review':
      return 'nothing'
  }
}

/**
 * Whether the end of a hold counts after a worker's drive of an attempt that nobody was finishing: only when that has shown that
 * no money is moving. What has advanced is for its new state to say, and a decline gives the buyer the rest of the hold.
 */
export function endsHoldAfter(drive: DriveKind): boolean {
  return drive === 'not_approved' || drive === 'unknown'
}

/** How a drive of an attempt ended. `advanced`: its row says what became of it. */
export type DriveKind = 'advanced' | 'not_approved' | 'declined' | 'unknown'

/**
 * Whether an approval came after the last decline. Only the time tells: PayPal does not say whether a declined order shows as
 * approved until the buyer approves it again. The two times are of two clocks; a buyer takes longer than those differ.
 */
export function isApprovedAnew(declinedAt: Date | null, approvedAt: Date | null): boolean {
  return approvedAt !== null && (declinedAt === null || approvedAt > declinedAt)
}

/** Whether a PayPal order that shows as ready may be captured, by the state that was read before looking at it. */
export function planCaptureCall(state: AttemptState): 'fence' | 'send' | 'leave' {
  if (FENCED_FROM.includes(state)) return 'fence'
  return state === 'capturing' ? 'send' : 'leave'
}

/** After so many tries, half an hour in all, no answer is older than what it answers. */
const STALE_TRIES = 5

/**
 * The look after PayPal has told that the order was captured by an earlier call. One that still shows an approved order, or none,
 * is older than that capture: ask again later. When it was another payment of the same invoice, as after a loss of data under an
 * old prefix, this order stays as it is for good.
 */
export function planSecondLook(
  seen: OrderPlan,
  { isPaidElsewhere, tries }: { readonly isPaidElsewhere: boolean; readonly tries: number },
): Exclude<OrderPlan, { step: 'capture' }> {
  if (seen.step !== 'capture') return seen
  return isPaidElsewhere && tries >= STALE_TRIES
    ? { step: 'close', reason: 'paypal_refused' }
    : { step: 'ask_again', cause: 'captured elsewhere' }
}

/** Money may be moving: neither an edit of the cart nor another payment may end the attempt. */
export function isPaymentUnderWay(state: AttemptState): boolean {
  return state === 'capturing' || state === 'pending'
}

/** K7', retryable: a definite no to the capture that was under way when the attempt was `read`, unless a newer one has begun. */
export function mayReopen(current: DrivenAttempt, read: DrivenAttempt): boolean {
  return read.state === 'capturing' && current.state === 'capturing' && current.captureSeq === read.captureSeq
}

/** A capture that PayPal has not decided on keeps its stock, if that is still held. */
export function mayAwaitCapture(state: AttemptState): boolean {
  return state === 'created' || isPaymentUnderWay(state)
}

/** A capture that fails at once is a decline at the desk; one that PayPal has reviewed fails while nobody is there. */
export function closeReasonOf(state: AttemptState, reason: CloseReason): CloseReason {
  return state === 'pending' && reason === 'capture_failed' ? 'capture_denied' : reason
}

/** Who ends an attempt without money, and in which states it may. */
export const CLOSED_FROM = {
  /** PayPal would not create an order, or nobody has waited for it. */
  creation: ['creating'],
  /** The hold is over. */
  expiry: ['created'],
  /** A definite and final no from PayPal. */
  answer: ['created', 'capturing', 'pending'],
} as const satisfies Readonly<Record<string, readonly AttemptState[]>>
export type Closer = keyof typeof CLOSED_FROM

/**
 * K7', final. PayPal's answer counts only for the attempt as it was `read` before PayPal was asked: one that has begun to capture
 * since, or whose capture PayPal has taken up for review, has a newer answer to come.
 */
export function mayClose(current: DrivenAttempt, by: Closer, read?: DrivenAttempt): boolean {
  const from: readonly AttemptState[] = CLOSED_FROM[by]
  const isAsRead = read === undefined || (read.state === current.state && read.captureSeq === current.captureSeq)
  return from.includes(current.state) && isAsRead
}
