import 'server-only'

import { createHash } from 'node:crypto'

import { inTransaction, type Transaction } from '@/db/client'
import type { PaymentAttempt } from '@/db/queries/payment-attempts'
import { DECLINE_COST, paymentLimits } from '@/lib/domain/payment-limits'
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
  if (!services.limitsTries) return { kind: 'admitted' }
  const outcome = await countTry(tx, { limits: limitsFor(payer), caller: payer.cartId, cost })
  if (outcome.kind === 'slow_down') {
    const { retryAfterSeconds } = outcome
    getLog().warn({ network: payer.network, cartId: payer.cartId, retryAfterSeconds }, 'a payment was asked to wait')
  }
  return outcome
}

/** PayPal has declined: the next beginning is the dearer for it. */
export async function countDecline(
  { db, limitsTries }: Pick<PaymentServices, 'db' | 'limitsTries'>,
  attempt: PaymentAttempt,
  network: string | null,
): Promise<void> {
  if (!limitsTries) return
  const limits = limitsFor({ cartId: attempt.cartId, email: attempt.snapshot.email, network })
  await inTransaction(db, (tx) => countCost(tx, limits, DECLINE_COST))
}

function limitsFor({ cartId, email, network }: PayerSeen): Limit[] {
  return paymentLimits({ cartId, emailHash: hash(email), networkHash: network === null ? null : hash(network) })
}

/** Enough to count by; the rows are gone after a day. */
function hash(text: string): string {
  return createHash('sha256').update(`limit:${text.toLowerCase()}`).digest('base64url')
}
