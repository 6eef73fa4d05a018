import { z } from 'zod'

import type { PayPalDispute } from '@/lib/domain/payment-gateway'

import { Amount, toMoney } from './amount'

const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

/** What is read of `GET /v1/customer/disputes/{id}` (Disputes 1.x). */
export const DisputeAnswer = z.object({
  dispute_id: z.string().min(1).max(255),
  create_time: Time,
  update_time: Time.optional(),
  disputed_transactions: z
    .array(z.object({ seller_transaction_id: z.string().max(255).optional(), invoice_number: z.string().optional() }))
    .default([]),
  reason: z.string().max(255).default('OTHER'),
  status: z.string().max(255),
  dispute_life_cycle_stage: z.string().max(255).optional(),
  dispute_amount: Amount.optional(),
  dispute_outcome: z.object({ outcome_code: z.string().max(255).optional() }).optional(),
  seller_response_due_date: Time.optional(),
})

export function toDispute(answer: z.infer<typeof DisputeAnswer>): PayPalDispute {
  const transactions = answer.disputed_transactions.flatMap(({ seller_transaction_id, invoice_number }) =>
    seller_transaction_id ? [{ paypalCaptureId: seller_transaction_id, invoiceId: invoice_number ?? null }] : [],
  )
  return {
    disputeId: answer.dispute_id,
    transactions,
    reason: answer.reason,
    status: answer.status,
    stage: answer.dispute_life_cycle_stage ?? null,
    outcome: answer.dispute_outcome?.outcome_code ?? null,
    amount: toMoney(answer.dispute_amount),
    sellerResponseDueAt: answer.seller_response_due_date ?? null,
    openedAt: answer.create_time,
    updatedAt: answer.update_time ?? answer.create_time,
  }
}
