import { randomUUID } from 'node:crypto'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Notice } from '@/components/ui/notice'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { formatMoney } from '@/lib/domain/money'
import type { RefundPart } from '@/lib/domain/refund-parts'
import type { previewRefund } from '@/lib/fulfilment/refund-order'
import type { FormState } from '@/lib/web/answer-form'

import { giveBack } from './actions'
import { problemText } from './problem-text'
import type { Wish } from './wish'

/** What goes where, before it does: how much, for what, what comes to the shelf, and to whom. */
export function PreviewPart({
  desk,
  wish,
  preview: { plan, parts, leftMinor },
  refused,
}: {
  desk: OrderDesk
  wish: Wish
  preview: NonNullable<Awaited<ReturnType<typeof previewRefund>>>
  refused: FormState | null
}) {
  const { order } = desk
  const say = (minor: number) => formatMoney({ minor, currency: order.total.currency })
  if (plan.kind !== 'planned') {
    return (
      <Notice tone="warning" title="This cannot be given back" announce>
        {problemText(plan, order.total.currency)}
      </Notice>
    )
  }
  return (
    <Panel id="preview" title="What goes where">
      <table className="desk-table mb-4">
        <caption className="sr-only">What goes back, and for what</caption>
        <tbody>
          {parts.map((part) => (
            <Row
              key={part.kind === 'item' ? `item ${part.position}` : part.kind}
              name={nameOf(part, desk)}
              amount={`${part.amountMinor < 0 ? '−' : ''}${say(Math.abs(part.amountMinor))}`}
            />
          ))}
          <Row name="In all" amount={say(plan.amountMinor)} strong />
        </tbody>
      </table>
      <ul className="mb-4 list-disc space-y-1 ps-5">
        <li>
          {say(plan.amountMinor)} go to {order.address.name} ({order.email}) through PayPal, the way the money came.
          That cannot be taken back.
        </li>
        <li>{shelfText(parts)}</li>
        <li>
          Of the payment {say(leftMinor - plan.amountMinor)} are left then. The buyer gets a mail once PayPal has sent
          it.
        </li>
      </ul>
      <ActForm
        id="give"
        action={giveBack}
        refused={refused}
        hidden={{
          ...wish.fields,
          orderNumber: order.orderNumber,
          seenEventId: String(desk.events.at(-1)?.id ?? 0),
          refundId: randomUUID(),
          shownMinor: String(plan.amountMinor),
        }}
        fields={[
          {
            kind: 'text',
            name: 'note',
            label: 'A word to the buyer',
            hint: 'PayPal shows it to them.',
            maxLength: 255,
            optional: true,
          },
        ]}
        submit={`Give ${say(plan.amountMinor)} back`}
        pending="Asking PayPal…"
        look="danger"
      />
    </Panel>
  )
}

function Row({ name, amount, strong = false }: { name: string; amount: string; strong?: boolean }) {
  return (
    <tr className={strong ? 'font-semibold' : ''}>
      <th scope="row" className={`text-sm! whitespace-normal! text-ink! ${strong ? '' : 'font-normal!'}`}>
        {name}
      </th>
      <td className="end num whitespace-nowrap">{amount}</td>
    </tr>
  )
}

function nameOf(part: RefundPart, { items }: OrderDesk): string {
  switch (part.kind) {
    case 'item': {
      const item = items.find(({ position }) => position === part.position)
      return `${part.quantity} × ${item ? `${item.productName} (${item.sku})` : `item ${part.position + 1}`}, ${part.restock ? 'to the shelf' : 'not to the shelf'}`
    }
    case 'delivery':
      return 'Delivery'
    case 'amount':
      return 'An amount; the pieces stay with the buyer'
    case 'kept':
      return 'Kept'
    case 'before':
      return part.amountMinor < 0 ? 'Went back before' : 'Kept before'
  }
}

function shelfText(parts: readonly RefundPart[]): string {
  const pieces = parts.reduce((sum, part) => sum + (part.kind === 'item' && part.restock ? part.quantity : 0), 0)
  if (pieces === 0) return 'Nothing goes back on the shelf.'
  return `${pieces} ${pieces === 1 ? 'piece goes' : 'pieces go'} back on the shelf once PayPal has sent it.`
}
