import { refundReference, type SentRefund } from '@/lib/domain/refund'

/**
 * PayPal-Request-Ids. Each is a function of our own row, so that a repeat after a crash asks for the same thing again
 * rather than for a second one.
 */
export function createOrderKey(attemptId: string): string {
  return `c-${attemptId}`
}

/** A new sequence number after a decline: under the old key PayPal replays the decline. */
export function captureKey(attemptId: string, captureSeq: number): string {
  return `k-${attemptId}-${captureSeq}`
}

/** One key for each time that a refund is taken up again: under the old one PayPal replays what it said. */
export function refundKey(refund: SentRefund): string {
  return `r-${refundReference(refund)}`
}
