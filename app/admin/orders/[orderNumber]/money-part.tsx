import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { discountName, fullDeliveryMinor } from '@/lib/domain/discount'
import { formatMoney } from '@/lib/domain/money'
import { ORDER_MOVES } from '@/lib/domain/order'
import type { RefundState } from '@/lib/domain/refund'

const REFUND_TEXTS: Readonly<Record<RefundState, string>> = {
  pending: 'being sent to PayPal',
  sent: 'on its way',
  completed: 'back with the buyer',
  failed: 'refused by PayPal',
}

function refundText(
  { state, amountMinor, returnedMinor }: OrderDesk['refunds'][number],
  say: (minor: number) => string,
): string {
  if (returnedMinor === 0) return REFUND_TEXTS[state]
  const part = returnedMinor < amountMinor ? `${say(returnedMinor)} of it ` : ''
  return `taken by a bank, and ${part}given back to the shop since`
}

/** What was bought for, what PayPal has kept and given back, and what is left. */
export function MoneyPart({ desk, refunds, isHeld }: { desk: OrderDesk; refunds: boolean; isHeld: boolean }) {
  const { order, money, disputes } = desk
  const say = (minor: number) => formatMoney({ minor, currency: order.total.currency })
  const left = order.total.minor - (money?.refundedMinor ?? 0)
  return (
    <Panel id="money" title="Money">
      <Facts
        rows={[
          ['Items', say(order.itemsMinor)],
          ['Delivery', say(fullDeliveryMinor(order))],
          ...order.discounts.map((discount) => [discountName(discount), `−${say(discount.amountMinor)}`] as const),
          [
            order.taxIncluded ? `${order.taxLabel ?? 'Tax'} (contained)` : (order.taxLabel ?? 'Tax'),
            say(order.taxMinor),
          ],
          ['Captured', <b key="sum">{say(order.total.minor)}</b>],
          ...(money?.feeMinor == null ? [] : [['PayPal’s fee', `−${say(money.feeMinor)}`] as const]),
          ...(money && money.refundedMinor > 0 ? [['Refunded', `−${say(money.refundedMinor)}`] as const] : []),
          ['Net', say(left - (money?.feeMinor ?? 0))],
        ]}
      />
      <p className="mt-3 text-xs break-all text-ink-soft">
        PayPal order {money?.paypalOrderId ?? '–'}, capture {order.paypalCaptureId}
      </p>
      {desk.refunds.length > 0 ? (
        <ul className="mt-3 space-y-1 border-t border-rule pt-3">
          {desk.refunds.map((refund) => (
            <li key={refund.id} className={refund.state === 'failed' ? 'text-danger' : ''}>
              <span className="num">{say(refund.amountMinor)}</span> {refundText(refund, say)},{' '}
              <Time at={refund.createdAt} />
              {refund.lastIssue && refund.state === 'failed' ? ` (${refund.lastIssue})` : ''}
            </li>
          ))}
        </ul>
      ) : null}
      {disputes.map(({ id, status, reason, sellerResponseDueAt, resolvedAt }) => (
        <p key={id} className={`mt-3 border-t border-rule pt-3 ${resolvedAt ? '' : 'text-danger'}`}>
          Dispute {id}: {reason.toLowerCase().replaceAll('_', ' ')}, {status.toLowerCase().replaceAll('_', ' ')}
          {sellerResponseDueAt && !resolvedAt ? (
            <>
              . PayPal wants an answer <Time at={sellerResponseDueAt} />
            </>
          ) : null}
        </p>
      ))}
      {refunds ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {left > 0 ? (
            <a href={`/admin/orders/${order.orderNumber}/refund`} className="desk-button">
              Give money back
            </a>
          ) : null}
          {ORDER_MOVES[order.state].includes('cancelled') && !isHeld ? (
            <a href={`/admin/orders/${order.orderNumber}/cancel`} className="desk-button" data-look="danger">
              Cancel the order
            </a>
          ) : null}
        </div>
      ) : null}
    </Panel>
  )
}
