import { RefundPreview } from '@/components/admin/refund-preview'
import { Notice } from '@/components/ui/notice'
import type { OrderDesk } from '@/lib/admin/order-desk'
import type { previewRefund } from '@/lib/fulfilment/refund-order'
import type { FormState } from '@/lib/web/answer-form'

import { giveBack } from './actions'
import { problemText } from './problem-text'
import type { Wish } from './wish'

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
  const { order, items } = desk
  const { currency } = order.total
  if (plan.kind !== 'planned') {
    return (
      <Notice tone="warning" title="This cannot be given back" announce>
        {problemText(plan, currency)}
      </Notice>
    )
  }
  return (
    <RefundPreview
      currency={currency}
      amountMinor={plan.amountMinor}
      leftMinor={leftMinor}
      parts={parts}
      items={items}
      buyer={{ name: order.address.name, email: order.email }}
      form={{
        id: 'give',
        action: giveBack,
        refused,
        hidden: {
          ...wish.fields,
          orderNumber: order.orderNumber,
          seenEventId: String(desk.events.at(-1)?.id ?? 0),
        },
      }}
    />
  )
}
