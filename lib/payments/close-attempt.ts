import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { lockAttempt, moveAttempt, type PaymentAttempt } from '@/db/queries/payment-attempts'
import { releaseHolds } from '@/db/queries/stock'
import type { CloseReason } from '@/lib/domain/payment'
import { mayClose, type Closer, type DrivenAttempt } from '@/lib/domain/payment-driver'
import { queueMail } from '@/lib/mail/queue-mail'

export interface Closing {
  /** Decides from which states: a driver that is late must not undo what another has decided. */
  readonly by: Closer
  readonly reason: CloseReason
  readonly issue?: string
  /** With an answer of PayPal's: the attempt as it was read before that was asked for. */
  readonly read?: DrivenAttempt
}

/** K7', final: ends an attempt without money and gives its stock back, both or neither. True when this call did it. */
export async function closeAttempt(db: Database, attemptId: string, closing: Closing): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt || !mayClose(attempt, closing.by, closing.read)) return false
    await closeLockedAttempt(tx, attempt, closing)
    return true
  })
}

/** The same within the caller's transaction, on an attempt it has locked. */
export async function closeLockedAttempt(
  tx: Transaction,
  attempt: PaymentAttempt,
  { reason, issue }: Pick<Closing, 'reason' | 'issue'>,
): Promise<void> {
  await moveAttempt(tx, attempt.id, {
    state: 'closed',
    closeReason: reason,
    lastIssue: issue ?? null,
    paypalOrderKnown: attempt.paypalOrderId !== null,
  })
  await releaseHolds(tx, attempt.id)
  // The buyer was told to wait for PayPal's decision and has left.
  if (attempt.state === 'pending') {
    const { id, snapshot } = attempt
    await queueMail(tx, { kind: 'payment_failed', attemptId: id }, { to: snapshot.email, about: id })
  }
}
