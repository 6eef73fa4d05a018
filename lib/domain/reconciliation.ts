import { isOwnInvoice } from './invoice-id'
import type { PayPalTransaction } from './payment-gateway'
import type { RefundState } from './refund'

/** Our side of the comparison. Amounts in minor units. */
export interface Books {
  /** Those of the span, and whichever PayPal's list names. */
  readonly captures: readonly BookedCapture[]
  readonly refunds: readonly BookedRefund[]
  /** Which of the attempts that PayPal's list names have a row. */
  readonly attemptIds: ReadonlySet<string>
}

export interface BookedCapture {
  readonly paypalCaptureId: string
  readonly attemptId: string
  readonly amountMinor: number
  readonly currency: string
  /** Null while no fee has been booked, with the capture or later. */
  readonly feeMinor: number | null
  readonly recordedAt: Date
}

export interface BookedRefund {
  readonly id: string
  readonly paypalRefundId: string
  readonly paypalCaptureId: string
  readonly amountMinor: number
  readonly currency: string
  readonly state: RefundState
  readonly recordedAt: Date
}

export interface Listing {
  readonly transactions: readonly PayPalTransaction[]
  readonly from: Date
  /** What was recorded later than this need not be listed yet. */
  readonly completeUntil: Date
}

/** A difference between PayPal's list and our books. Each is looked at again at its source before anything is done. */
export type Finding =
  /** Money of ours that is in no book. `returnedMinor` of it had been taken back and has come again. */
  | {
      readonly kind: 'unknown_capture'
      readonly paypalCaptureId: string
      readonly transaction: PayPalTransaction
      readonly returnedMinor: number
    }
  /** A refund of one of our captures that is not in our books, or not yet complete there. */
  | { readonly kind: 'unknown_refund'; readonly paypalCaptureId: string; readonly transaction: PayPalTransaction }
  | { readonly kind: 'unknown_reversal'; readonly paypalCaptureId: string; readonly transaction: PayPalTransaction }
  /** Money that was taken back has come again: a chargeback that was won. */
  | { readonly kind: 'money_returned'; readonly paypalCaptureId: string; readonly transaction: PayPalTransaction }
  | { readonly kind: 'amount_differs'; readonly paypalCaptureId: string; readonly transaction: PayPalTransaction }
  | { readonly kind: 'refund_differs'; readonly refund: BookedRefund; readonly transaction: PayPalTransaction }
  | { readonly kind: 'fee_missing'; readonly paypalCaptureId: string; readonly feeMinor: number }
  | {
      readonly kind: 'fee_differs'
      readonly paypalCaptureId: string
      readonly feeMinor: number
      readonly bookedMinor: number
    }
  | { readonly kind: 'capture_not_listed'; readonly capture: BookedCapture }
  | { readonly kind: 'refund_not_listed'; readonly refund: BookedRefund }

/** Both directions: what PayPal lists and we lack, and what we have and PayPal does not list. */
export function planReconciliation(books: Books, listing: Listing, shop: { invoicePrefix: string }): Finding[] {
  const listed = onePerId(listing.transactions)
  const captures = new Map(books.captures.map((capture) => [capture.paypalCaptureId, capture]))
  const refunds = new Map(books.refunds.map((refund) => [refund.paypalRefundId, refund]))
  const isOurs = (transaction: PayPalTransaction) =>
    isOwnInvoice(shop.invoicePrefix, transaction.invoiceId) || books.attemptIds.has(transaction.customId ?? '')
  const unknown = (paypalCaptureId: string, transaction: PayPalTransaction): Finding => {
    const returnedMinor = sumReturned([...listed.values()], paypalCaptureId)
    return { kind: 'unknown_capture', paypalCaptureId, transaction, returnedMinor }
  }

  const theirs = [...listed.values()].flatMap((transaction): Finding[] => {
    if (transaction.kind === 'payment') {
      const capture = captures.get(transaction.transactionId)
      if (capture) return compareCapture(capture, transaction)
      const isMoney = transaction.isCredit && transaction.status !== 'denied'
      return isMoney && isOurs(transaction) ? [unknown(transaction.transactionId, transaction)] : []
    }
    const capture = captures.get(transaction.referenceId ?? '')
    if (capture) return compareCorrection(capture, refunds.get(transaction.transactionId), transaction)
    // The payment it corrects was lost before the span began.
    return transaction.kind !== 'other' && transaction.referenceId !== null && isOurs(transaction)
      ? [unknown(transaction.referenceId, transaction)]
      : []
  })
  return [...theirs, ...findUnlisted(books, listing, listed)]
}

