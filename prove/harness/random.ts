/** Whatever looks random in a proof comes from its seed, so that a run can be repeated. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  /** True once in `times`. */
  once(times: number): boolean
  shuffle<T>(items: readonly T[]): T[]
}

/** Mulberry32, a public-domain generator with 32 bits of state: quality is no concern here, repeatability is. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    once: (times) => next() * times < 1,
    shuffle: (items) => {
      const left = [...items]
      return Array.from(items, () => left.splice(between(0, left.length - 1), 1)).flat()
    },
  }
}
