import type { Limit } from './rate-limit'

/** Who wants to begin a payment. E-mail and network are hashed: the keys outlive the request. */
export interface Payer {
  readonly cartId: string
  readonly emailHash: string
  /** Null when it cannot be told. */
  readonly networkHash: string | null
}

/**
 * How often payments may be begun before the shop asks for patience. A person needs one to three; testers of stolen cards need
 * hundreds, and change cart and e-mail with each. A network may be a whole campus behind one address, so it has a high ceiling.
 */
export function paymentLimits({ cartId, emailHash, networkHash }: Payer): Limit[] {
  return [
    { key: `pay:cart:${cartId}`, capacity: 8, perHour: 60 },
    { key: `pay:email:${emailHash}`, capacity: 20, perHour: 60 },
    ...(networkHash === null ? [] : [{ key: `pay:network:${networkHash}`, capacity: 200, perHour: 1200 }]),
  ]
}

/** A payment that is begun. One that is under way and is asked for again costs nothing. */
export const START_COST = 1
/** A decline is what testers get most and buyers seldom. */
export const DECLINE_COST = 3
