import type { Address } from './address'
import type { Picture } from './catalog'
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
  readonly discountMinor: number
  readonly deliveryMinor: number
  readonly taxMinor: number
  readonly taxIncluded: boolean
  readonly taxLabel: string | null
  readonly totalMinor: number
}
