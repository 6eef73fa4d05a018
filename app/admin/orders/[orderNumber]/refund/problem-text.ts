import { formatMoney, type Currency } from '@/lib/domain/money'
import type { RefundOrderOutcome } from '@/lib/fulfilment/refund-order'

import { otherAmountText, refusalText } from '../order-texts'

/** Why money did not go back. */
export function problemText(outcome: Exclude<RefundOrderOutcome, { kind: 'refunded' }>, currency: Currency): string {
  switch (outcome.kind) {
    case 'nothing_left':
      return 'Everything has gone back already.'
    case 'too_much':
      return `That is more than the ${formatMoney({ minor: outcome.leftMinor, currency })} that are left of the payment.`
    case 'too_little':
      return 'That leaves nothing to give back.'
    case 'nothing_paid':
      return 'A discount has paid for these pieces, so there is nothing to give back for them alone. Choose all that come back, or give an amount.'
    case 'delivery_gone':
      return 'The delivery charge has gone back already. Leave it out.'
    case 'other_amount':
      return otherAmountText({ minor: outcome.amountMinor, currency })
    case 'too_many':
      return 'left' in outcome
        ? refusalText(outcome)
        : `Only ${outcome.leftQuantity} of item ${outcome.position + 1} can still come back.`
    default:
      return refusalText(outcome)
  }
}
