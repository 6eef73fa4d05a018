import { crc32 } from 'node:zlib'

/** Room for 64 choices of one bit: more than the 32 that a checksum has, so that a solution exists. */
const CHOICES = 64
const ZERO = '@'
const ONE = 'A'

/**
 * `text` is JSON with the mark `"~"` in it. Returns it with a string of `@` and `A` in the mark's place, chosen so that the
 * CRC-32 of the whole is `wanted`: what somebody could do who holds one signed event of PayPal's, because a checksum is linear.
 * Null when the choices do not suffice, which is rare.
 */
export function forgeChecksum(text: string, wanted: number): string | null {
  const [before, after] = text.split('"~"')
  if (before === undefined || after === undefined) throw new Error('the text has no mark')
  const make = (bits: readonly boolean[]) => `${before}"${bits.map((bit) => (bit ? ONE : ZERO)).join('')}"${after}`
  const none = Array.from({ length: CHOICES }, () => false)
  const base = crc32(make(none))
  const effects = none.map((_, index) => (crc32(make(none.with(index, true))) ^ base) >>> 0)
  const chosen = solve(effects, (wanted ^ base) >>> 0)
  return chosen && make(none.map((_, index) => chosen.has(index)))
}

/** Which of `effects` give `target` when combined by exclusive or: Gaussian elimination over bits. */
function solve(effects: readonly number[], target: number): Set<number> | null {
  const rows: { value: number; made: Set<number>; pivot: number }[] = []
  const reduce = (start: number, made: Set<number>) => {
    let value = start
    for (const row of rows) {
      if (((value >>> row.pivot) & 1) === 0) continue
      value = (value ^ row.value) >>> 0
      for (const index of row.made) if (!made.delete(index)) made.add(index)
    }
    return value
  }
  effects.forEach((effect, index) => {
    const made = new Set([index])
    const value = reduce(effect, made)
    if (value !== 0) rows.push({ value, made, pivot: 31 - Math.clz32(value) })
  })
  const made = new Set<number>()
  return reduce(target, made) === 0 ? made : null
}
