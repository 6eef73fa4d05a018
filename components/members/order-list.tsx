import { formatMoney, type Money } from '@/lib/domain/money'
import { PlainLink } from '@/components/ui/plain-link'
import type { OrderItemView, OrderState } from '@/lib/domain/order'

import { orderStateText } from './order-state-text'

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

export interface ListedOrder {
  readonly orderNumber: string
  readonly state: OrderState
  readonly placedAt: Date
  readonly total: Money
  /** Of the total, in minor units. */
  readonly goneBackMinor: number
  readonly items: readonly Pick<OrderItemView, 'productName' | 'quantity' | 'sku'>[]
}

/** Orders as a member looks for them: when, what, how much, and how far it has come. */
export function OrderList({ orders }: { orders: readonly ListedOrder[] }) {
  if (orders.length === 0) {
    return (
      <p className="text-base text-ink-soft">
        Nothing yet. Orders you placed as a guest appear here too, if they were placed with this address.
      </p>
    )
  }
  return (
    <ul className="divide-y divide-rule border-y border-rule">
      {orders.map((order) => (
        <li key={order.orderNumber} className="grid gap-x-6 gap-y-1 py-5 sm:grid-cols-[1fr_auto]">
          <p className="num text-base font-medium">
            <PlainLink href={`/account/orders/${order.orderNumber}`} className="text-link">
              Order {order.orderNumber}
            </PlainLink>
          </p>
          <p className="num text-base sm:text-end">{formatMoney(order.total)}</p>
          <p className="min-w-0 text-sm break-words text-ink-soft">
            {order.items.map((item) => `${item.quantity} × ${item.productName}`).join(', ')}
          </p>
          <p className="text-sm text-ink-soft sm:text-end">
            {orderStateText(order)}, {DATE.format(order.placedAt)}
          </p>
        </li>
      ))}
    </ul>
  )
}
