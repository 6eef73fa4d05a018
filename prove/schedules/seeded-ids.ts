import { createRequire, syncBuiltinESMExports } from 'node:module'

import { seededRandom, type Random } from './random'

export interface SeededIds {
  /** From here on the ids are those of this seed. */
  begin(seed: number): void
  restore(): void
}

/**
 * Ids are random, and rows of the same moment are told apart by them: so they come from the seed as well, those of the shop and
 * those of PayPal. Random bytes come from a stream for each length, because what the database's driver draws for itself depends
 * on its connections.
 */
export function seedIds(): SeededIds {
  const crypto = createRequire(import.meta.url)('node:crypto') as { randomUUID: unknown; randomBytes: unknown }
  const real = { ...crypto }
  const streams = new Map<number, Random>()
  let seedNow = 0
  const draw = (length: number): Buffer => {
    const stream = streams.get(length) ?? seededRandom(seedNow + length)
    streams.set(length, stream)
    return Buffer.from(Array.from({ length }, () => stream.below(256)))
  }
  const realBytes = real.randomBytes as (length: number, done?: unknown) => Buffer
  crypto.randomUUID = () => asUuid(draw(16))
  crypto.randomBytes = (length: number, done?: unknown) => (done ? realBytes(length, done) : draw(length))
  syncBuiltinESMExports()
  return {
    begin: (seed) => {
      seedNow = seed
      streams.clear()
    },
    restore: () => {
      Object.assign(crypto, { randomUUID: real.randomUUID, randomBytes: real.randomBytes })
      syncBuiltinESMExports()
    },
  }
}

/** Version 4 of RFC 9562, which the columns and the checks of inputs expect. */
function asUuid(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
