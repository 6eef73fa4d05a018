import 'server-only'

import type { Transaction } from '@/db/client'
import { findCapture } from '@/db/queries/captures'
import { findOrderEmail } from '@/db/queries/orders'
import { findAttempt } from '@/db/queries/payment-attempts'
import { listRefundsOfCapture, type Refund } from '@/db/queries/refunds'
import type { Currency } from '@/lib/domain/money'
import { isAutomatic } from '@/lib/domain/refund'
import { queueMail } from '@/lib/mail/queue-mail'

/**
 * Tells the buyer, in the transaction that completes a refund, that money is on its way back. Not of a reversal: the buyer has
 * asked PayPal or the bank for that, and hears of it from them.
 */
export async function mailRefund(tx: Transaction, refund: Refund, currency: Currency): Promise<void> {
  const { id, orderId, amountMinor, reason } = refund
  if (reason === 'reversal') return
  if (orderId !== null) {
    const to = (await findOrderEmail(tx, orderId)) ?? ''
    return queueMail(tx, { kind: 'refunded', orderId, amountMinor, currency }, { to, about: id })
  }
  const capture = await findCapture(tx, refund.paypalCaptureId)
  const attempt = capture && (await findAttempt(tx, capture.attemptId))
  if (!attempt) throw new Error(`refund ${id} is of no payment`)
  // Why it became no order, whichever refund sends it back.
  const known = await listRefundsOfCapture(tx, refund.paypalCaptureId)
  const cause = known.map((each) => each.reason).find(isAutomatic) ?? null
  return queueMail(
    tx,
    { kind: 'payment_returned', attemptId: attempt.id, amountMinor, currency, reason: cause },
    { to: attempt.snapshot.email, about: id },
  )
}
