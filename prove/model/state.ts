import type { AttemptState } from '@/lib/domain/payment'
import type { RefundReason, RefundState } from '@/lib/domain/refund'

/** A row of `payment_attempts`, as far as the protocol turns on it. */
export interface Attempt {
  state: AttemptState | 'none'
  captureSeq: number
  /** The highest sequence number that has passed the fence; -1 for none. */
  fencedSeq: number
  /** Its lease is over, so that a worker may take it. */
  isDue: boolean
  /** The quarter of an hour for which stock is held has passed. */
  isHoldOver: boolean
  /** The row names its PayPal order. */
  isKnown: boolean
  /** There is a row in `payment_captures`, of so many minor units; 0 for none. */
  capturedMinor: number
  isDeclined: boolean
  /** The row names a capture that PayPal had not decided on. */
  isReviewed: boolean
}

/** PayPal's side of an attempt. */
export interface PayPalSide {
  order: 'none' | 'CREATED' | 'APPROVED' | 'COMPLETED' | 'gone'
  capture: 'none' | 'PENDING' | 'COMPLETED' | 'DECLINED'
  /** Under which request key the capture was made. */
  captureKey: string
  /** Keys under which PayPal has said a retryable no, which it repeats. */
  declinedKeys: string
  /** The lowest sequence number that PayPal has not said a definite no to. */
  noUpTo: number
  /** The buyer has approved: never, before the last decline that the shop knows of, after it. */
  approval: 0 | 1 | 2
  amountMinor: number
}

/** A refund as PayPal keeps it. */
export interface PayPalSideRefund {
  readonly of: number
  readonly amountMinor: number
  /** Our row that it carries; empty for one made at PayPal's site. */
  readonly customId: string
  readonly key: string
  status: 'PENDING' | 'COMPLETED' | 'FAILED'
}

/** A row of `refunds`. */
export interface RefundRow {
  readonly id: string
  readonly of: number
  amountMinor: number
  /** What the tries before this one were for. */
  readonly earlierMinor: number[]
  readonly reason: RefundReason
  readonly restocks: boolean
  state: RefundState
  /** Index of PayPal's; -1 while unknown. */
  atPayPal: number
  /** Counted up to 2: what follows is the same. */
  tries: number
  isDue: boolean
}

/** Where somebody stands who moves money on. */
export type Place =
  | 'idle'
  | 'create'
  | 'record'
  | 'look'
  | 'look_again'
  | 'look_at_capture'
  | 'apply'
  | 'send'
  | 'wait'
  | 'expire'
  | 'refund_call'
  | 'refund_look'
  | 'refund_look_up'
  | 'refund_ask'
  | 'refund_apply'

/** A request in the shop's process, or a worker. Everything in it is gone when it dies. */
export interface Driver {
  place: Place
  /** The attempt, or the refund, it is at. */
  at: number
  /** What it has read of it, which may be old. */
  readState: AttemptState | RefundState | ''
  readSeq: number
  readReviewed: boolean
  /** What it is going to do: the number of a remembered plan. */
  plan: number
  endsHold: boolean
}

/** A capture call on its way. `from` is the driver that waits for the answer; -1 for nobody. */
export interface Call {
  readonly at: number
  readonly seq: number
  from: number
}

/** How much of what may go wrong is left. */
export interface Budget {
  crashes: number
  repeats: number
  declines: number
  reviews: number
  tampering: number
  siteRefunds: number
  deskRefunds: number
  slowRefunds: number
  /** Refunds under way that come to nothing. */
  failedRefunds: number
  /** How often the desk has a refund sent again that failed. */
  retries: number
  forgetting: number
  rivals: number
  expiries: number
  /** PayPal takes a buyer's approval back. */
  withdrawals: number
}

export interface State {
  attempts: Attempt[]
  paypal: PayPalSide[]
  refunds: RefundRow[]
  paypalRefunds: PayPalSideRefund[]
  drivers: Driver[]
  calls: Call[]
  /** Attempts with an order. The protocol allows one. */
  orders: number[]
  onHand: number
  held: number
  sold: number
  /** PayPal no longer knows the keys of refunds. */
  keysForgotten: boolean
  left: Budget
}

/** What is in a model and how much may go wrong in it. */
export interface Scene {
  readonly name: string
  readonly attempts: number
  readonly tabs: number
  readonly workers: number
  readonly stock: number
  /** Webhooks are brought, in any order and any number of times; never is always possible. */
  readonly webhooks: boolean
  readonly left: Partial<Budget>
  /** Begins in the middle: the first payment was given up after PayPal's no, and a call for it is still on its way. */
  readonly isCallUnderWay?: boolean
}

