import { z } from 'zod'

import type { PayPalCapture, PayPalOrder, PayPalRefund } from '@/lib/domain/payment-gateway'

import { Amount, toMoney } from './amount'
import { ContentsOfUnit, Payer, toContents } from './order-contents'

/** Only what is read, and everything that is read: an answer of another shape is unknown, never guessed at. */

const Link = z.object({ href: z.string(), rel: z.string() })

export const RefundAnswer = z.object({
  id: z.string().min(1).max(64),
  status: z.enum(['CANCELLED', 'FAILED', 'PENDING', 'COMPLETED']),
  amount: Amount.optional(),
  custom_id: z.string().optional(),
  links: z.array(Link).default([]),
})

const Capture = z.object({
  id: z.string().min(1).max(64),
  status: z.enum(['COMPLETED', 'DECLINED', 'PARTIALLY_REFUNDED', 'PENDING', 'REFUNDED', 'FAILED']),
  amount: Amount.optional(),
  custom_id: z.string().optional(),
  status_details: z.object({ reason: z.string().optional() }).optional(),
  seller_receivable_breakdown: z.object({ paypal_fee: Amount.optional() }).optional(),
})

/** A capture by itself also tells, mostly, which PayPal order it belongs to. */
export const CaptureAnswer = Capture.extend({
  supplementary_data: z.object({ related_ids: z.object({ order_id: z.string().optional() }).optional() }).optional(),
  links: z.array(Link).default([]),
})

export const OrderAnswer = z.object({
  id: z.string().regex(/^[A-Z0-9]{1,36}$/),
  status: z.enum(['CREATED', 'SAVED', 'APPROVED', 'VOIDED', 'COMPLETED', 'PAYER_ACTION_REQUIRED']),
  links: z.array(Link).default([]),
  purchase_units: z
    .array(
      ContentsOfUnit.extend({
        custom_id: z.string().optional(),
        payee: z.object({ merchant_id: z.string().optional() }).optional(),
        payments: z
          .object({ captures: z.array(Capture).optional(), refunds: z.array(RefundAnswer).optional() })
          .optional(),
      }),
    )
    .default([]),
  payer: Payer,
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
    refunds: (unit?.payments?.refunds ?? []).map(toRefund),
    contents: unit ? toContents(unit, answer.payer) : null,
  }
}

/** With `payment_source` PayPal calls the link `payer-action`, without it `approve`. */
function findApproveUrl(answer: z.infer<typeof OrderAnswer>): string | null {
  return answer.links.find((link) => link.rel === 'payer-action' || link.rel === 'approve')?.href ?? null
}

/** `supplementary_data` is missing in older answers; the link `up` then leads to the order. */
export function readOrderId(answer: z.infer<typeof CaptureAnswer>): string | null {
  const named = answer.supplementary_data?.related_ids?.order_id
  return named ?? lastSegment(answer.links.find(({ rel, href }) => rel === 'up' && href.includes('/orders/'))?.href)
}

export function toRefund(refund: z.infer<typeof RefundAnswer>): PayPalRefund {
  const up = refund.links.find(({ rel, href }) => rel === 'up' && href.includes('/captures/'))
  return {
    paypalRefundId: refund.id,
    status: refund.status,
    amount: toMoney(refund.amount),
    customId: refund.custom_id ?? null,
    paypalCaptureId: lastSegment(up?.href),
  }
}

function lastSegment(href: string | undefined): string | null {
  return href?.split('?')[0]?.split('/').at(-1) || null
}

export function toCapture(capture: z.infer<typeof Capture>): PayPalCapture {
  return {
    paypalCaptureId: capture.id,
    status: capture.status,
    amount: toMoney(capture.amount),
    feeMinor: toMoney(capture.seller_receivable_breakdown?.paypal_fee)?.minor ?? null,
    customId: capture.custom_id ?? null,
    reason: capture.status_details?.reason ?? null,
  }
}
