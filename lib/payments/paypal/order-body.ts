import type { PayPalOrderDraft } from '@/lib/domain/payment-gateway'
import { toDecimalString } from '@/lib/domain/money'

/** PayPal's limit for item names, descriptions, SKUs, custom and invoice ids (paypal.md 4.6, Orders 2.13). */
const TEXT_MAX = 127

/**
 * The body of `POST /v2/checkout/orders`. Tax goes into the breakdown only: per-item tax would have to be rounded per
 * unit and then no longer adds up. `processing_instruction` is never sent: nothing is captured unless we ask.
 */
export function toOrderBody(draft: PayPalOrderDraft) {
  const amount = (minor: number) => ({
    currency_code: draft.currency,
    value: toDecimalString({ minor, currency: draft.currency }),
  })
  return {
    intent: 'CAPTURE',
    purchase_units: [
      {
        reference_id: draft.cartId,
        custom_id: draft.attemptId,
        invoice_id: draft.invoiceId,
        description: clip(`${draft.brandName} order`),
        amount: {
          ...amount(draft.totalMinor),
          breakdown: {
            item_total: amount(draft.itemsMinor),
            shipping: amount(draft.deliveryMinor),
            ...(draft.addedTaxMinor > 0 ? { tax_total: amount(draft.addedTaxMinor) } : {}),
            ...(draft.discountMinor > 0 ? { discount: amount(draft.discountMinor) } : {}),
          },
        },
        items: draft.lines.map((line) => ({
          name: clip(line.name),
          ...(line.description === '' ? {} : { description: clip(line.description) }),
          sku: clip(line.sku),
          quantity: String(line.quantity),
          unit_amount: amount(line.unitPriceMinor),
          category: 'PHYSICAL_GOODS',
        })),
        shipping: toShipping(draft.address),
      },
    ],
    payment_source: {
      paypal: {
        experience_context: {
          brand_name: clip(draft.brandName),
          locale: 'en-US',
          shipping_preference: 'SET_PROVIDED_ADDRESS',
          user_action: 'PAY_NOW',
          payment_method_preference: 'IMMEDIATE_PAYMENT_REQUIRED',
          return_url: draft.returnUrl,
          cancel_url: draft.cancelUrl,
        },
      },
    },
  }
}

function toShipping(address: PayPalOrderDraft['address']) {
  return {
    name: { full_name: address.name },
    address: {
      address_line_1: address.line1,
      ...(address.line2 === '' ? {} : { address_line_2: address.line2 }),
      admin_area_2: address.city,
      ...(address.region === '' ? {} : { admin_area_1: address.region }),
      postal_code: address.postalCode,
      country_code: address.country,
    },
  }
}

/** Cuts before a character outside the basic plane rather than through it: half of one is not valid text. */
function clip(text: string): string {
  if (text.length <= TEXT_MAX) return text
  return `${text.slice(0, TEXT_MAX - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
