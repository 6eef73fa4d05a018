import { LabelledField, type ActField } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Notice } from '@/components/ui/notice'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { formatMoney, toDecimalString } from '@/lib/domain/money'

import type { Give, Wish } from './wish'

/** The three ways to give money back. Each leads to a look at what would go where; nothing is sent by it. */
export function WishForms({
  desk: { order, items, money },
  leftMinor,
  path,
  wish,
}: {
  desk: OrderDesk
  leftMinor: number
  path: string
  wish: Wish | null
}) {
  const { currency } = order.total
  const left = formatMoney({ minor: leftMinor, currency })
  const open = items.filter((item) => item.quantity > item.refundedQuantity)
  const form = { path, wish }
  const deliveryMinor = order.deliveryMinor - (money?.refundedDeliveryMinor ?? 0)
  return (
    <>
      {open.length > 0 ? (
        <WishForm
          {...form}
          give="lines"
          title="For pieces that come back"
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
            ...(deliveryMinor > 0
              ? [
                  {
                    kind: 'checkbox' as const,
                    name: 'withDelivery',
                    label: `The delivery charge of ${formatMoney({ minor: deliveryMinor, currency })} too`,
                  },
                ]
              : []),
          ]}
          submit="Look at what goes back for these pieces"
        />
      ) : null}
      <WishForm
        {...form}
        give="amount"
        title="An amount, and the pieces stay with the buyer"
        fields={[
          {
            kind: 'text',
            name: 'amount',
            label: `Amount in ${currency}`,
            hint: `Such as ${toDecimalString({ minor: Math.min(500, leftMinor), currency })}, at most ${toDecimalString({ minor: leftMinor, currency })}.`,
            inputMode: 'decimal',
            maxLength: 20,
          },
        ]}
        submit="Look at this amount"
      />
      <WishForm
        {...form}
        give="rest"
        title={`All that is left: ${left}`}
        fields={[{ kind: 'checkbox', name: 'restock', label: 'The pieces go back on the shelf', value: '1' }]}
        submit={`Look at what ${left} are for`}
      />
    </>
  )
}

function WishForm({
  give,
  title,
  fields,
  submit,
  path,
  wish,
}: {
  give: Give
  title: string
  fields: readonly ActField[]
  submit: string
  path: string
  wish: Wish | null
}) {
  const typed = wish?.give === give ? wish : null
  const errors = typed && 'errors' in typed.read ? typed.read.errors : {}
  return (
    <Panel id={give} title={title}>
      <form method="get" action={`${path}/refund`} className="space-y-3">
        <input type="hidden" name="give" value={give} />
        {errors['form'] ? (
          <Notice tone="danger" announce>
            {errors['form']}
          </Notice>
        ) : null}
        {fields.map((field) => (
          <LabelledField
            key={field.name}
            id={`${give}-${field.name}`}
            field={field}
            value={typed ? (typed.fields[field.name] ?? '') : (field.value ?? '')}
            error={errors[field.name]}
          />
        ))}
        <button type="submit" className="desk-button">
          {submit}
        </button>
      </form>
    </Panel>
  )
}
