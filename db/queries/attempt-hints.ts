import { and, eq, inArray, lte, or, ne, sql } from 'drizzle-orm'

import { WOKEN_STATES } from '@/lib/domain/payment-driver'

import type { Queryable, Transaction } from '../client'
import { paymentAttempts } from '../schema/payments'
import { refunds } from '../schema/refunds'
import { LEASE, WATCH, type PaymentAttempt } from './payment-attempts'

/**
 * Has the worker look soon at what PayPal has told of. Where a buyer or a worker may be in the middle of it, they get
 * `patienceSeconds`: PayPal tells of an approval before it lets the buyer go.
 */
export async function wakeForHint(
  tx: Transaction,
  hint: { readonly paypalOrderId: string | null; readonly paypalCaptureId: string | null },
  patienceSeconds: number,
): Promise<void> {
  if (hint.paypalOrderId !== null) {
    const soon = sql`now() + make_interval(secs => ${patienceSeconds})`
    await tx
      .update(paymentAttempts)
      .set({
        nextActionAt: sql`case when ${paymentAttempts.state} in ('created', 'capturing')
          then least(${paymentAttempts.nextActionAt}, ${soon}) else now() end`,
        watchUntil: sql`now() + ${WATCH}`,
      })
      .where(and(eq(paymentAttempts.paypalOrderId, hint.paypalOrderId), inArray(paymentAttempts.state, WOKEN_STATES)))
  }
  if (hint.paypalCaptureId !== null) {
    await tx
      .update(refunds)
      .set({ nextActionAt: sql`now()` })
      .where(and(eq(refunds.paypalCaptureId, hint.paypalCaptureId), eq(refunds.state, 'sent')))
  }
}

export type HintedAttempt =
  /** Leased to the caller. */
  | { readonly kind: 'claimed'; readonly attempt: PaymentAttempt }
  /** Somebody is capturing at this moment. */
  | { readonly kind: 'busy' }
  /** An order or a refund: nothing can come of another look. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'none' }

/** The attempt of a PayPal order, to be looked at now, whatever time it was to be looked at. */
export async function claimHintedAttempt(db: Queryable, paypalOrderId: string): Promise<HintedAttempt> {
  const [attempt] = await db
    .update(paymentAttempts)
    .set({ nextActionAt: sql`now() + ${LEASE}`, tries: sql`${paymentAttempts.tries} + 1` })
    .where(
      and(
        eq(paymentAttempts.paypalOrderId, paypalOrderId),
        inArray(paymentAttempts.state, WOKEN_STATES),
        or(ne(paymentAttempts.state, 'capturing'), lte(paymentAttempts.nextActionAt, sql`now()`)),
      ),
    )
    .returning()
  if (attempt) return { kind: 'claimed', attempt }
  const [row] = await db
    .select({ state: paymentAttempts.state })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.paypalOrderId, paypalOrderId))
  if (!row) return { kind: 'none' }
  return { kind: WOKEN_STATES.includes(row.state) ? 'busy' : 'settled' }
}
