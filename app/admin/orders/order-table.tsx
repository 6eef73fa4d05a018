import { DisputedMark, HeldMark, OrderStateMark } from '@/components/admin/order-state'
import { SelectRows } from '@/components/admin/select-rows'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import type { getOrderPage } from '@/lib/admin/order-desk'
import { formatMoney } from '@/lib/domain/money'

type Order = Awaited<ReturnType<typeof getOrderPage>>['orders'][number]

/** The list, and what can be done with those that are chosen. It is one form, and each button sends it to another place. */
export function OrderTable({
  orders,
  query,
  chosen,
  fulfils,
  exports,
}: {
  orders: readonly Order[]
  /** Of the page's address. */
  query: string
  /** Those that are chosen from the start, by their numbers. */
  chosen: ReadonlySet<string>
  fulfils: boolean
  exports: boolean
}) {
  const isChoosable = fulfils || exports
  return (
    <form method="post" action="/admin/orders/papers">
      <input type="hidden" name="query" value={query} />
      {isChoosable ? (
        <SelectRows name="n">
          {fulfils ? (
            <>
              <button type="submit" formAction="/admin/orders/bulk" formMethod="get" className="desk-button">
                Pack or ship
              </button>
              <button type="submit" name="kind" value="packing-slips" className="desk-button">
                Packing slips
              </button>
            </>
          ) : null}
          {exports ? (
            <>
              <button type="submit" name="kind" value="invoices" className="desk-button">
                Invoices
              </button>
              <button type="submit" formAction="/admin/orders/export" name="of" value="chosen" className="desk-button">
                Export
              </button>
            </>
          ) : null}
        </SelectRows>
      ) : null}
      <WideTable name="Orders" className="-mx-4 sm:-mx-8 sm:px-5">
        <table className="desk-table">
          <caption className="sr-only">Orders</caption>
          <thead>
            <tr>
              {isChoosable ? (
                <th scope="col">
                  <span className="sr-only">Chosen</span>
                </th>
              ) : null}
              <th scope="col">Order</th>
              <th scope="col">Placed</th>
              <th scope="col">Buyer</th>
              <th scope="col">To</th>
              <th scope="col">State</th>
              <th scope="col" className="end">
                Pieces
              </th>
              <th scope="col" className="end">
                Total
              </th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <OrderRow
                key={order.id}
                order={order}
                isChoosable={isChoosable}
                isChosen={chosen.has(order.orderNumber)}
              />
            ))}
          </tbody>
        </table>
      </WideTable>
    </form>
  )
}

function OrderRow({ order, isChoosable, isChosen }: { order: Order; isChoosable: boolean; isChosen: boolean }) {
  return (
    <tr className="desk-row has-checked:bg-sheet">
      {isChoosable ? (
        <td className="w-1">
          <label className="desk-choice">
            <input
              type="checkbox"
              name="n"
              value={order.orderNumber}
              defaultChecked={isChosen}
              aria-label={`Choose ${order.orderNumber}`}
              className="size-4.5 accent-accent"
            />
          </label>
        </td>
      ) : null}
      <td className="num font-medium whitespace-nowrap">
        <a href={`/admin/orders/${order.orderNumber}`} className="desk-row-link hover:underline">
          {order.orderNumber}
        </a>
      </td>
      <td>
        <Time at={order.placedAt} />
      </td>
      <td className="max-w-[16rem]">
        <span className="block truncate">{order.name}</span>
        <span className="block truncate text-xs text-ink-soft">{order.email}</span>
      </td>
      <td className="whitespace-nowrap">
        {order.country}
        <span className="block text-xs text-ink-soft">{order.deliveryName}</span>
      </td>
      <td>
        <span className="flex flex-wrap gap-x-3">
          <OrderStateMark state={order.state} />
          {order.isHeld ? <HeldMark /> : null}
          {order.isDisputed ? <DisputedMark /> : null}
        </span>
      </td>
      <td className="end num">{order.pieces}</td>
      <td className="end num whitespace-nowrap">
        {formatMoney(order.total)}
        {order.refundedMinor > 0 ? (
          <span className="block text-xs text-ink-soft">
            −{formatMoney({ ...order.total, minor: order.refundedMinor })} refunded
          </span>
        ) : null}
      </td>
    </tr>
  )
}
