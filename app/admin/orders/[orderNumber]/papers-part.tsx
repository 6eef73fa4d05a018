import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { creditNoteNumber, invoiceNumber } from '@/lib/domain/invoice'

/** What of the order can be printed. */
export function PapersPart({ desk: { order, invoice, creditNotes } }: { desk: OrderDesk }) {
  const path = `/admin/orders/${order.orderNumber}`
  return (
    <Panel id="papers" title="Papers">
      <div className="flex flex-wrap gap-2">
        <a href={`${path}/packing-slip`} className="desk-button">
          Packing slip
        </a>
        {invoice ? (
          <a href={`${path}/invoice`} className="desk-button">
            Invoice {invoiceNumber(invoice.number)}
          </a>
        ) : null}
      </div>
      {invoice ? null : (
        <p className="mt-3 text-xs text-ink-soft">
          Its invoice is given within seconds, once the shop’s settings have its address.
        </p>
      )}
      {creditNotes.length > 0 ? (
        <ul className="mt-3 space-y-1">
          {creditNotes.map(({ number, issuedAt }) => (
            <li key={number}>
              <a href={`${path}/credit-notes/${creditNoteNumber(number)}`} className="text-link num">
                Credit note {creditNoteNumber(number)}
              </a>
              , <Time at={issuedAt} />
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  )
}
