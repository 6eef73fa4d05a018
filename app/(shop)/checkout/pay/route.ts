import { z } from 'zod'

import { receiptPath } from '@/lib/orders/receipt-link'
import { beginPayment } from '@/lib/web/begin-payment'
import { noticeOfStart } from '@/lib/web/payment-notice'
import { seeOther } from '@/lib/web/see-other'
import { isSameOrigin } from '@/lib/web/same-origin'

const Shown = z.coerce.number().int().min(0).optional().catch(undefined)

/** Pay without JavaScript, or without PayPal's script: begins the payment and sends the buyer to PayPal's own page. */
export async function POST(request: Request) {
  if (!(await isSameOrigin())) return seeOther('/checkout?notice=forbidden')
  const form = await request.formData().catch(() => null)
  const shown = Shown.parse(form?.get('shownTotalMinor') ?? undefined)
  const outcome = await beginPayment(shown ?? null)
  if (outcome.kind === 'started') return seeOther(outcome.approveUrl)
  if (outcome.kind === 'already_ordered' && outcome.own) return seeOther(receiptPath(outcome.orderNumber))
  if (outcome.kind === 'payment_in_progress' && outcome.paypalOrderId) {
    return seeOther(`/checkout/wait?token=${outcome.paypalOrderId}`)
  }
  if (outcome.kind === 'lines_unavailable' || outcome.kind === 'cart_empty') {
    return seeOther(`/cart?notice=${noticeOfStart(outcome)}`)
  }
  if (outcome.kind === 'details_missing') return seeOther(`/checkout?step=${outcome.step}&notice=details_missing`)
  return seeOther(`/checkout?notice=${noticeOfStart(outcome)}`)
}

/** Somebody reloaded: the form is on the checkout. */
export function GET() {
  return seeOther('/checkout')
}
