import { z } from 'zod'

import type { PayPalTransaction } from '@/lib/domain/payment-gateway'

import { Amount, toMoney } from './amount'
import { kindOf, meaningOf } from './event-codes'

const Info = z.object({
  transaction_id: z.string().min(1).max(64),
  paypal_reference_id: z.string().optional(),
  transaction_event_code: z.string(),
  transaction_initiation_date: z.string().optional(),
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

const STATUSES: Readonly<Record<string, PayPalTransaction['status']>> = {
  S: 'completed',
  P: 'pending',
  D: 'denied',
  V: 'reversed',
}

/** What cannot be read of an entry is left open, never guessed at; the entry counts all the same. */
export function toTransaction(info: z.infer<typeof Info>): PayPalTransaction {
  const amount = toMoney(info.transaction_amount)
  const fee = toMoney(info.fee_amount)
  return {
    transactionId: info.transaction_id,
    kind: kindOf(info.transaction_event_code),
    eventCode: info.transaction_event_code,
    meaning: meaningOf(info.transaction_event_code),
    status: STATUSES[info.transaction_status ?? ''] ?? 'unclear',
    amount: amount && { ...amount, minor: Math.abs(amount.minor) },
    isCredit: amount !== null && amount.minor > 0,
    feeMinor: fee && Math.abs(fee.minor),
    customId: info.custom_field ?? null,
    invoiceId: info.invoice_id ?? null,
    referenceId: info.paypal_reference_id ?? null,
    initiatedAt: readTime(info.transaction_initiation_date),
  }
}

/** PayPal also writes offsets without a colon (`+0000`), which Date does not read everywhere. */
export function readTime(text: string | undefined): Date | null {
  const time = new Date((text ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(time.getTime()) ? null : time
}
