import { isRefused, leftOf, planRetry, sendsRest, type KnownRefund } from './refund'

/** What must go back now of money that became no order. */
export type OwedPlan<Known> =
  | { readonly step: 'nothing' }
  /** Something is under way, and may come to nothing: what is left is known when that is over. */
  | { readonly step: 'wait' }
  /** There is room again for a refund that others had left none for. */
  | { readonly step: 'take_up'; readonly refund: Known; readonly amountMinor: number }
  /** PayPal has refused it before: for a person. */
  | { readonly step: 'ask'; readonly refused: readonly Known[] }
  | { readonly step: 'send'; readonly amountMinor: number }

/**
 * Whatever is left of it, each time that something is: what was under way at PayPal's site when its refund was sized may come to
 * nothing, and what a bank took may come again.
 */
export function planOwed<Known extends KnownRefund>(known: readonly Known[], capturedMinor: number): OwedPlan<Known> {
  const leftMinor = leftOf(known, capturedMinor)
  if (leftMinor === 0) return { step: 'nothing' }
  if (known.some(({ state }) => state === 'pending' || state === 'sent')) return { step: 'wait' }
  const failed = known.filter((refund) => sendsRest(refund) && refund.state === 'failed')
  const displaced = failed.find((refund) => !isRefused(refund))
  if (displaced) {
    return { step: 'take_up', refund: displaced, amountMinor: planRetry(displaced, known, capturedMinor) }
  }
  return failed.length > 0 ? { step: 'ask', refused: failed } : { step: 'send', amountMinor: leftMinor }
}
