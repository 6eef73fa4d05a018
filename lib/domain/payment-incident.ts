/** What can be wrong with money in a way that a person must decide. */
export const INCIDENT_KINDS = [
  'money_without_order',
  'order_without_money',
  'amount_differs',
  'refund_refused',
  'refund_unmatched',
  'dispute_unmatched',
  'money_unexplained',
  'invariant_violated',
  'stuck',
] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]

/** How an incident can end. `settled`: what was wrong is no longer so. */
export const INCIDENT_RESOLUTIONS = ['adopted', 'refunded', 'linked', 'ignored', 'settled'] as const
export type IncidentResolution = (typeof INCIDENT_RESOLUTIONS)[number]

/** What a person can decide, and what it is called once decided. */
export const DECISION_RESOLUTIONS = {
  /** Make the order: from our own snapshot, or from PayPal's order when our row is lost. */
  adopt: 'adopted',
  /** Give back all that is left. */
  refund: 'refunded',
  /** It belongs to an order that is there. */
  link: 'linked',
  /** It needs nothing; says why. */
  ignore: 'ignored',
} as const satisfies Record<string, IncidentResolution>
export type Decision = keyof typeof DECISION_RESOLUTIONS

/** Which decisions make sense for what. Anything may be ignored, with a reason. */
export const INCIDENT_DECISIONS: Readonly<Record<IncidentKind, readonly Decision[]>> = {
  money_without_order: ['adopt', 'refund', 'link', 'ignore'],
  order_without_money: ['ignore'],
  amount_differs: ['refund', 'ignore'],
  refund_refused: ['refund', 'ignore'],
  refund_unmatched: ['link', 'ignore'],
  dispute_unmatched: ['link', 'ignore'],
  money_unexplained: ['link', 'ignore'],
  invariant_violated: ['ignore'],
  stuck: ['ignore'],
}
