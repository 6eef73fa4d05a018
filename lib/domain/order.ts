import type { Address } from './address'
import type { Money } from './money'
import type { Picture } from './catalog'
import type { AppliedDiscount } from './discount'

/** Where an order is in its life. There is no "unpaid": without the money there is no order. */
export const ORDER_STATES = [
  'created',
  'processing',
  'partly_shipped',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const
export type OrderState = (typeof ORDER_STATES)[number]

/**
 * The allowed moves; 0011 says the same in the database, and a test compares the two. A held order makes none of them,
 * and what is partly shipped is shipped when nothing is left to send, by a parcel or because the rest was refunded (0034).
 */
export const ORDER_MOVES: Readonly<Record<OrderState, readonly OrderState[]>> = {
  created: ['processing', 'partly_shipped', 'shipped', 'cancelled'],
  processing: ['created', 'partly_shipped', 'shipped', 'cancelled'],
  partly_shipped: ['shipped'],
  shipped: ['delivered', 'returned'],
  delivered: ['returned'],
  cancelled: [],
  returned: [],
}

/** So long does the link in a mail open the receipt for whoever has it; afterwards the look-up mails a new one. */
export const RECEIPT_LINK_DAYS = 30

/** Nothing more is to be sent to the buyer. */
export function isFinished(state: OrderState): boolean {
  return state === 'delivered' || state === 'cancelled' || state === 'returned'
}

/** Before anything is on its way, the address can still be put right. */
export function isUnsent(state: OrderState): boolean {
  return state === 'created' || state === 'processing'
}

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
  readonly discounts: readonly AppliedDiscount[]
  readonly discountMinor: number
  readonly deliveryMinor: number
  readonly taxMinor: number
  readonly taxIncluded: boolean
  readonly taxLabel: string | null
  readonly total: Money
  readonly paypalCaptureId: string
}
