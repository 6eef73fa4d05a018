/** The page of a payment without a definite answer. It is shown to its buyer only. */
export function waitPath(paypalOrderId: string): string {
  return `/checkout/wait?token=${paypalOrderId}`
}
