/** Why an order is held back from fulfilment. `unpaid`: PayPal does not hold its money any more. */
export const HOLD_KINDS = ['dispute', 'reversal', 'unpaid', 'manual'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]
