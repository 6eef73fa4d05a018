import type { Address } from './address'
import type { Money } from './money'
import type { Picture } from './catalog'

/** Where an order is in its life. There is no "unpaid": without the money there is no order. */
export const ORDER_STATES = ['created', 'delivered'] as const
export type OrderState = (typeof ORDER_STATES)[number]

/** An item as it was bought. Later changes of the catalogue do not reach it. */
export interface OrderItemView {
  readonly productName: string
  readonly productSlug: string
  readonly sku: string
  readonly options: readonly { readonly name: string; readonly value: string }[]
  readonly unitPriceMinor: number
  readonly quantity: number
  readonly lineTotalMinor: number
  readonly picture: Picture | null
}

/** A receipt. Amounts in minor units of `total.currency`; the parts add up to the total. */
export interface OrderView {
  readonly orderNumber: string
  readonly state: OrderState
  readonly placedAt: Date
  readonly email: string
  readonly address: Address
  readonly deliveryName: string
  readonly deliveryEstimate: string
  readonly items: readonly OrderItemView[]
  readonly itemsMinor: number
  readonly discountMinor: number
  readonly deliveryMinor: number
  readonly taxMinor: number
  readonly taxIncluded: boolean
  readonly taxLabel: string | null
  readonly total: Money
  readonly paypalCaptureId: string
}
