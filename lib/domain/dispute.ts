import type { PayPalDispute } from './payment-gateway'

/**
 * How a dispute stands for the seller. `lost`: PayPal has given the money to the buyer. `undecided` is an end that says neither:
 * the order stays held until a person has looked.
 */
export type DisputeStanding = 'open' | 'won' | 'lost' | 'undecided'

/** PayPal's outcome codes. Source: Disputes API, `dispute_outcome.outcome_code`; ACCEPTED and DENIED are about the buyer's claim. */
const STANDINGS: Readonly<Record<string, DisputeStanding>> = {
  RESOLVED_SELLER_FAVOUR: 'won',
  CANCELED_BY_BUYER: 'won',
  DENIED: 'won',
  // PayPal has paid the buyer out of its own pocket.
  RESOLVED_WITH_PAYOUT: 'won',
  RESOLVED_BUYER_FAVOUR: 'lost',
  ACCEPTED: 'lost',
}

export function standingOf({ status, outcome }: Pick<PayPalDispute, 'status' | 'outcome'>): DisputeStanding {
  if (status !== 'RESOLVED') return 'open'
  return STANDINGS[outcome ?? ''] ?? 'undecided'
}

/** What becomes of the order's hold. `keep`: whatever it is, a person may have released it. */
export function planHold(standing: DisputeStanding, before: DisputeStanding | null): 'place' | 'release' | 'keep' {
  if (standing === 'won') return 'release'
  // A dispute that PayPal opens again after its end holds the order again.
  return before === null || (standing === 'open' && before !== 'open') ? 'place' : 'keep'
}
