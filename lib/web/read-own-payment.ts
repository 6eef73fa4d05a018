import 'server-only'

import { readPayment, type FinishOutcome } from '@/lib/payments/finish-payment'
import { getPaymentServices } from '@/lib/payments/payment-services'

import { readBuyer } from './buyer-cookie'
import { PayPalOrderId } from './paypal-order-id'

/** How this browser's payment stands; another's is not found. */
export async function readOwnPayment(token: unknown): Promise<FinishOutcome> {
  const id = PayPalOrderId.safeParse(token)
  const buyer = await readBuyer()
  if (!id.success) return { kind: 'not_found' }
  return readPayment(getPaymentServices(), { paypalOrderId: id.data, buyerKey: buyer?.buyerKey ?? null })
}
