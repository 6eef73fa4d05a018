/** An order as a refund sees it: minor units, and how often each item has gone back. */
export interface RefundableOrder {
  readonly totalMinor: number
  readonly deliveryMinor: number
  /** Refunded or being refunded. */
  readonly refundedMinor: number
  /** How much of that is the delivery charge. */
  readonly refundedDeliveryMinor: number
  readonly items: readonly {
    readonly position: number
    readonly quantity: number
    readonly refundedQuantity: number
    readonly lineTotalMinor: number
  }[]
}

/** What staff ask for. `lines` may come with the delivery charge; `amount` is for goodwill and touches no item. */
export type RefundRequest =
  | { readonly kind: 'rest'; readonly restock: boolean }
  | { readonly kind: 'amount'; readonly amountMinor: number }
  | {
      readonly kind: 'lines'
      readonly lines: readonly { readonly position: number; readonly quantity: number; readonly restock: boolean }[]
      readonly withDelivery: boolean
      /** Taken off, for what came back damaged or used. */
      readonly lessMinor?: number
    }

export interface PlannedRefundItem {
  readonly position: number
  readonly quantity: number
  readonly amountMinor: number
  readonly restock: boolean
}

export type PlannedRefund =
  | {
      readonly kind: 'planned'
      readonly amountMinor: number
      /** How much of it is the delivery charge. */
      readonly deliveryMinor: number
      readonly items: readonly PlannedRefundItem[]
    }
  | { readonly kind: 'nothing_left' }
  | { readonly kind: 'too_much'; readonly leftMinor: number }
  /** What is taken off leaves nothing to give. */
  | { readonly kind: 'too_little' }
  /** A discount has left nothing to pay for these pieces. */
  | { readonly kind: 'nothing_paid' }
  /** The delivery charge has gone back already. */
  | { readonly kind: 'delivery_gone' }
  | { readonly kind: 'too_many'; readonly position: number; readonly leftQuantity: number }

/** How much goes back for a request. Never more than is left; refunding items one by one adds up to exactly their share. */
export function planRefund(order: RefundableOrder, request: RefundRequest): PlannedRefund {
  const leftMinor = order.totalMinor - order.refundedMinor
  if (leftMinor <= 0) return { kind: 'nothing_left' }
  if (request.kind === 'amount') {
    return request.amountMinor > leftMinor
      ? { kind: 'too_much', leftMinor }
      : { kind: 'planned', amountMinor: request.amountMinor, deliveryMinor: 0, items: [] }
  }
  const wanted = request.kind === 'rest' ? allThatIsLeft(order, request.restock) : request.lines
  const items: PlannedRefundItem[] = []
  for (const { position, quantity, restock } of wanted) {
    const item = order.items.find((candidate) => candidate.position === position)
    const leftQuantity = item ? item.quantity - item.refundedQuantity : 0
    if (!item || quantity > leftQuantity) return { kind: 'too_many', position, leftQuantity }
    items.push({ position, quantity, restock, amountMinor: shareOf(order, item, quantity) })
  }
  const itemsMinor = items.reduce((sum, item) => sum + item.amountMinor, 0)
  const deliveryMinor = order.deliveryMinor - order.refundedDeliveryMinor
  if (request.kind === 'rest') {
    const isDelivery = Math.min(deliveryMinor, Math.max(leftMinor - itemsMinor, 0))
    return { kind: 'planned', amountMinor: leftMinor, deliveryMinor: isDelivery, items }
  }
  if (request.withDelivery && deliveryMinor <= 0 && order.deliveryMinor > 0) return { kind: 'delivery_gone' }
  const wholeMinor = itemsMinor + (request.withDelivery ? deliveryMinor : 0)
  const amountMinor = wholeMinor - (request.lessMinor ?? 0)
  if (amountMinor <= 0) return { kind: wholeMinor > 0 ? 'too_little' : 'nothing_paid' }
  if (amountMinor > leftMinor) return { kind: 'too_much', leftMinor }
  const isDelivery = request.withDelivery ? Math.min(deliveryMinor, amountMinor) : 0
  return { kind: 'planned', amountMinor, deliveryMinor: isDelivery, items }
}

function allThatIsLeft(order: RefundableOrder, restock: boolean) {
  return order.items
    .map(({ position, quantity, refundedQuantity }) => ({ position, quantity: quantity - refundedQuantity, restock }))
    .filter(({ quantity }) => quantity > 0)
}

/**
 * What the buyer paid for `quantity` more pieces of an item, with its part of tax and discount: all of the total that is not
 * delivery belongs to the items, by their value. Shares are differences of rounded sums, so that they add up exactly.
 */
function shareOf(order: RefundableOrder, item: RefundableOrder['items'][number], quantity: number): number {
  const goodsMinor = order.totalMinor - order.deliveryMinor
  const listedMinor = order.items.reduce((sum, { lineTotalMinor }) => sum + lineTotalMinor, 0)
  const before = order.items
    .filter(({ position }) => position < item.position)
    .reduce((sum, { lineTotalMinor }) => sum + lineTotalMinor, 0)
  const upTo = (pieces: number) =>
    Number(
      (BigInt(goodsMinor) * (BigInt(before) * BigInt(item.quantity) + BigInt(item.lineTotalMinor) * BigInt(pieces))) /
        (BigInt(Math.max(listedMinor, 1)) * BigInt(item.quantity)),
    )
  return upTo(item.refundedQuantity + quantity) - upTo(item.refundedQuantity)
}
