import type { Decision, IncidentKind } from '@/lib/domain/payment-incident'
import type { DecisionOutcome } from '@/lib/payments/incidents/decide-incident'

const KINDS: Readonly<Record<IncidentKind, string>> = {
  money_without_order: 'Money without an order',
  order_without_money: 'An order without money',
  amount_differs: 'Another amount than ours',
  refund_refused: 'PayPal refused a refund',
  refund_unmatched: 'A refund that fits nowhere',
  dispute_unmatched: 'A dispute about no order of ours',
  invariant_violated: 'Something that must hold does not',
  stuck: 'A payment that does not come to an end',
}

export function kindText(kind: IncidentKind): string {
  return KINDS[kind]
}

export const DECISION_TEXTS: Readonly<Record<Decision, string>> = {
  adopt: 'Make the order that it was for',
  refund: 'Give the money back',
  link: 'It belongs to an order that is there',
  ignore: 'It needs nothing',
}

export function doneText(done: unknown): string | null {
  return done === 'decided' ? 'Decided, and carried out.' : done === 'over' ? 'That was over already.' : null
}

/** What a decision that was not carried out says. */
export function problemText(outcome: Exclude<DecisionOutcome, { kind: 'decided' | 'already_decided' }>): string {
  if (outcome.kind === 'unknown') return 'PayPal did not answer, so nothing has been done. Try again in a minute.'
  if (outcome.kind === 'not_found') return 'This incident is not there any more. Reload the page.'
  switch (outcome.why) {
    case 'reason_missing':
      return 'Say why it needs nothing.'
    case 'order_missing':
      return 'There is no order of this number that it could belong to.'
    case 'no_order_possible':
      return 'It cannot become an order: the pieces are gone, the cart was ordered otherwise, or the amount is another. Give it back.'
    case 'nothing_left':
      return 'Nothing of this money is left at PayPal.'
    default:
      return `That is not possible here (${outcome.why.replaceAll('_', ' ')}).`
  }
}
