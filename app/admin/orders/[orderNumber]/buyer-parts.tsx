import { ActForm } from '@/components/admin/act-form'
import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { StepState } from '@/components/checkout/step-state'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { addressLines } from '@/lib/domain/address'
import { COUNTRIES } from '@/lib/domain/country'
import { customerPath, parseCustomer } from '@/lib/domain/customer'

import { changeAddress } from './actions'

/** `seesCustomers`: then the buyer's own page is one press away. */
export function BuyerPart({ desk: { order, memberId }, seesCustomers }: { desk: OrderDesk; seesCustomers: boolean }) {
  const customer = memberId === null ? parseCustomer({ email: order.email }) : parseCustomer({ memberId })
  return (
    <Panel id="buyer" title="Buyer">
      <Facts
        rows={[
          [
            'E-mail',
            <a key="mail" href={`mailto:${order.email}`} className="text-link">
              {order.email}
            </a>,
          ],
          [
            'Account',
            seesCustomers && customer ? (
              <a key="customer" href={customerPath(customer)} className="text-link">
                {memberId ? 'Member' : 'Guest'}
              </a>
            ) : memberId ? (
              'Member'
            ) : (
              'Guest'
            ),
          ],
          ['Placed', <Time key="placed" at={order.placedAt} />],
          ['Delivery', `${order.deliveryName}, ${order.deliveryEstimate}`],
          [
            'All orders',
            <a key="orders" href={`/admin/orders?q=${encodeURIComponent(order.email)}`} className="text-link">
              of this address
            </a>,
          ],
        ]}
      />
    </Panel>
  )
}

export function AddressPart({
  desk: { order },
  hidden,
  refused,
  editable,
}: {
  desk: OrderDesk
  hidden: Readonly<Record<string, string>>
  refused: StepState | null
  editable: boolean
}) {
  const { address } = order
  const format = COUNTRIES[address.country]
  const regions = Object.entries(format?.regions ?? {}).map(([value, label]) => ({ value, label }))
  return (
    <Panel id="address" title="Delivery address">
      <address className="not-italic">
        {addressLines(address).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
      {editable ? (
        <details className="mt-3" open={refused !== null}>
          <summary className="text-link inline-flex min-h-9 items-center text-sm">Put the address right</summary>
          <p className="mt-2 mb-3 text-xs text-ink-soft">
            PayPal protects a sale only when it is sent to the address that it showed. The country stays, and so does a
            region where the tax is another: delivery and tax were reckoned for it.
          </p>
          <ActForm
            id="address"
            action={changeAddress}
            refused={refused}
            hidden={hidden}
            fields={[
              { kind: 'text', name: 'name', label: 'Name', value: address.name, maxLength: 120 },
              { kind: 'text', name: 'line1', label: 'Street and number', value: address.line1, maxLength: 120 },
              {
                kind: 'text',
                name: 'line2',
                label: 'Further line',
                value: address.line2,
                maxLength: 120,
                optional: true,
              },
              { kind: 'text', name: 'city', label: 'City', value: address.city, maxLength: 120 },
              ...(regions.length > 0
                ? [
                    {
                      kind: 'select',
                      name: 'region',
                      label: format?.regionLabel ?? 'Region',
                      value: address.region,
                      options: regions,
                    } as const,
                  ]
                : []),
              {
                kind: 'text',
                name: 'postalCode',
                label: format?.postalCodeLabel ?? 'Postal code',
                value: address.postalCode,
                maxLength: 20,
              },
            ]}
            submit="Change the address"
            pending="Changing…"
            look="plain"
          />
        </details>
      ) : null}
    </Panel>
  )
}
