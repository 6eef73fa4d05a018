import { z } from 'zod'

import { PAYMENT_MESSAGES, sayWhen } from '@/lib/domain/payment-messages'
import { orderPath } from '@/lib/orders/receipt-link'
import type { StartPaymentOutcome } from '@/lib/payments/start-payment'
import { beginPayment } from '@/lib/web/begin-payment'
import { noticeOfStart } from '@/lib/web/payment-notice'
import { readJson } from '@/lib/web/read-json'
import { isOwnForm } from '@/lib/web/own-form'
import { answerUnavailable } from '@/lib/web/unavailable'

const Body = z.object({ shownTotalMinor: z.int().min(0).optional() }).nullable()

/** Begins the payment of this browser's cart: `{ id }` is the PayPal order the button opens. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return Response.json({ kind: 'forbidden' }, { status: 403 })
  const body = await readJson(request)
  if (body.kind !== 'json') return Response.json({ kind: body.kind }, { status: body.kind === 'too_large' ? 413 : 400 })
  const parsed = Body.safeParse(body.value)
  if (!parsed.success) return Response.json({ kind: 'invalid' }, { status: 400 })
  return answerUnavailable(async () => respond(await beginPayment(parsed.data?.shownTotalMinor ?? null)))
}

function respond(outcome: StartPaymentOutcome): Response {
  if (outcome.kind === 'started') return Response.json({ id: outcome.paypalOrderId })
  const notice = noticeOfStart(outcome)
  const { title, text } = PAYMENT_MESSAGES[notice]
  const answer = { kind: outcome.kind, notice, title, message: text }
  switch (outcome.kind) {
    case 'price_changed':
      return Response.json(
        { ...answer, totalMinor: outcome.total.minor, currency: outcome.total.currency },
        { status: 409 },
      )
    case 'already_ordered':
      return Response.json(outcome.own ? { ...answer, receiptUrl: orderPath(outcome.orderNumber) } : answer, {
        status: 409,
      })
    case 'payment_in_progress': {
      const pollUrl = outcome.paypalOrderId ? `/api/paypal/orders/${outcome.paypalOrderId}` : null
      return Response.json({ ...answer, pollUrl }, { status: 409 })
    }
    case 'slow_down': {
      const { retryAfterSeconds } = outcome
      const message = `${text} ${sayWhen(retryAfterSeconds)}`
      const headers = { 'retry-after': String(retryAfterSeconds) }
      return Response.json({ ...answer, message, retryAfterSeconds }, { status: 429, headers })
    }
    case 'paypal_unavailable':
      return Response.json(answer, { status: 503, headers: { 'retry-after': '30' } })
    case 'paypal_refused':
      return Response.json(answer, { status: 402 })
    default:
      return Response.json(answer, { status: 409 })
  }
}
