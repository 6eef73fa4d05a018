import type { Currency } from './money'
import type { RefundReason } from './refund'
import { isAutomatic } from './refund'

/**
 * The books. `paypal_balance` is what PayPal holds for us; `buyers_owed` is money that could not become an order and must go
 * back; `reversals` is what PayPal or a bank took back. A debit is positive, a credit negative.
 */
export const ACCOUNTS = [
  'paypal_balance',
  'sales',
  'sales_tax',
  'delivery',
  'refunds',
  'reversals',
  'paypal_fees',
  'buyers_owed',
] as const
export type Account = (typeof ACCOUNTS)[number]

export const JOURNAL_KINDS = ['capture', 'fee', 'refund', 'reversal', 'reversal_returned'] as const
export type JournalKind = (typeof JOURNAL_KINDS)[number]

/** Minor units of `currency`. */
export interface Posting {
  readonly account: Account
  readonly amountMinor: number
  readonly currency: Currency
}

/** An entry: its postings add up to zero, and no other is made from the same `kind` and `ref`. */
export interface JournalEntry {
  readonly kind: JournalKind
  /** PayPal's id of the movement. */
  readonly ref: string
  readonly postings: readonly Posting[]
}

/** What an order's money was for, minor units. Contained tax is part of `itemsMinor` and `deliveryMinor`. */
export interface OrderParts {
  readonly totalMinor: number
  readonly deliveryMinor: number
  readonly taxMinor: number
}

/** Money that PayPal holds. With `parts` it paid for an order; without, it is owed back to the buyer. */
export function bookCapture(capture: {
  readonly paypalCaptureId: string
  readonly grossMinor: number
  /** Null while PayPal has not told; booked later with `bookFee`. */
  readonly feeMinor: number | null
  readonly currency: Currency
  readonly parts: OrderParts | null
}): JournalEntry {
  const { paypalCaptureId, grossMinor, feeMinor, currency, parts } = capture
  const fee = feeMinor ?? 0
  const credits: [Account, number][] = parts
    ? [
        ['sales', -(grossMinor - parts.deliveryMinor - parts.taxMinor)],
        ['delivery', -parts.deliveryMinor],
        ['sales_tax', -parts.taxMinor],
      ]
    : [['buyers_owed', -grossMinor]]
  return entry('capture', paypalCaptureId, currency, [
    ['paypal_balance', grossMinor - fee],
    ['paypal_fees', fee],
    ...credits,
  ])
}

/** A fee that PayPal told of after the capture was booked. */
export function bookFee(paypalCaptureId: string, feeMinor: number, currency: Currency): JournalEntry {
  return entry('fee', paypalCaptureId, currency, [
    ['paypal_fees', feeMinor],
    ['paypal_balance', -feeMinor],
  ])
}

/** Money that went back. PayPal keeps the fee of the capture. */
export function bookRefund(refund: {
  readonly paypalRefundId: string
  readonly amountMinor: number
  readonly currency: Currency
  readonly reason: RefundReason
}): JournalEntry {
  const { paypalRefundId, amountMinor, currency, reason } = refund
  const account = isAutomatic(reason) ? 'buyers_owed' : reason === 'reversal' ? 'reversals' : 'refunds'
  return entry(reason === 'reversal' ? 'reversal' : 'refund', paypalRefundId, currency, [
    [account, amountMinor],
    ['paypal_balance', -amountMinor],
  ])
}

/** A movement that was booked as a refund and is what a bank took. */
export function bookAsReversal(movement: {
  readonly paypalRefundId: string
  readonly amountMinor: number
  readonly currency: Currency
}): JournalEntry {
  const { paypalRefundId, amountMinor, currency } = movement
  return entry('reversal', paypalRefundId, currency, [
    ['reversals', amountMinor],
    ['refunds', -amountMinor],
  ])
}

/** A chargeback that was won: what a bank took back has come again, or part of it. */
export function bookReturn(movement: {
  readonly transactionId: string
  readonly amountMinor: number
  readonly currency: Currency
}): JournalEntry {
  const { transactionId, amountMinor, currency } = movement
  return entry('reversal_returned', transactionId, currency, [
    ['paypal_balance', amountMinor],
    ['reversals', -amountMinor],
  ])
}

function entry(kind: JournalKind, ref: string, currency: Currency, lines: readonly [Account, number][]): JournalEntry {
  const postings = lines
    .filter(([, amountMinor]) => amountMinor !== 0)
    .map(([account, amountMinor]): Posting => ({ account, amountMinor, currency }))
  const sum = postings.reduce((total, { amountMinor }) => total + amountMinor, 0)
  if (sum !== 0) throw new Error(`journal entry ${kind} ${ref} is out of balance by ${sum}`)
  return { kind, ref, postings }
}
