import { z } from 'zod'

import type { PayPalTransaction } from '@/lib/domain/payment-gateway'

import { Amount, toMoney } from './amount'

const Info = z.object({
  transaction_id: z.string().min(1).max(64),
  paypal_reference_id: z.string().optional(),
  transaction_event_code: z.string(),
  transaction_initiation_date: z.string(),
  transaction_status: z.string().optional(),
  transaction_amount: Amount.optional(),
  fee_amount: Amount.optional(),
  invoice_id: z.string().optional(),
  custom_field: z.string().optional(),
})

/** One page of `GET /v1/reporting/transactions` (Transaction Search 1.9). */
export const TransactionsAnswer = z.object({
  transaction_details: z.array(z.object({ transaction_info: Info })).default([]),
  last_refreshed_datetime: z.string().optional(),
  total_pages: z.number().int().min(0).default(1),
})

/**
 * What PayPal's event codes are to us. Source:
 * developer.paypal.com/docs/reports/reference/tcodes: T00nn are payments, T11nn and T12nn corrections of earlier ones.
 */
const CORRECTIONS: Readonly<Record<string, PayPalTransaction['kind']>> = {
  T1107: 'refund',
  // A payment reversed by PayPal, and a chargeback by the buyer's bank.
  T1106: 'reversal',
  T1201: 'reversal',
  // A chargeback that was reversed, reimbursed or cancelled: the money is back.
  T1202: 'returned',
  T1205: 'returned',
  T1208: 'returned',
}

const STATUSES: Readonly<Record<string, PayPalTransaction['status']>> = {
  S: 'completed',
  P: 'pending',
  D: 'denied',
  V: 'reversed',
}

/** Null for an entry that cannot be read: it is not guessed at. */
export function toTransaction(info: z.infer<typeof Info>): PayPalTransaction | null {
  const amount = toMoney(info.transaction_amount)
  const status = STATUSES[info.transaction_status ?? '']
  const initiatedAt = readTime(info.transaction_initiation_date)
  if (!status || !initiatedAt) return null
  const fee = toMoney(info.fee_amount)
  return {
    transactionId: info.transaction_id,
    kind: info.transaction_event_code.startsWith('T00')
      ? 'payment'
      : (CORRECTIONS[info.transaction_event_code] ?? 'other'),
    status,
    amount: amount && { ...amount, minor: Math.abs(amount.minor) },
    isCredit: amount !== null && amount.minor > 0,
    feeMinor: fee && Math.abs(fee.minor),
    customId: info.custom_field ?? null,
    invoiceId: info.invoice_id ?? null,
    referenceId: info.paypal_reference_id ?? null,
    initiatedAt,
  }
}

/** PayPal also writes offsets without a colon (`+0000`), which Date does not read everywhere. */
export function readTime(text: string | undefined): Date | null {
  const time = new Date((text ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(time.getTime()) ? null : time
}
