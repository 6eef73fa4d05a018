import { randomUUID } from 'node:crypto'

import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { formatMoney, toDecimalString } from '@/lib/domain/money'
import { readRefusedForm } from '@/lib/web/answer-form'

import { AdminPage, type Asked } from '../../../admin-page'
import { openMoneyPage } from '../open-desk'
import { giveAmount, giveLines, giveRest } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Give money back' }

const NOTE = {
  kind: 'text',
  name: 'note',
  label: 'A word to the buyer',
  hint: 'PayPal shows it to them.',
  maxLength: 255,
  optional: true,
} as const

export default async function RefundPage({
  params,
  searchParams,
}: {
  params: Promise<{ orderNumber: string }>
  searchParams: Asked
}) {
  await connection()
  const asked = await searchParams
  const { admin, desk, path } = await openMoneyPage(params, 'refund')
  const { order } = desk
  const { currency } = order.total
  const leftMinor = order.total.minor - (desk.money?.refundedMinor ?? 0)
  const left = formatMoney({ minor: leftMinor, currency })
  const hidden = () => ({
    orderNumber: order.orderNumber,
    seenEventId: String(desk.events.at(-1)?.id ?? 0),
    refundId: randomUUID(),
  })
  const open = desk.items.filter((item) => item.quantity > item.refundedQuantity)
  return (
    <AdminPage
      admin={admin}
      here="/admin/orders"
      title={`Give money back for ${order.orderNumber}`}
      back={{ href: path, name: `Order ${order.orderNumber}` }}
    >
      {leftMinor === 0 ? (
        <p>All {formatMoney(order.total)} have gone back already.</p>
      ) : (
        <div className="max-w-3xl space-y-6">
          <p className="text-ink-soft">
            {left} of {formatMoney(order.total)} are left. PayPal sends the money the way it came; that cannot be taken
            back. The buyer gets a mail once it is sent.
          </p>
          {open.length > 0 ? (
            <Panel id="lines" title="For pieces that come back">
              <ActForm
                id="lines"
                action={giveLines}
                refused={await readRefusedForm('lines', asked['refused'])}
                hidden={hidden()}
                fields={[
                  ...open.map((item) => ({
                    kind: 'number' as const,
                    name: `quantity.${item.position}`,
                    label: `${item.productName} (${item.sku})`,
                    hint: `Of ${item.quantity - item.refundedQuantity}. What was paid for them, with their part of tax and discount, is reckoned.`,
                    value: '0',
                    max: item.quantity - item.refundedQuantity,
                    optional: true,
                  })),
                  { kind: 'checkbox', name: 'restock', label: 'They go back on the shelf', value: '1' },
                  ...(order.deliveryMinor > 0
                    ? [
                        {
                          kind: 'checkbox' as const,
                          name: 'withDelivery',
                          label: `The delivery charge of ${formatMoney({ minor: order.deliveryMinor, currency })} too`,
                        },
                      ]
                    : []),
                  NOTE,
                ]}
                submit="Give back for these pieces"
                pending="Asking PayPal…"
                look="danger"
              />
            </Panel>
          ) : null}
          <Panel id="amount" title="An amount, and the pieces stay with the buyer">
            <ActForm
              id="amount"
              action={giveAmount}
              refused={await readRefusedForm('amount', asked['refused'])}
              hidden={hidden()}
              fields={[
                {
                  kind: 'text',
                  name: 'amount',
                  label: `Amount in ${currency}`,
                  hint: `Such as ${toDecimalString({ minor: Math.min(500, leftMinor), currency })}, at most ${toDecimalString({ minor: leftMinor, currency })}.`,
                  inputMode: 'decimal',
                  maxLength: 20,
                },
                NOTE,
              ]}
              submit="Give this amount back"
              pending="Asking PayPal…"
              look="danger"
            />
          </Panel>
          <Panel id="rest" title={`All that is left: ${left}`}>
            <ActForm
              id="rest"
              action={giveRest}
              refused={await readRefusedForm('rest', asked['refused'])}
              hidden={hidden()}
              fields={[
                { kind: 'checkbox', name: 'restock', label: 'The pieces go back on the shelf', value: '1' },
                NOTE,
              ]}
              submit={`Give ${left} back`}
              pending="Asking PayPal…"
              look="danger"
            />
          </Panel>
        </div>
      )}
    </AdminPage>
  )
}
