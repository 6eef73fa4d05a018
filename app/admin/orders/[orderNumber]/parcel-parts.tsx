import { ActForm } from '@/components/admin/act-form'
import { WideTable } from '@/components/admin/wide-table'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { StepState } from '@/components/checkout/step-state'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { CARRIERS, trackingUrl } from '@/lib/domain/fulfilment'
import { formatMoney } from '@/lib/domain/money'

import { putParcelRight, tellPayPalAgain } from './actions'

type Hidden = Readonly<Record<string, string>>

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

type Refused = (form: string) => Promise<StepState | null>

/** `hidden`: null for whoever only looks at parcels. */
export function ParcelsPart({
  desk: { order, shipments },
  hidden,
  refused,
}: {
  desk: OrderDesk
  hidden: Hidden | null
  refused: Refused
}) {
  if (shipments.length === 0) return null
  return (
    <Panel id="parcels" title={shipments.length === 1 ? 'Parcel' : 'Parcels'}>
      <ul className="space-y-3">
        {shipments.map((shipment) => {
          const { id, carrier, carrierCode, trackingNumber, shippedAt, items } = shipment
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
                . {paypalText(shipment)}
              </p>
              {hidden ? (
                <ParcelForms shipment={shipment} hidden={{ ...hidden, shipmentId: id }} refused={refused} />
              ) : null}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

type Shipment = OrderDesk['shipments'][number]

function isGivenUp({ trackingNumber, tellPaypalAt, toldPaypalAt }: Shipment): boolean {
  return trackingNumber !== null && tellPaypalAt === null && toldPaypalAt === null
}

function paypalText(shipment: Shipment): string {
  const { trackingNumber, toldPaypalAt, lastIssue } = shipment
  if (trackingNumber === null) return 'Without a number PayPal is not told.'
  if (toldPaypalAt) return 'PayPal knows.'
  if (isGivenUp(shipment))
    return `PayPal does not know: ${lastIssue ?? 'it was not told'}. It is not told by itself any more.`
  return lastIssue ? `PayPal was not told yet: ${lastIssue}. It is tried again.` : 'PayPal is being told.'
}

async function ParcelForms({ shipment, hidden, refused }: { shipment: Shipment; hidden: Hidden; refused: Refused }) {
  const correction = await refused(`correct-${shipment.id}`)
  return (
    <>
      {isGivenUp(shipment) ? (
        <div className="mt-2">
          <ActForm
            id={`retell-${shipment.id}`}
            action={tellPayPalAgain}
            refused={await refused(`retell-${shipment.id}`)}
            hidden={hidden}
            fields={[]}
            submit="Tell PayPal again"
            pending="A moment…"
            look="plain"
          />
        </div>
      ) : null}
      <details open={correction !== null}>
        <summary className="min-h-9 cursor-pointer py-2 text-sm text-ink-soft underline underline-offset-4">
          Put the number right
        </summary>
        <ActForm
          id={`correct-${shipment.id}`}
          action={putParcelRight}
          refused={correction}
          hidden={hidden}
          compact
          fields={[
            {
              kind: 'text',
              name: 'carrier',
              label: 'Carrier of this parcel',
              value: shipment.carrier,
              maxLength: 80,
              list: CARRIERS.map(({ name }) => name),
            },
            {
              kind: 'text',
              name: 'trackingNumber',
              label: 'The right number',
              hint: 'The buyer is mailed it, and PayPal is told.',
              value: shipment.trackingNumber ?? '',
              maxLength: 64,
            },
          ]}
          submit="Put it right"
          pending="A moment…"
          look="plain"
        />
      </details>
    </>
  )
}
