import { WideTable } from '@/components/admin/wide-table'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { trackingUrl } from '@/lib/domain/fulfilment'
import { formatMoney } from '@/lib/domain/money'

export function ItemsPart({ desk: { order, items } }: { desk: OrderDesk }) {
  const say = (minor: number) => formatMoney({ minor, currency: order.total.currency })
  return (
    <Panel id="items" title="Items">
      <WideTable name="Items of the order" className="-mx-5 px-2">
        <table className="desk-table">
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col" className="end">
                Bought
              </th>
              <th scope="col" className="end">
                Sent
              </th>
              <th scope="col" className="end">
                Refunded
              </th>
              <th scope="col" className="end">
                Sum
              </th>
            </tr>
          </thead>
          <tbody>
            {order.items.map((item, position) => {
              const state = items.find((each) => each.position === position)
              return (
                <tr key={item.sku}>
                  <td className="min-w-40">
                    <a href={`/products/${item.productSlug}`} className="hover:underline">
                      {item.productName}
                    </a>
                    <span className="block text-xs text-ink-soft">
                      {[item.sku, ...item.options.map(({ value }) => value)].join(' · ')}
                    </span>
                  </td>
                  <td className="end num">{item.quantity}</td>
                  <td className="end num">{state?.shippedQuantity ?? 0}</td>
                  <td className="end num">{state?.refundedQuantity ?? 0}</td>
                  <td className="end num whitespace-nowrap">{say(item.lineTotalMinor)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  )
}

export function ParcelsPart({ desk: { order, shipments } }: { desk: OrderDesk }) {
  if (shipments.length === 0) return null
  return (
    <Panel id="parcels" title={shipments.length === 1 ? 'Parcel' : 'Parcels'}>
      <ul className="space-y-3">
        {shipments.map(({ id, carrier, carrierCode, trackingNumber, shippedAt, toldPaypalAt, lastIssue, items }) => {
          const url = trackingNumber ? trackingUrl(carrierCode, trackingNumber) : null
          return (
            <li key={id}>
              <p>
                {carrier}
                {trackingNumber ? ', ' : ''}
                {url ? (
                  <a href={url} rel="noreferrer" className="text-link num break-all">
                    {trackingNumber}
                  </a>
                ) : (
                  <span className="num break-all">{trackingNumber}</span>
                )}
                , <Time at={shippedAt} />
              </p>
              <p className="text-xs text-ink-soft">
                {items
                  .map(({ position, quantity }) => `${quantity} × ${order.items[position]?.productName ?? ''}`)
                  .join(', ')}
                {trackingNumber === null
                  ? '. Without a number PayPal is not told.'
                  : toldPaypalAt
                    ? '. PayPal knows.'
                    : lastIssue
                      ? `. PayPal was not told yet: ${lastIssue}.`
                      : '. PayPal is being told.'}
              </p>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
