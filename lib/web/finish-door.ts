import 'server-only'

import { finishPayment, readPayment } from '@/lib/payments/finish-payment'
import { getPaymentServices } from '@/lib/payments/payment-services'

import { readBuyer } from './buyer-cookie'
import { respondToFinish } from './finish-outcome'
import { PayPalOrderId } from './paypal-order-id'
import { answerUnavailable } from './unavailable'

/** Finishes this browser's payment, or only looks at it, and answers over HTTP. A malformed id is as missing as a wrong one. */
export async function finishedOrNot(paypalOrderId: string, how: 'finish' | 'look'): Promise<Response> {
  if (!PayPalOrderId.safeParse(paypalOrderId).success) return Response.json({ kind: 'not_found' }, { status: 404 })
  const buyer = await readBuyer()
  return answerUnavailable(async () => {
    const payment = { paypalOrderId, buyerKey: buyer?.buyerKey ?? null }
    const act = how === 'finish' ? finishPayment : readPayment
    return respondToFinish(paypalOrderId, await act(getPaymentServices(), payment))
  })
}
