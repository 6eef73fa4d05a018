import type { ReactNode } from 'react'

import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { Notice } from '@/components/ui/notice'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { invoiceNumber } from '@/lib/domain/invoice'
import { creditNoteNumber } from '@/lib/domain/credit-note'
import { owedCurrencyOf } from '@/lib/domain/tax-currency'

/** What of the order can be printed. */
export function PapersPart({ desk, managesSettings }: { desk: OrderDesk; managesSettings: boolean }) {
  const { order, invoice, creditNotes } = desk
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
      <InvoiceState desk={desk} managesSettings={managesSettings} />
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

const RATES = { href: '/admin/settings/taxes#exchange-rates', name: 'Settings, Taxes' }

/** Why there is no invoice, or one that lacks something, and where that is mended. */
function InvoiceState({
  desk: { order, invoice, invoiceIssue },
  managesSettings,
}: {
  desk: OrderDesk
  managesSettings: boolean
}) {
  const owed = owedCurrencyOf(order)
  const day = order.placedAt.toISOString().slice(0, 10)
  if (invoice) {
    if (owed === null || invoice.content.taxOwed) return null
    return (
      <Trouble at={RATES} managesSettings={managesSettings}>
        The invoice gives its tax in {order.total.currency} alone and stays like that: when it was given, nobody had
        entered what it was in {owed} on {day}.
      </Trouble>
    )
  }
  switch (invoiceIssue) {
    case 'no_rate':
      return (
        <Trouble at={RATES} managesSettings={managesSettings}>
          There is no invoice yet: its tax is owed in {owed}, and nobody has entered a rate of exchange for {day}. It is
          given as soon as somebody does.
        </Trouble>
      )
    case 'no_address':
      return (
        <Trouble at={{ href: '/admin/settings', name: 'Settings' }} managesSettings={managesSettings}>
          There is no invoice yet: the settings do not say at which address the shop sells.
        </Trouble>
      )
    case 'failed':
      return <p className="mt-3 text-danger">The invoice could not be written. The server’s log has the error.</p>
    case 'no_invoice':
    case null:
      return <p className="mt-3 text-xs text-ink-soft">Its invoice is given within seconds.</p>
  }
}

function Trouble({
  at: { href, name },
  managesSettings,
  children,
}: {
  at: { readonly href: string; readonly name: string }
  managesSettings: boolean
  children: ReactNode
}) {
  return (
    <div className="mt-3">
      <Notice tone="warning">
        {children}{' '}
        {managesSettings ? (
          <a href={href} className="underline">
            {name}
          </a>
        ) : (
          `An owner or a manager mends it under “${name}”.`
        )}
      </Notice>
    </div>
  )
}