export const TOTAL_MINOR = 2
const NOTHING_LEFT: Budget = {
  crashes: 0,
  repeats: 0,
  declines: 0,
  reviews: 0,
  tampering: 0,
  siteRefunds: 0,
  deskRefunds: 0,
  slowRefunds: 0,
  failedRefunds: 0,
  retries: 0,
  forgetting: 0,
  rivals: 0,
  expiries: 0,
  withdrawals: 0,
}
export const IDLE: Readonly<Driver> = {
  place: 'idle',
  at: 0,
  readState: '',
  readSeq: 0,
  readReviewed: false,
  plan: -1,
  endsHold: false,
}

export function firstState(scene: Scene): State {
  const many = <T>(count: number, make: () => T) => Array.from({ length: count }, make)
  const state: State = {
    attempts: many(scene.attempts, () => ({
      state: 'none' as const,
      captureSeq: 0,
      fencedSeq: -1,
      isDue: false,
      isHoldOver: false,
      isKnown: false,
      capturedMinor: 0,
      isDeclined: false,
      isReviewed: false,
    })),
    paypal: many(scene.attempts, () => ({
      order: 'none' as const,
      capture: 'none' as const,
      captureKey: '',
      declinedKeys: '',
      noUpTo: 0,
      approval: 0 as const,
      amountMinor: TOTAL_MINOR,
    })),
    refunds: [],
    paypalRefunds: [],
    drivers: many(scene.tabs + scene.workers, () => ({ ...IDLE })),
    calls: [],
    orders: [],
    onHand: scene.stock,
    held: 0,
    sold: 0,
    keysForgotten: false,
    left: { ...NOTHING_LEFT, ...scene.left },
  }
  const [attempt, side] = [state.attempts[0], state.paypal[0]]
  if (!scene.isCallUnderWay || !attempt || !side) return state
  Object.assign(attempt, { state: 'closed', captureSeq: 1, fencedSeq: 0, isKnown: true })
  Object.assign(side, { order: 'CREATED', noUpTo: 1, approval: 1 })
  state.calls.push({ at: 0, seq: 0, from: -1 })
  return state
}

export function copyState(state: State): State {
  return {
    attempts: state.attempts.map((one) => ({ ...one })),
    paypal: state.paypal.map((one) => ({ ...one })),
    refunds: state.refunds.map((one) => ({ ...one })),
    paypalRefunds: state.paypalRefunds.map((one) => ({ ...one })),
    drivers: state.drivers.map((one) => ({ ...one })),
    calls: state.calls.map((one) => ({ ...one })),
    orders: [...state.orders],
    onHand: state.onHand,
    held: state.held,
    sold: state.sold,
    keysForgotten: state.keysForgotten,
    left: { ...state.left },
  }
}

const bit = (flag: boolean) => (flag ? '1' : '0')

/** The same text for the same state, and only for it. */
export function keyOf(state: State): string {
  let key = `${state.onHand},${state.held},${state.sold}${bit(state.keysForgotten)}${state.orders.join('.')}`
  for (const a of state.attempts) {
    key += `|${a.state},${a.captureSeq},${a.fencedSeq},${bit(a.isDue)}${bit(a.isHoldOver)}${bit(a.isKnown)}${bit(a.isDeclined)}${bit(a.isReviewed)}${a.capturedMinor}`
  }
  for (const p of state.paypal) {
    key += `|${p.order},${p.capture},${p.captureKey},${p.declinedKeys},${p.noUpTo}${p.approval}${p.amountMinor}`
  }
  for (const r of state.refunds) {
    key += `|r${r.id},${r.of}${r.amountMinor}${r.earlierMinor.join('+')}${r.reason}${bit(r.restocks)}${r.state},${r.atPayPal},${r.tries}${bit(r.isDue)}`
  }
  for (const r of state.paypalRefunds) key += `|p${r.of}${r.amountMinor}${r.customId},${r.key},${r.status}`
  for (const d of state.drivers) {
    key +=
      d.place === 'idle'
        ? '|-'
        : `|${d.place},${d.at}${d.readState},${d.readSeq},${d.plan}${bit(d.endsHold)}${bit(d.readReviewed)}`
  }
  // Calls on their way have no order.
  key += `|${state.calls
    .map(({ at, seq, from }) => `${at}.${seq}.${from}`)
    .toSorted()
    .join()}|`
  for (const name in state.left) key += state.left[name as keyof Budget]
  return key
}