/** PayPal may list an id twice, once with and once without effect on the balance: what has happened counts. */
function onePerId(transactions: readonly PayPalTransaction[]): Map<string, PayPalTransaction> {
  const found = new Map<string, PayPalTransaction>()
  const weight = { reversed: 3, completed: 2, denied: 1, pending: 0 }
  for (const transaction of transactions) {
    const other = found.get(transaction.transactionId)
    if (!other || weight[transaction.status] > weight[other.status]) found.set(transaction.transactionId, transaction)
  }
  return found
}

/** Minor units of a capture that a bank had taken and has given back. */
function sumReturned(transactions: readonly PayPalTransaction[], paypalCaptureId: string): number {
  return transactions
    .filter(
      ({ kind, status, referenceId }) =>
        kind === 'returned' && status === 'completed' && referenceId === paypalCaptureId,
    )
    .reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0)
}

function compareCapture(capture: BookedCapture, transaction: PayPalTransaction): Finding[] {
  const { paypalCaptureId, feeMinor: bookedMinor } = capture
  const { amount, feeMinor, status } = transaction
  const findings: Finding[] = []
  const agrees = amount?.minor === capture.amountMinor && amount.currency === capture.currency
  if (!agrees || status === 'denied' || status === 'pending') {
    findings.push({ kind: 'amount_differs', paypalCaptureId, transaction })
  }
  if (feeMinor !== null && bookedMinor === null && feeMinor > 0) {
    findings.push({ kind: 'fee_missing', paypalCaptureId, feeMinor })
  }
  if (feeMinor !== null && bookedMinor !== null && feeMinor !== bookedMinor) {
    findings.push({ kind: 'fee_differs', paypalCaptureId, feeMinor, bookedMinor })
  }
  return findings
}

function compareCorrection(
  { paypalCaptureId }: BookedCapture,
  refund: BookedRefund | undefined,
  transaction: PayPalTransaction,
): Finding[] {
  if (transaction.kind === 'other' || transaction.status !== 'completed') return []
  if (transaction.kind === 'returned') return [{ kind: 'money_returned', paypalCaptureId, transaction }]
  if (!refund || refund.state !== 'completed') {
    const kind = transaction.kind === 'refund' ? 'unknown_refund' : 'unknown_reversal'
    return [{ kind, paypalCaptureId, transaction }]
  }
  const agrees = transaction.amount?.minor === refund.amountMinor && transaction.amount.currency === refund.currency
  return agrees ? [] : [{ kind: 'refund_differs', refund, transaction }]
}

function findUnlisted(books: Books, listing: Listing, listed: ReadonlyMap<string, PayPalTransaction>): Finding[] {
  const isDue = ({ recordedAt }: { recordedAt: Date }) =>
    recordedAt >= listing.from && recordedAt <= listing.completeUntil
  return [
    ...books.captures
      .filter((capture) => isDue(capture) && !listed.has(capture.paypalCaptureId))
      .map((capture): Finding => ({ kind: 'capture_not_listed', capture })),
    ...books.refunds
      .filter((refund) => refund.state === 'completed' && isDue(refund) && !listed.has(refund.paypalRefundId))
      .map((refund): Finding => ({ kind: 'refund_not_listed', refund })),
  ]
}

const DAY_MS = 86_400_000
/** PayPal lists at most 31 days at once. */
const SPAN_MAX_MS = 31 * DAY_MS

/** A span in pieces that PayPal accepts, oldest first. They touch and cover it. */
export function splitSpan(from: Date, to: Date): { from: Date; to: Date }[] {
  const pieces: { from: Date; to: Date }[] = []
  for (let start = from.getTime(); start < to.getTime(); start += SPAN_MAX_MS) {
    pieces.push({ from: new Date(start), to: new Date(Math.min(start + SPAN_MAX_MS, to.getTime())) })
  }
  return pieces
}

/** Up to three hours pass before PayPal lists what has happened (Transaction Search 1.9). */
export const LISTING_LAG_MS = 3 * 3_600_000

/**
 * How far back the nightly look goes beyond the end of the last one: for entries that came late, and payments that were under
 * review when they were listed.
 */
const OVERLAP_DAYS = 7
/** The first look of a shop. */
const FIRST_DAYS = 31
/** PayPal lists the last three years. */
const HISTORY_DAYS = 3 * 365 - 2

/** The span of a nightly look: from before the end of the last one that succeeded, however long ago that was. */
export function nightlySpan(now: Date, lastEnd: Date | null): { from: Date; to: Date } {
  const days = lastEnd ? OVERLAP_DAYS : FIRST_DAYS
  const from = Math.max((lastEnd ?? now).getTime() - days * DAY_MS, now.getTime() - HISTORY_DAYS * DAY_MS)
  return { from: new Date(from), to: now }
}
