/** What a bank took, as far as it is in the books. */
export interface Reversal {
  readonly id: string
  readonly amountMinor: number
  readonly returnedMinor: number
}

/**
 * Which reversals, the oldest first, a bank has given back by one movement, and how much of each: the one of just this amount,
 * else as many as it takes. Null when less was taken than comes back.
 */
export function spreadReturn<Taken extends Reversal>(
  reversals: readonly Taken[],
  amountMinor: number,
): { readonly reversal: Taken; readonly amountMinor: number }[] | null {
  const leftOfOne = (reversal: Reversal) => reversal.amountMinor - reversal.returnedMinor
  const exact = reversals.find((reversal) => leftOfOne(reversal) === amountMinor)
  let leftMinor = amountMinor
  const shares = (exact ? [exact] : reversals).flatMap((reversal) => {
    const shareMinor = Math.min(leftOfOne(reversal), leftMinor)
    leftMinor -= shareMinor
    return shareMinor > 0 ? [{ reversal, amountMinor: shareMinor }] : []
  })
  return leftMinor === 0 && amountMinor > 0 ? shares : null
}
