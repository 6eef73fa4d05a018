import type { Money } from '@/lib/domain/money'
import type { OrderState } from '@/lib/domain/order'

const TEXTS: Readonly<Record<OrderState, string>> = {
  created: 'Paid, to be packed',
  processing: 'Being packed',
  partly_shipped: 'Partly on its way',
  shipped: 'On its way',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
  returned: 'Returned',
}

/** An order's state as its buyer reads it. */
export function orderStateText({
  state,
  total,
  goneBackMinor,
}: {
  state: OrderState
  total: Money
  goneBackMinor: number
}): string {
  if (goneBackMinor >= total.minor) return state === 'cancelled' ? 'Cancelled and refunded' : 'Refunded'
  return goneBackMinor > 0 ? `${TEXTS[state]}, partly refunded` : TEXTS[state]
}
