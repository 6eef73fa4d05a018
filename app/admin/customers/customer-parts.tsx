import { ActForm } from '@/components/admin/act-form'
import { OrderStateMark } from '@/components/admin/order-state'
import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import type { StepState } from '@/components/checkout/step-state'
import type { Bought } from '@/lib/admin/customers/customers'
import { addressLines, type Address } from '@/lib/domain/address'
import { CUSTOMER_NOTE_MAX, erasurePath, type Customer } from '@/lib/domain/customer'
import { formatMoney } from '@/lib/domain/money'

import { note } from './actions'

/** Which customer a form is about. */
export function hiddenOf(customer: Customer): Record<string, string> {
  return customer.kind === 'member' ? { memberId: customer.memberId } : { email: customer.email }
}

export function OrdersPart({ email, bought: { orders, totals } }: { email: string; bought: Bought }) {
  return (
    <Panel
      id="orders"
      title="Orders"
      aside={
        <a href={`/admin/orders?q=${encodeURIComponent(email)}`} className="text-link text-xs">
          All in the list
        </a>
      }
    >
      {orders.length === 0 ? (
        <p className="text-ink-soft">None yet.</p>
      ) : (
        <>
          <div className="mb-4 max-w-sm">
            <Facts
              rows={totals.flatMap(({ orders: count, total, refunded }) => [
                [`${count} ${count === 1 ? 'order' : 'orders'}`, formatMoney(total)] as const,
                ...(refunded.minor > 0 ? [['Given back', `−${formatMoney(refunded)}`] as const] : []),
              ])}
            />
          </div>
          <WideTable name="Orders of this customer" className="-mx-5">
            <table className="desk-table">
              <caption className="sr-only">The last orders, the newest first</caption>
              <thead>
                <tr>
                  <th scope="col" className="ps-5!">
                    Order
                  </th>
                  <th scope="col">Placed</th>
                  <th scope="col">State</th>
                  <th scope="col" className="end pe-5!">
                    Total
                  </th>
                </tr>
              </thead>
              <tbody>
                {orders.map(({ orderNumber, placedAt, state, total }) => (
                  <tr key={orderNumber} className="desk-row">
                    <td className="num ps-5! whitespace-nowrap">
                      <a href={`/admin/orders/${orderNumber}`} className="desk-row-link font-medium hover:underline">
                        {orderNumber}
                      </a>
                    </td>
                    <td>
                      <Time at={placedAt} />
                    </td>
                    <td>
                      <OrderStateMark state={state} />
                    </td>
                    <td className="end num pe-5! whitespace-nowrap">{formatMoney(total)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
        </>
      )}
    </Panel>
  )
}

export function AddressesPart({ title, addresses }: { title: string; addresses: readonly Address[] }) {
  return (
    <Panel id="addresses" title={title}>
      {addresses.length === 0 ? (
        <p className="text-ink-soft">None.</p>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {addresses.map((address) => (
            <li key={JSON.stringify(address)}>
              <address className="not-italic">
                {addressLines(address).map((line) => (
                  <span key={line} className="block">
                    {line}
                  </span>
                ))}
              </address>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** What staff know that no table has. */
export function NotesPart({
  customer,
  notes,
  refused,
  edits,
}: {
  customer: Customer
  notes: Bought['notes']
  refused: StepState | null
  edits: boolean
}) {
  return (
    <Panel id="notes" title="Notes">
      {notes.length > 0 ? (
        <ul className="mb-4 space-y-3">
          {notes.map(({ id, text, authorEmail, writtenAt }) => (
            <li key={id}>
              <p className="break-words whitespace-pre-line">{text}</p>
              <p className="text-xs text-ink-soft">
                {authorEmail}, <Time at={writtenAt} />
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      {edits ? (
        <ActForm
          id="note"
          action={note}
          refused={refused}
          hidden={hiddenOf(customer)}
          fields={[
            {
              kind: 'textarea',
              name: 'text',
              label: 'Staff read it; the customer gets it with a copy of their data',
              maxLength: CUSTOMER_NOTE_MAX,
            },
          ]}
          submit="Keep the note"
          pending="Writing…"
          look="plain"
        />
      ) : notes.length === 0 ? (
        <p className="text-ink-soft">None.</p>
      ) : null}
    </Panel>
  )
}

/** A copy of everything, and the end of everything, when the customer asks for it. */
export function DataPart({ customer, exports, erases }: { customer: Customer; exports: boolean; erases: boolean }) {
  if (!exports && !erases) return null
  return (
    <Panel id="data" title="Their data">
      <p className="mb-4 text-xs text-ink-soft">
        For whoever asks: first make sure that it is this person. Both are written down in the audit log.
      </p>
      <div className="flex flex-wrap gap-3">
        {exports ? (
          <form method="post" action="/admin/customers/export">
            {Object.entries(hiddenOf(customer)).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <button type="submit" className="desk-button">
              Download everything
            </button>
          </form>
        ) : null}
        {erases ? (
          <a href={erasurePath(customer)} className="desk-button" data-look="danger">
            Forget them
          </a>
        ) : null}
      </div>
    </Panel>
  )
}
