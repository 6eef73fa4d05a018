import { isOwnInvoice } from './invoice-id'
import type { PayPalTransaction } from './payment-gateway'
import type { RefundReason, RefundState } from './refund'

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
  readonly reason: RefundReason
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
  /** Money of ours has moved, and nothing that we have booked or could book says so. */
  | {
      readonly kind: 'unexplained'
      readonly why: Unexplained
      /** Of ours, when it names one. */
      readonly paypalCaptureId: string | null
      readonly transaction: PayPalTransaction
    }

export type Unexplained =
  /** Our books have no place for such a thing: a fee for a chargeback, a correction, whatever PayPal invents next. */
  | 'no_place'
  /** A refund that came in, a payment that went out. */
  | 'wrong_way'
  /** A refund or reversal that cost or gave back a fee besides. */
  | 'own_fee'
  /** PayPal calls it undone, and nothing that is listed or booked undoes it. */
  | 'undone'
  /** Taken or given back, but not for good yet. */
  | 'waiting'

/** Both directions: what PayPal lists and we lack, and what we have and PayPal does not list. */
export function planReconciliation(books: Books, listing: Listing, shop: { invoicePrefix: string }): Finding[] {
  const entries = onePerId(listing.transactions.filter(({ kind }) => kind !== 'no_movement'))
  const captures = new Map(books.captures.map((capture) => [capture.paypalCaptureId, capture]))
  const refunds = new Map(books.refunds.map((refund) => [refund.paypalRefundId, refund]))
  const isOurs = (transaction: PayPalTransaction) =>
    isOwnInvoice(shop.invoicePrefix, transaction.invoiceId) || books.attemptIds.has(transaction.customId ?? '')
  const listedAsOurs = new Set(
    entries.filter((each) => isIncome(each) && isOurs(each)).map((each) => each.transactionId),
  )
  const corrected = listCorrected(books, entries)
  // Ours by id: captures, refunds, and what the list itself says of refunds that are yet to be booked.
  const captureOf = new Map<string | null, string | null>([
    ...entries
      .filter((each) => isCorrection(each) && captures.has(each.referenceId ?? ''))
      .map((each) => [each.transactionId, each.referenceId] as const),
    ...books.refunds.map(({ paypalRefundId, paypalCaptureId }) => [paypalRefundId, paypalCaptureId] as const),
    ...books.captures.map(({ paypalCaptureId }) => [paypalCaptureId, paypalCaptureId] as const),
  ])
  const ownCaptureOf = ({ transactionId, referenceId }: PayPalTransaction): string | null =>
    captureOf.get(referenceId) ?? captureOf.get(transactionId) ?? null
  const unknown = (paypalCaptureId: string, transaction: PayPalTransaction): Finding => {
    const returnedMinor = sumReturned(entries, paypalCaptureId)
    return { kind: 'unknown_capture', paypalCaptureId, transaction, returnedMinor }
  }

  const theirs = entries.flatMap((transaction): Finding[] => {
    const { kind, transactionId, referenceId, status } = transaction
    // Its payment has a finding of its own, and once that is booked this is looked at again.
    const isOfLost = listedAsOurs.has(referenceId ?? '') && !captures.has(referenceId ?? '')
    const paypalCaptureId = ownCaptureOf(transaction)
    if (kind === 'payment') {
      const capture = captures.get(transactionId)
      if (capture) return compareCapture(capture, transaction, corrected)
      if (isIncome(transaction) && isOurs(transaction)) return [unknown(transactionId, transaction)]
    } else if (kind !== 'other') {
      if (paypalCaptureId) return compareCorrection(paypalCaptureId, refunds.get(transactionId), transaction)
      if (isOfLost) return []
      // The payment it corrects was lost before the span began.
      if (referenceId !== null && isOurs(transaction)) return [unknown(referenceId, transaction)]
    }
    const concernsUs = isOurs(transaction) || isOfLost || paypalCaptureId !== null
    return concernsUs && status !== 'denied' ? [unexplained('no_place', paypalCaptureId, transaction)] : []
  })
  return [...theirs, ...findUnlisted(books, listing, new Set(entries.map((each) => each.transactionId)))]
}

function isIncome({ kind, isCredit, status }: PayPalTransaction): boolean {
  return kind === 'payment' && isCredit && status !== 'denied'
}

function isCorrection({ kind }: PayPalTransaction): boolean {
  return kind === 'refund' || kind === 'reversal'
}

