import 'server-only'

import { createHash } from 'node:crypto'

import { inTransaction, type Transaction } from '@/db/client'
import type { PaymentAttempt } from '@/db/queries/payment-attempts'
import { findNetwork, rememberNetwork } from '@/db/queries/rate-limits'
import { DECLINE_COST, paymentLimits, START_COST } from '@/lib/domain/payment-limits'
import type { Limit } from '@/lib/domain/rate-limit'
import { getLog } from '@/lib/runtime/log'
import { countCost, countTry, type TryOutcome } from '@/lib/web/rate-limit'

import type { PaymentServices } from './payment-services'

export interface PayerSeen {
  readonly cartId: string
  readonly email: string
  /** As `networkOf` tells it; null when it cannot be told. */
  readonly network: string | null
}

/** Counts the beginning of a payment, in the transaction that begins it. */
export async function countPayment(
  services: Pick<PaymentServices, 'limitsTries'>,
  tx: Transaction,
  payer: PayerSeen,
  cost: number,
): Promise<TryOutcome> {
  return services.limitsTries ? count(tx, payer, cost) : { kind: 'admitted' }
}

/**
 * The worker captures a first approval whether or not the buyer comes back, within a minute. So nobody who has approved is asked
 * to wait for longer than that; how many there can be of them is for the beginnings to limit.
 */
const FIRST_CAPTURE_WITHIN_SECONDS = 60

/**
 * Asks before a capture that a buyer wants. It costs nothing by itself: its beginning is counted, also where a turn has let that in
 * over the brim, and so will be a decline. But whoever has been declined too often, or begins from where others have, waits before
 * PayPal is asked again.
 */
export async function admitCapture(
  { db, limitsTries }: Pick<PaymentServices, 'db' | 'limitsTries'>,
  { cartId, snapshot, captureSeq }: PaymentAttempt,
  network: string | null,
): Promise<TryOutcome> {
  if (!limitsTries) return { kind: 'admitted' }
  const payer = { cartId, email: snapshot.email, network }
  return inTransaction(db, (tx) =>
    captureSeq === 0 ? count(tx, payer, -START_COST, FIRST_CAPTURE_WITHIN_SECONDS) : count(tx, payer, 0),
  )
}

async function count(tx: Transaction, payer: PayerSeen, cost: number, within?: number): Promise<TryOutcome> {
  const { cartId, network } = payer
  if (network !== null) await rememberNetwork(tx, cartId, hash(network))
  const tried = { limits: limitsFor(payer), caller: cartId, cost }
  const outcome = await countTry(tx, within === undefined ? tried : { ...tried, within })
  if (outcome.kind === 'slow_down') {
    const { retryAfterSeconds } = outcome
    getLog().warn({ network, cartId, retryAfterSeconds }, 'a payment was asked to wait')
  }
  return outcome
}

/** PayPal has declined: the next try is the dearer for it, also from the network where the buyer was last seen. */
export async function countDecline(
  { db, limitsTries }: Pick<PaymentServices, 'db' | 'limitsTries'>,
  { cartId, snapshot }: PaymentAttempt,
): Promise<void> {
  if (!limitsTries) return
  const networkHash = await findNetwork(db, cartId)
  const limits = paymentLimits({ cartId, emailHash: hash(snapshot.email), networkHash })
  await inTransaction(db, (tx) => countCost(tx, limits, DECLINE_COST))
}

function limitsFor({ cartId, email, network }: PayerSeen): Limit[] {
  return paymentLimits({ cartId, emailHash: hash(email), networkHash: network === null ? null : hash(network) })
}

/** Enough to count by; the rows are gone after a day. */
function hash(text: string): string {
  return createHash('sha256').update(`limit:${text.toLowerCase()}`).digest('base64url')
}
