import { randomUUID } from 'node:crypto'

import type { ComponentProps } from 'react'

import { formatMoney, type Currency } from '@/lib/domain/money'
import type { RefundPart } from '@/lib/domain/refund-parts'

import { ActForm } from './act-form'
import { Panel } from './panel'

type Form = ComponentProps<typeof ActForm>

/**
 * What goes where, before it does: how much, for what, what comes to the shelf, and to whom. What is sent is what is shown: the amount
 * goes along with the form, and another is not sent.
 */
export function RefundPreview({
  currency,
  amountMinor,
  leftMinor,
  parts,
  items,
  buyer,
  form,
}: {
  currency: Currency
  amountMinor: number
  /** Of the payment, before it. */
  leftMinor: number
  parts: readonly RefundPart[]
  /** Of the order. */
  items: readonly { readonly position: number; readonly productName: string; readonly sku: string }[]
  buyer: { readonly name: string; readonly email: string }
  form: Pick<Form, 'id' | 'action' | 'refused'> & { readonly hidden: Readonly<Record<string, string>> }
}) {
  const say = (minor: number) => formatMoney({ minor, currency })
  return (
    <Panel id="preview" title="What goes where">
      <table className="desk-table mb-4">
        <caption className="sr-only">What goes back, and for what</caption>
        <tbody>
          {parts.map((part) => (
            <Row
              key={part.kind === 'item' ? `item ${part.position}` : part.kind}
              name={nameOf(part, items)}
              amount={`${part.amountMinor < 0 ? '−' : ''}${say(Math.abs(part.amountMinor))}`}
            />
          ))}
          <Row name="In all" amount={say(amountMinor)} strong />
        </tbody>
      </table>
      <ul className="mb-4 list-disc space-y-1 ps-5">
        <li>
          {say(amountMinor)} go to {buyer.name} ({buyer.email}) through PayPal, the way the money came. That cannot be
          taken back.
        </li>
        <li>{shelfText(parts)}</li>
        <li>
          Of the payment {say(leftMinor - amountMinor)} are left then. The buyer gets a mail once PayPal has sent it.
        </li>
      </ul>
      <ActForm
        {...form}
        hidden={{ ...form.hidden, refundId: randomUUID(), shownMinor: String(amountMinor) }}
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
        submit={`Give ${say(amountMinor)} back`}
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

function nameOf(
  part: RefundPart,
  items: readonly { readonly position: number; readonly productName: string; readonly sku: string }[],
): string {
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
