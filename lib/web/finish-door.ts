import 'server-only'

import { finishPayment, readPayment, type FinishOutcome } from '@/lib/payments/finish-payment'
import { getPaymentServices } from '@/lib/payments/payment-services'

import { readBuyer } from './buyer-cookie'
import { readCallerNetwork } from './caller-network'
import { respondToFinish } from './finish-outcome'
import { PayPalOrderId } from './paypal-order-id'
import { answerUnavailable } from './unavailable'

/** Finishes this browser's payment, or only looks at it, and answers over HTTP. A malformed id is as missing as a wrong one. */
export async function finishedOrNot(paypalOrderId: string, how: 'finish' | 'look'): Promise<Response> {
  if (!PayPalOrderId.safeParse(paypalOrderId).success) return Response.json({ kind: 'not_found' }, { status: 404 })
  return answerUnavailable(async () => {
    const buyer = await readBuyer()
    const network = await readCallerNetwork()
    const payment = { paypalOrderId, buyerKey: buyer?.buyerKey ?? null, network }
    const services = getPaymentServices()
    const outcome = how === 'finish' ? await finishPayment(services, payment) : await readPayment(services, payment)
    return respondToFinish(paypalOrderId, how === 'look' ? withoutGuess(outcome) : outcome)
  })
}

/**
 * A look does not ask PayPal. When the request that was to finish has died, the row still waits for an approval that PayPal may
 * have had for long, and the worker will go on with it: nobody may be told that there is none.
 */
function withoutGuess(outcome: FinishOutcome): FinishOutcome {
  return outcome.kind === 'not_approved' ? { kind: 'unknown' } : outcome
}
