/** A seeded source of decisions: the same seed makes the same ones, on any machine. */
export interface Random {
  /** Below `bound`, from 0. */
  below(bound: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
}

/** The mulberry32 generator: 32 bits of state, good enough to choose among a few things. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
  }
}
