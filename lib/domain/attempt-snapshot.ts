import type { Address } from './address'
import type { Picture } from './catalog'
import type { AppliedDiscount } from './discount'
import type { Currency } from './money'

/** A line as the buyer saw it when the payment began. */
export interface SnapshotLine {
  readonly variantId: number
  readonly productName: string
  readonly productSlug: string
  readonly sku: string
  readonly options: readonly { readonly name: string; readonly value: string }[]
  readonly picture: Picture | null
  readonly unitPriceMinor: number
  readonly quantity: number
  readonly lineTotalMinor: number
}

/**
 * What is being paid, frozen when the payment begins. From here on nothing is read from the catalogue, the cart or a
 * session: any process can finish the order with this alone. Amounts in minor units of `currency`.
 */
export interface AttemptSnapshot {
  readonly version: 1
  readonly currency: Currency
  readonly email: string
  readonly address: Address
  readonly delivery: { readonly methodId: number; readonly name: string; readonly estimate: string }
  readonly lines: readonly SnapshotLine[]
  readonly itemsMinor: number
  /** Missing where the payment was begun before there were any, or was rebuilt from what PayPal shows. */
  readonly discounts?: readonly AppliedDiscount[]
  readonly discountMinor: number
  readonly deliveryMinor: number
  readonly taxMinor: number
  readonly taxIncluded: boolean
  readonly taxLabel: string | null
  readonly totalMinor: number
}

/**
 * What PayPal is told about the shop itself in the call that makes the order. Frozen with the attempt: whoever renames the shop or
 * moves it to another address meanwhile must not change the body that a request key stands for.
 */
export interface AskedAs {
  readonly brandName: string
  readonly appUrl: string
  readonly invoicePrefix: string
}

/** In place of the buyer's address once they are forgotten; the database writes it (0008). No mail goes there. */
export const ERASED_EMAIL = 'erased@erased.invalid'

/** A payment of which nothing has come is kept for so long with the buyer's name and address. */
export const ABANDONED_DAYS = 30