/** The captures of which something went back, by our books or by PayPal's list. */
function listCorrected(books: Books, entries: readonly PayPalTransaction[]): ReadonlySet<string | null> {
  return new Set([
    ...books.refunds.filter(({ state }) => state === 'completed').map(({ paypalCaptureId }) => paypalCaptureId),
    ...entries.filter(isCorrection).map(({ referenceId }) => referenceId),
  ])
}

function unexplained(why: Unexplained, paypalCaptureId: string | null, transaction: PayPalTransaction): Finding {
  return { kind: 'unexplained', why, paypalCaptureId, transaction }
}

/** PayPal may list an id twice, once with and once without effect on the balance: what has happened counts. */
function onePerId(transactions: readonly PayPalTransaction[]): PayPalTransaction[] {
  const found = new Map<string, PayPalTransaction>()
  const weight = { reversed: 4, completed: 3, unclear: 2, denied: 1, pending: 0 }
  for (const transaction of transactions) {
    const { transactionId, kind, eventCode, status } = transaction
    const key = `${transactionId} ${kind === 'other' ? eventCode : kind}`
    const other = found.get(key)
    if (!other || weight[status] > weight[other.status]) found.set(key, transaction)
  }
  return [...found.values()]
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

function compareCapture(
  capture: BookedCapture,
  transaction: PayPalTransaction,
  corrected: ReadonlySet<string | null>,
): Finding[] {
  const { paypalCaptureId, feeMinor: bookedMinor } = capture
  const { amount, feeMinor, status, isCredit } = transaction
  const findings: Finding[] = []
  if (amount !== null && !isCredit) return [unexplained('wrong_way', paypalCaptureId, transaction)]
  const agrees = amount?.minor === capture.amountMinor && amount.currency === capture.currency
  if (!agrees || status === 'denied' || status === 'pending' || status === 'unclear') {
    findings.push({ kind: 'amount_differs', paypalCaptureId, transaction })
  }
  if (status === 'reversed' && !corrected.has(paypalCaptureId)) {
    findings.push(unexplained('undone', paypalCaptureId, transaction))
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
  paypalCaptureId: string,
  refund: BookedRefund | undefined,
  transaction: PayPalTransaction,
): Finding[] {
  const { kind, status, amount, isCredit, feeMinor } = transaction
  const isBooked = refund?.state === 'completed'
  if (status === 'denied') return isBooked ? [{ kind: 'refund_differs', refund, transaction }] : []
  if (amount !== null && isCredit !== (kind === 'returned')) {
    return [unexplained('wrong_way', paypalCaptureId, transaction)]
  }
  if (status === 'reversed') {
    return refund?.state === 'failed' ? [] : [unexplained('undone', paypalCaptureId, transaction)]
  }
  if (status !== 'completed') return compareWaiting(paypalCaptureId, refund, transaction)
  const fee = feeMinor ? [unexplained('own_fee', paypalCaptureId, transaction)] : []
  if (kind === 'returned') return [{ kind: 'money_returned', paypalCaptureId, transaction }, ...fee]
  if (!isBooked) {
    const missing = kind === 'refund' ? 'unknown_refund' : 'unknown_reversal'
    return [{ kind: missing, paypalCaptureId, transaction }, ...fee]
  }
  // It was taken for a refund that the seller made at PayPal.
  if (kind === 'reversal' && refund.reason === 'paypal') {
    return [{ kind: 'unknown_reversal', paypalCaptureId, transaction }, ...fee]
  }
  const agrees = amount?.minor === refund.amountMinor && amount.currency === refund.currency
  return agrees ? fee : [{ kind: 'refund_differs', refund, transaction }, ...fee]
}

/** On its way, as our row of it may be. PayPal can be asked for a refund; of a reversal its list is all there is. */
function compareWaiting(
  paypalCaptureId: string,
  refund: BookedRefund | undefined,
  transaction: PayPalTransaction,
): Finding[] {
  if (refund?.state === 'completed') return [{ kind: 'refund_differs', refund, transaction }]
  if (refund && refund.state !== 'failed') return []
  return transaction.kind === 'refund'
    ? [{ kind: 'unknown_refund', paypalCaptureId, transaction }]
    : [unexplained('waiting', paypalCaptureId, transaction)]
}

function findUnlisted(books: Books, listing: Listing, listed: ReadonlySet<string>): Finding[] {
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
