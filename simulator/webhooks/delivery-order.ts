export const DELIVERY_ORDERS = ['as_raised', 'reversed', 'shuffled'] as const

/** In which order several events arrive. PayPal promises none. `seed` makes a shuffle repeatable. */
export type DeliveryOrder = { kind: (typeof DELIVERY_ORDERS)[number]; seed: number }

export function putInOrder<Each>(items: readonly Each[], { kind, seed }: DeliveryOrder): Each[] {
  if (kind === 'reversed') return items.toReversed()
  const result = [...items]
  if (kind === 'as_raised') return result
  let random = seed >>> 0
  for (let last = result.length - 1; last > 0; last -= 1) {
    // A linear congruential generator (Numerical Recipes' constants): good enough to mix a list.
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    const other = Math.floor((random / 2 ** 32) * (last + 1))
    ;[result[last], result[other]] = [result[other]!, result[last]!]
  }
  return result
}
