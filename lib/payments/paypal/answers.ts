import { z } from 'zod'

import { isCurrency, parseDecimalString, type Money } from '@/lib/domain/money'
import type { PayPalCapture, PayPalOrder } from '@/lib/domain/payment-gateway'

/** Only what is read, and everything that is read: an answer of another shape is unknown, never guessed at. */
const Amount = z.object({ currency_code: z.string(), value: z.string() })

const Capture = z.object({
  id: z.string().min(1).max(64),
  status: z.enum(['COMPLETED', 'DECLINED', 'PARTIALLY_REFUNDED', 'PENDING', 'REFUNDED', 'FAILED']),
  amount: Amount.optional(),
  custom_id: z.string().optional(),
  status_details: z.object({ reason: z.string().optional() }).optional(),
  seller_receivable_breakdown: z.object({ paypal_fee: Amount.optional() }).optional(),
})

const Link = z.object({ href: z.string(), rel: z.string() })

export const OrderAnswer = z.object({
  id: z.string().regex(/^[A-Z0-9]{1,36}$/),
  status: z.enum(['CREATED', 'SAVED', 'APPROVED', 'VOIDED', 'COMPLETED', 'PAYER_ACTION_REQUIRED']),
  links: z.array(Link).default([]),
  purchase_units: z
    .array(
      z.object({
        custom_id: z.string().optional(),
        amount: Amount.optional(),
        payee: z.object({ merchant_id: z.string().optional() }).optional(),
        payments: z.object({ captures: z.array(Capture).optional() }).optional(),
      }),
    )
    .default([]),
})

export const RefundAnswer = z.object({
  id: z.string().min(1).max(64),
  status: z.enum(['CANCELLED', 'FAILED', 'PENDING', 'COMPLETED']),
})

const ErrorAnswer = z.object({
  name: z.string().optional(),
  debug_id: z.string().optional(),
  details: z.array(z.object({ issue: z.string().optional() })).optional(),
})

/** The first issue code of an error envelope, else its name; null when it is no envelope. */
export function readIssue(body: unknown): string | null {
  const parsed = ErrorAnswer.safeParse(body)
  if (!parsed.success) return null
  return parsed.data.details?.[0]?.issue ?? parsed.data.name ?? null
}

export function toPayPalOrder(answer: z.infer<typeof OrderAnswer>): PayPalOrder {
  const unit = answer.purchase_units[0]
  return {
    paypalOrderId: answer.id,
    status: answer.status,
    customId: unit?.custom_id ?? null,
    amount: toMoney(unit?.amount),
    payeeMerchantId: unit?.payee?.merchant_id ?? null,
    approveUrl: findApproveUrl(answer),
    captures: (unit?.payments?.captures ?? []).map(toCapture),
  }
}

/** With `payment_source` PayPal calls the link `payer-action`, without it `approve`. */
function findApproveUrl(answer: z.infer<typeof OrderAnswer>): string | null {
  return answer.links.find((link) => link.rel === 'payer-action' || link.rel === 'approve')?.href ?? null
}

function toCapture(capture: z.infer<typeof Capture>): PayPalCapture {
  return {
    paypalCaptureId: capture.id,
    status: capture.status,
    amount: toMoney(capture.amount),
    feeMinor: toMoney(capture.seller_receivable_breakdown?.paypal_fee)?.minor ?? null,
    customId: capture.custom_id ?? null,
    reason: capture.status_details?.reason ?? null,
  }
}

function toMoney(amount: z.infer<typeof Amount> | undefined): Money | null {
  if (!amount || !isCurrency(amount.currency_code)) return null
  return parseDecimalString(amount.value, amount.currency_code)
}
