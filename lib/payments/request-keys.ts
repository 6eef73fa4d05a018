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

export function refundKey(refundId: string): string {
  return `r-${refundId}`
}
