/**
 * Longer than PayPal usually takes to deliver, and shorter than somebody would want not to know: it repeats what was not taken
 * for three days, and is asked for its events every quarter of an hour meanwhile.
 */
export const SILENCE_MINUTES = 30

/**
 * Since when PayPal has said nothing although there was something to tell; null while all is well. `firstPaymentSince`: the first
 * payment after the last event that came to our door, of which PayPal must have told; null for none.
 */
export function silentSince(firstPaymentSince: Date | null, now: Date): Date | null {
  if (firstPaymentSince === null) return null
  return now.getTime() - firstPaymentSince.getTime() >= SILENCE_MINUTES * 60_000 ? firstPaymentSince : null
}
