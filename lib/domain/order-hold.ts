/** Why an order is held back from fulfilment. */
export const HOLD_KINDS = ['dispute', 'reversal', 'manual'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]
