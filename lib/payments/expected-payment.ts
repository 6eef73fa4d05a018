import type { PaymentAttempt } from '@/db/queries/payment-attempts'
import { isCurrency } from '@/lib/domain/money'
import type { ExpectedPayment } from '@/lib/domain/payment'

/** What PayPal must show for an attempt: exactly its amount, its id and our account. */
export function expectedPayment(shop: { merchantId: string }, attempt: PaymentAttempt): ExpectedPayment {
  const { id, amountMinor, currency } = attempt
  if (!isCurrency(currency)) throw new Error(`attempt ${id} is in an unknown currency`)
  return { attemptId: id, amount: { minor: amountMinor, currency }, merchantId: shop.merchantId }
}
