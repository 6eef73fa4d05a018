import { ORDER_MOVES, type OrderState } from './order'

/** An order as whoever packs it sees it. */
export interface FulfillableOrder {
  readonly state: OrderState
  /** Something holds it: a dispute, a reversal, a person. */
  readonly isHeld: boolean
  readonly items: readonly FulfillableItem[]
}

export interface FulfillableItem {
  readonly position: number
  readonly quantity: number
  readonly shippedQuantity: number
  /** Refunded, or being refunded. */
  readonly refundedQuantity: number
  /** Of those, refunded because they came back. Others were refunded before they were sent, and are not sent any more. */
  readonly returnedQuantity: number
  /** Of those that are not sent any more, in a refund that PayPal has not carried out: should it fail, they are still to be sent. */
  readonly refundingQuantity: number
}

/** What is still to be sent of an item. Pieces that came back were sent, and do not come off a second time. */
export function leftToShip({
  quantity,
  shippedQuantity,
  refundedQuantity,
  returnedQuantity,
}: Pick<FulfillableItem, 'quantity' | 'shippedQuantity' | 'refundedQuantity' | 'returnedQuantity'>): number {
  return Math.max(0, quantity - shippedQuantity - (refundedQuantity - returnedQuantity))
}

export interface ParcelItem {
  readonly position: number
  readonly quantity: number
}

export type PlannedMove =
  | { readonly kind: 'move'; readonly to: OrderState }
  | { readonly kind: 'held' }
  /** The order's life does not lead there from where it is. */
  | { readonly kind: 'illegal'; readonly from: OrderState }

/** Whether an order may move on. */
export function planMove({ state, isHeld }: Pick<FulfillableOrder, 'state' | 'isHeld'>, to: OrderState): PlannedMove {
  if (!ORDER_MOVES[state].includes(to)) return { kind: 'illegal', from: state }
  return isHeld ? { kind: 'held' } : { kind: 'move', to }
}

export type PlannedEnd = PlannedMove | { readonly kind: 'left_to_ship' | 'refund_on_its_way' }

/**
 * Whether an order of which a part was sent is shipped with that: when the money for all the rest is back, no parcel is left to make
 * it so.
 */
export function planEnd(order: FulfillableOrder): PlannedEnd {
  if (order.state !== 'partly_shipped') return { kind: 'illegal', from: order.state }
  if (order.items.some((item) => leftToShip(item) > 0)) return { kind: 'left_to_ship' }
  if (order.items.some(({ refundingQuantity }) => refundingQuantity > 0)) return { kind: 'refund_on_its_way' }
  return planMove(order, 'shipped')
}

export type PlannedParcel =
  | { readonly kind: 'parcel'; readonly to: OrderState; readonly items: readonly ParcelItem[] }
  | { readonly kind: 'nothing_to_ship' }
  | { readonly kind: 'too_many'; readonly position: number; readonly left: number }
  | Exclude<PlannedMove, { kind: 'move' }>

/** A parcel with these pieces, or, for `'rest'`, with all that is left; and whether the order is all sent by it. */
export function planParcel(order: FulfillableOrder, wanted: readonly ParcelItem[] | 'rest'): PlannedParcel {
  const asked =
    wanted === 'rest' ? order.items.map((item) => ({ position: item.position, quantity: leftToShip(item) })) : wanted
  const items = asked.filter(({ quantity }) => quantity > 0)
  if (items.length === 0) return { kind: 'nothing_to_ship' }
  for (const { position, quantity } of items) {
    const item = order.items.find((candidate) => candidate.position === position)
    const left = item ? leftToShip(item) : 0
    if (quantity > left) return { kind: 'too_many', position, left }
  }
  const sentNow = new Map(items.map(({ position, quantity }) => [position, quantity]))
  const isWhole = order.items.every((item) => leftToShip(item) === (sentNow.get(item.position) ?? 0))
  const to = isWhole ? 'shipped' : 'partly_shipped'
  if (to === order.state) return order.isHeld ? { kind: 'held' } : { kind: 'parcel', to, items }
  const move = planMove(order, to)
  return move.kind === 'move' ? { kind: 'parcel', to, items } : move
}

/** Carriers that PayPal knows by a code, and where a parcel of theirs is followed. Any other is written out. */
export const CARRIERS = [
  { code: 'DHL', name: 'DHL', follow: 'https://www.dhl.com/en/express/tracking.html?AWB=' },
  { code: 'UPS', name: 'UPS', follow: 'https://www.ups.com/track?tracknum=' },
  { code: 'FEDEX', name: 'FedEx', follow: 'https://www.fedex.com/fedextrack/?trknbr=' },
  { code: 'USPS', name: 'USPS', follow: 'https://tools.usps.com/go/TrackConfirmAction?tLabels=' },
  { code: 'ROYAL_MAIL', name: 'Royal Mail', follow: 'https://www.royalmail.com/track-your-item#/tracking-results/' },
] as const

export interface Carrier {
  /** PayPal's code, or OTHER. */
  readonly code: string
  readonly name: string
}

/** "ups" or "UPS" is UPS; what nobody knows is a carrier of its own. */
export function findCarrier(name: string): Carrier {
  const typed = name.trim()
  const known = CARRIERS.find((carrier) =>
    [carrier.name, carrier.code].some((word) => word.toLowerCase() === typed.toLowerCase()),
  )
  return known ? { code: known.code, name: known.name } : { code: 'OTHER', name: typed }
}

/** The carrier's page for a parcel; null for a carrier without one. */
export function trackingUrl(code: string, trackingNumber: string): string | null {
  const known = CARRIERS.find((carrier) => carrier.code === code)
  return known ? known.follow + encodeURIComponent(trackingNumber) : null
}
