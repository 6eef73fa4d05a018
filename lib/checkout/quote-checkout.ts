import 'server-only'

import type { Queryable } from '@/db/client'
import { listDeliveryMethods, listTaxRates } from '@/db/queries/shop'
import { readCartLines, type CartLine } from '@/lib/cart/read-cart-lines'
import type { Cart } from '@/lib/domain/cart'
import { listDeliveryChoices, type DeliveryChoice } from '@/lib/domain/delivery'
import type { AppliedDiscount, EnteredCode } from '@/lib/domain/discount'
import type { Currency } from '@/lib/domain/money'
import { priceCart, type PriceBreakdown } from '@/lib/domain/price-cart'
import { findTaxRule } from '@/lib/domain/tax'

import { findDiscounts } from './find-discounts'

/** The cart priced for a destination, and whatever stands in the way of buying it. */
export interface CheckoutQuote {
  readonly currency: Currency
  readonly lines: readonly CartLine[]
  readonly goneVariantIds: readonly number[]
  /** Lines that ask for more than is available. */
  readonly shortVariantIds: readonly number[]
  /** Null until there is an address. */
  readonly countryServed: boolean | null
  readonly choices: readonly DeliveryChoice[]
  /** The chosen method, null while none is chosen or when it can no longer carry this parcel. */
  readonly delivery: DeliveryChoice | null
  /** Null when none was entered. */
  readonly code: EnteredCode | null
  readonly breakdown: PriceBreakdown<CartLine, AppliedDiscount>
}

/** Where the parcel goes and who buys, as far as it is known. */
export interface QuoteDestination {
  readonly address: { readonly country: string; readonly region: string } | null
  readonly deliveryMethodId: number | null
  readonly email?: string | null
  readonly discountCode?: string | null | undefined
}

/** Prices, stock, delivery and tax, all read now. Cart page, checkout and payment use this and nothing else. */
export async function quoteCheckout(
  db: Queryable,
  cart: Cart,
  { address, deliveryMethodId, email = null, discountCode = null }: QuoteDestination,
): Promise<CheckoutQuote> {
  const { currency, lines, goneVariantIds } = await readCartLines(db, cart)
  const itemsMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0)
  const weightGrams = lines.reduce((sum, line) => sum + line.weightGrams * line.quantity, 0)
  const methods = address ? await listDeliveryMethods(db, address.country) : []
  const choices = listDeliveryChoices(methods, { itemsMinor, weightGrams })
  const delivery = choices.find((choice) => choice.methodId === deliveryMethodId) ?? null
  const tax = address
    ? findTaxRule(await listTaxRates(db, address.country), { country: address.country, region: address.region || null })
    : null
  const discounts = await findDiscounts(
    db,
    { cartId: cart.cartId, lines },
    { code: discountCode, email },
    { delivery, choices },
  )
  return {
    currency,
    lines,
    goneVariantIds,
    shortVariantIds: lines.filter((line) => line.quantity > line.available).map((line) => line.variantId),
    countryServed: address ? methods.length > 0 : null,
    choices,
    delivery,
    code: discounts.code,
    breakdown: priceCart({ currency, lines, discounts: discounts.applied, delivery, tax }),
  }
}
