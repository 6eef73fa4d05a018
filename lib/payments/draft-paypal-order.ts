import type { PaymentAttempt } from '@/db/queries/payment-attempts'
import type { AskedAs } from '@/lib/domain/attempt-snapshot'
import { invoiceId } from '@/lib/domain/invoice-id'
import type { PayPalOrderDraft } from '@/lib/domain/payment-gateway'

/** What PayPal is asked to collect: what was frozen and nothing read anew, so that a repeat is the same request. */
export function draftPayPalOrder(attempt: PaymentAttempt, shop: AskedAs): PayPalOrderDraft {
  const { snapshot } = attempt
  return {
    attemptId: attempt.id,
    cartId: attempt.cartId,
    invoiceId: invoiceId(shop.invoicePrefix, attempt.id),
    brandName: shop.brandName,
    currency: snapshot.currency,
    lines: snapshot.lines.map((line) => ({
      name: line.productName,
      description: line.options.map(({ name, value }) => `${name}: ${value}`).join(', '),
      sku: line.sku,
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
    })),
    itemsMinor: snapshot.itemsMinor,
    discountMinor: snapshot.discountMinor,
    deliveryMinor: snapshot.deliveryMinor,
    addedTaxMinor: snapshot.taxIncluded ? 0 : snapshot.taxMinor,
    totalMinor: snapshot.totalMinor,
    address: snapshot.address,
    returnUrl: `${shop.appUrl}/checkout/return`,
    cancelUrl: `${shop.appUrl}/checkout/cancel`,
  }
}
