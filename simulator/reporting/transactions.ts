import { BUYER } from '../buyer'
import { toPayPalTime } from '../clock'
import { fromMinor, toMinor } from '../money'
import type { CaptureRecord, RefundCause, RefundRecord } from '../records'
import type { State } from '../state'
import type { ForeignPayment } from './foreign-payment'

/** One line of the account's statement. Amounts are signed from the seller's side. */
export type Transaction = {
  id: string
  /** The capture that a refund or reversal belongs to. */
  referenceId: string | null
  eventCode: string
  /** S successful, P pending, D denied, V reversed. */
  status: 'S' | 'P' | 'D' | 'V'
  amountMinor: number
  feeMinor: number
  currency: string
  customId: string | null
  invoiceId: string | null
  payerEmail: string | null
  initiatedAt: number
  updatedAt: number
}

/** PayPal's transaction event codes: express checkout payment, refund by the seller, chargeback, reversal by PayPal. */
const CAPTURE_CODE = 'T0006'
/** A chargeback that was reversed. */
const RETURN_CODE = 'T1202'
const CODES: Record<RefundCause, string> = { shop: 'T1107', site: 'T1107', reversal: 'T1201', dispute: 'T1106' }

/** Everything that ever moved or tried to, oldest first. */
export function listTransactions(state: State): Transaction[] {
  const captures = state.allCaptures().flatMap((capture) => {
    const refunds = state.refundsOf(capture.id)
    return [
      fromCapture(capture, refunds),
      ...refunds.map((refund) => fromRefund(refund)),
      ...refunds.flatMap(fromReturn),
    ]
  })
  const all = [...captures, ...state.foreignPayments().map((payment) => fromForeign(payment))]
  // Two movements can be of one millisecond: they are listed as they happened.
  const seq = seqOf(state)
  return all.toSorted((a, b) => a.initiatedAt - b.initiatedAt || seq(a) - seq(b))
}

/** Where a refund, reversal or return stands in the ledger; 0 for all else. */
function seqOf(state: State): (transaction: Transaction) => number {
  const places = new Map(
    state.ledger
      .entries()
      .map(({ seq, kind, refundId }) => [`${refundId} ${kind === 'reversal_returned'}`, seq] as const),
  )
  const returned = new Map(
    state
      .allCaptures()
      .flatMap((capture) =>
        state
          .refundsOf(capture.id)
          .flatMap((refund) => (refund.returned ? [[refund.returned.id, refund.id] as const] : [])),
      ),
  )
  return ({ id }) => places.get(`${returned.get(id) ?? id} ${returned.has(id)}`) ?? 0
}

function fromCapture(capture: CaptureRecord, refunds: readonly RefundRecord[]): Transaction {
  const isReversed =
    capture.status === 'REFUNDED' && refunds.some(({ cause }) => cause === 'reversal' || cause === 'dispute')
  const holdsMoney = capture.status !== 'PENDING' && capture.status !== 'DECLINED'
  const held = isReversed ? 'V' : 'S'
  const waiting = capture.status === 'PENDING' ? 'P' : 'D'
  return {
    id: capture.id,
    referenceId: null,
    eventCode: CAPTURE_CODE,
    status: holdsMoney ? held : waiting,
    amountMinor: toMinor(capture.amount),
    feeMinor: holdsMoney ? -capture.feeMinor : 0,
    currency: capture.amount.currency_code,
    customId: capture.customId,
    invoiceId: capture.invoiceId,
    payerEmail: BUYER.email,
    initiatedAt: capture.createdAt,
    updatedAt: capture.updatedAt,
  }
}

function fromRefund(refund: RefundRecord): Transaction {
  return {
    id: refund.id,
    referenceId: refund.captureId,
    eventCode: CODES[refund.cause ?? 'shop'],
    status: ({ COMPLETED: 'S', PENDING: 'P', FAILED: 'D' } as const)[refund.status],
    amountMinor: -toMinor(refund.amount),
    feeMinor: 0,
    currency: refund.amount.currency_code,
    customId: refund.customId,
    invoiceId: refund.invoiceId,
    payerEmail: BUYER.email,
    initiatedAt: refund.createdAt,
    updatedAt: refund.updatedAt ?? refund.createdAt,
  }
}

function fromReturn(refund: RefundRecord): Transaction[] {
  const { returned } = refund
  if (returned === undefined) return []
  const { id, at } = returned
  const amountMinor = toMinor(refund.amount)
  return [{ ...fromRefund(refund), id, eventCode: RETURN_CODE, amountMinor, initiatedAt: at, updatedAt: at }]
}

function fromForeign(payment: ForeignPayment): Transaction {
  return {
    id: payment.id,
    referenceId: payment.referenceId ?? null,
    eventCode: payment.eventCode,
    status: 'S',
    amountMinor: toMinor(payment.amount),
    feeMinor: -payment.feeMinor,
    currency: payment.amount.currency_code,
    customId: payment.customId,
    invoiceId: payment.invoiceId,
    payerEmail: payment.payerEmail,
    initiatedAt: payment.createdAt,
    updatedAt: payment.createdAt,
  }
}

type Json = Record<string, unknown>

/** As the search answers it; `withPayer` when the caller asked for more than `transaction_info`. */
export function transactionDetail(transaction: Transaction, merchantId: string, withPayer: boolean): Json {
  const { currency, referenceId, feeMinor, payerEmail } = transaction
  return {
    transaction_info: {
      paypal_account_id: payerEmail === BUYER.email ? BUYER.payerId : merchantId,
      transaction_id: transaction.id,
      ...(referenceId === null ? {} : { paypal_reference_id: referenceId, paypal_reference_id_type: 'TXN' }),
      transaction_event_code: transaction.eventCode,
      transaction_initiation_date: toPayPalTime(transaction.initiatedAt),
      transaction_updated_date: toPayPalTime(transaction.updatedAt),
      transaction_amount: fromMinor(transaction.amountMinor, currency),
      ...(feeMinor === 0 ? {} : { fee_amount: fromMinor(feeMinor, currency) }),
      transaction_status: transaction.status,
      ...(transaction.invoiceId === null ? {} : { invoice_id: transaction.invoiceId }),
      ...(transaction.customId === null ? {} : { custom_field: transaction.customId }),
      protection_eligibility: '01',
    },
    ...(withPayer && payerEmail !== null ? { payer_info: { email_address: payerEmail, payer_status: 'Y' } } : {}),
  }
}
