import type { PlannedRefund, PlannedRefundItem, RefundableOrder, RefundRequest } from './refund-request'

/**
 * What the money of a refund is for. `before`: what went back earlier without its pieces and so is less now, or was kept then and is
 * more.
 */
export type RefundPart =
  | ({ readonly kind: 'item' } & PlannedRefundItem)
  | { readonly kind: 'delivery' | 'kept' | 'amount' | 'before'; readonly amountMinor: number }

/** The parts of a planned refund, for whoever looks at it before it is sent. They add up to its amount. */
export function refundParts(
  order: Pick<RefundableOrder, 'deliveryMinor' | 'refundedDeliveryMinor'>,
  request: RefundRequest,
  plan: Extract<PlannedRefund, { kind: 'planned' }>,
): RefundPart[] {
  if (request.kind === 'amount') return [{ kind: 'amount', amountMinor: plan.amountMinor }]
  const items = plan.items.map((item) => ({ kind: 'item' as const, ...item }))
  const itemsMinor = items.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const withDelivery = request.kind === 'rest' || request.withDelivery
  const sentMinor = withDelivery ? order.deliveryMinor - order.refundedDeliveryMinor : 0
  const otherMinor = plan.amountMinor - itemsMinor - sentMinor
  const others: RefundPart[] = [
    { kind: 'delivery', amountMinor: sentMinor },
    { kind: request.kind === 'rest' ? 'before' : 'kept', amountMinor: otherMinor },
  ]
  return [...items, ...others.filter(({ amountMinor }) => amountMinor !== 0)]
}
