import { z } from 'zod'

import { orderPath } from '@/lib/orders/receipt-link'
import { beginPayment } from '@/lib/web/begin-payment'
import { noticeOfStart } from '@/lib/web/payment-notice'
import { readFormBody, refuseBody } from '@/lib/web/read-form-body'
import { seeOther } from '@/lib/web/see-other'
import { isOwnForm } from '@/lib/web/own-form'
import { showUnavailable } from '@/lib/web/unavailable'
import { waitPath } from '@/lib/web/wait-path'

const Shown = z.coerce.number().int().min(0).optional().catch(undefined)

/** Pay without JavaScript, or without PayPal's script: begins the payment and sends the buyer to PayPal's own page. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return seeOther('/checkout?notice=forbidden')
  const body = await readFormBody(request)
  if (body.kind !== 'form') return refuseBody(body.kind)
  const shown = Shown.parse(body.form.get('shownTotalMinor') ?? undefined)
  return showUnavailable(BACK, () => pay(shown ?? null))
}

/** Pressing the button again is for the buyer to do. */
const BACK = { href: '/checkout', label: 'Back to the checkout', asksAgain: false }

async function pay(shownTotalMinor: number | null): Promise<Response> {
  const outcome = await beginPayment(shownTotalMinor)
  if (outcome.kind === 'started') return seeOther(outcome.approveUrl)
  if (outcome.kind === 'already_ordered' && outcome.own) return seeOther(orderPath(outcome.orderNumber))
  if (outcome.kind === 'payment_in_progress' && outcome.paypalOrderId) {
    return seeOther(waitPath(outcome.paypalOrderId))
  }
  if (outcome.kind === 'lines_unavailable' || outcome.kind === 'cart_empty') {
    return seeOther(`/cart?notice=${noticeOfStart(outcome)}`)
  }
  if (outcome.kind === 'details_missing') return seeOther(`/checkout?step=${outcome.step}&notice=details_missing`)
  if (outcome.kind === 'slow_down') return seeOther(`/checkout?notice=slow_down&wait=${outcome.retryAfterSeconds}`)
  return seeOther(`/checkout?notice=${noticeOfStart(outcome)}`)
}

/** Somebody reloaded: the form is on the checkout. */
export function GET() {
  return seeOther('/checkout')
}
