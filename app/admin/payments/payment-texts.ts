import type { IncidentRow } from '@/lib/admin/payments-desk'
import { formatMoney, isCurrency } from '@/lib/domain/money'
import type { Decision, IncidentKind } from '@/lib/domain/payment-incident'
import type { DecisionOutcome } from '@/lib/payments/incidents/decide-incident'

const KINDS: Readonly<Record<IncidentKind, string>> = {
  money_without_order: 'Money without an order',
  order_without_money: 'An order without money',
  amount_differs: 'Another amount than ours',
  refund_refused: 'PayPal refused a refund',
  refund_unmatched: 'A refund that fits nowhere',
  dispute_unmatched: 'A dispute about no order of ours',
  money_unexplained: 'PayPal moved money of a payment, and our books do not know why',
  invariant_violated: 'Something that must hold does not',
  stuck: 'Something about money that does not come to an end',
}

export function kindText(kind: IncidentKind): string {
  return KINDS[kind]
}

/** What a person can do that no button does; null where the decisions say it all. */
export function adviceText({ kind, details }: Pick<IncidentRow, 'kind' | 'details'>): string | null {
  const isUndone = details['paypalStatus'] === 'FAILED' || details['paypalStatus'] === 'CANCELLED'
  return kind === 'refund_unmatched' && isUndone
    ? 'This refund is in the books as made, and PayPal says now that it failed. If the money is in your PayPal balance again, give it back on PayPal’s own site, then say here to which order it belongs.'
    : null
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
    case 'changed_since':
      return 'It says something else by now than this page. Reload the page, and look again.'
    case 'order_missing':
      return 'There is no order of this number that it could belong to.'
    case 'no_order_possible':
      return 'It cannot become an order: the pieces are gone, the cart was ordered otherwise, or the amount is another. Give it back.'
    case 'nothing_left':
      return 'Nothing of this money is left at PayPal.'
    case 'too_much':
      return outcome.left
        ? `Only ${formatMoney(outcome.left)} of this money is left, less than was to go back. Look at the order: give back there what is due, then say here that nothing more is.`
        : 'That is more than is left of this money.'
    case 'refunded_since':
      return 'Money or pieces of this order have gone back since then, perhaps for this very reason. Look at the order: give the rest back there, or say here why nothing more is to be done.'
    default:
      return `That is not possible here (${outcome.why.replaceAll('_', ' ')}).`
  }
}

const DETAIL_TEXTS: Readonly<Record<string, string>> = {
  issue: 'What PayPal said',
  reason: 'Why it goes back',
  paypalRefundId: 'PayPal refund',
  paypalStatus: 'PayPal shows it as',
  paypalAmountMinor: 'PayPal shows',
  payerEmail: 'Buyer',
  capturedMinor: 'Was paid',
  goneBackMinor: 'Has gone back',
  cameAgainMinor: 'Had come again from a bank',
  alreadyRefundedMinor: 'Had gone back before',
  paidAt: 'Paid at',
  items: 'For',
  shipTo: 'Was to go to',
  listedAs: 'PayPal lists it as',
  problem: 'Why it is no order',
  alsoRefused: 'Asked for again, and refused, as refund',
  samePiecesTwice: 'The same pieces were given back twice',
}

/** A detail of an incident as staff read it: amounts in its currency, what has no words of its own by its name. */
export function detailText(
  name: string,
  value: string | number | boolean,
  currency: string | null,
): readonly [label: string, text: string] {
  const isAmount = name.endsWith('Minor') && typeof value === 'number' && currency !== null && isCurrency(currency)
  const words = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
  return [DETAIL_TEXTS[name] ?? name, isAmount ? formatMoney({ minor: value, currency }) : words]
}
