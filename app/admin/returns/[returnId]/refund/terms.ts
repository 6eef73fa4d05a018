import { formatMoney, parseDecimalString, type Currency } from '@/lib/domain/money'
import type { RefundRefusal } from '@/lib/payments/request-refund'
import type { ReturnTerms } from '@/lib/returns/refund-return'

import { otherAmountText } from '../../../orders/[orderNumber]/order-texts'

export interface Terms extends ReturnTerms {
  /** What is kept, as typed. */
  readonly less: string
  /** What is wrong with it; nothing is kept then. */
  readonly problem: string | null
}

/** Of the page's address or of its form. */
export function readTerms(asked: Readonly<Record<string, unknown>>, currency: Currency): Terms {
  const less = typeof asked['less'] === 'string' ? asked['less'].trim().slice(0, 20) : ''
  const amount = less === '' ? 0 : (parseDecimalString(less, currency)?.minor ?? -1)
  const isAmount = amount >= 0
  return {
    withDelivery: asked['delivery'] === '1',
    lessMinor: isAmount ? amount : 0,
    less,
    problem: isAmount ? null : 'Write an amount, such as 5.00, or nothing.',
  }
}

export function refundProblem(plan: RefundRefusal, currency: Currency): string {
  switch (plan.kind) {
    case 'nothing_left':
      return 'Everything has gone back already. Refuse the return and say so.'
    case 'too_little':
      return 'More is kept than was paid for the pieces.'
    case 'too_much':
      return `That is more than the ${formatMoney({ minor: plan.leftMinor, currency })} that are left of the payment. Keep a part, or leave the delivery out.`
    case 'nothing_paid':
      return 'A discount has paid for these pieces, so there is nothing to give back. Give the delivery or an amount back from the order, or refuse the return and say so.'
    case 'delivery_gone':
      return 'The delivery charge has gone back already. Leave it out.'
    case 'other_amount':
      return otherAmountText({ minor: plan.amountMinor, currency })
    case 'too_many':
      return `Pieces of item ${plan.position + 1} were refunded before they came back; ${plan.leftQuantity} are left.`
  }
}
