export const RETRIES_MAX = 25
const ALL_RETRIES_MS = 3 * 24 * 3_600_000

/**
 * When the n-th retry (1 to 25) is due, in milliseconds after the first try; null when there are no more.
 * PayPal says only "up to 25 times over 3 days". Ours start after 17 seconds and grow: 2, 7, 18, 35 minutes ... 3 days.
 */
export function retryOffsetMs(retry: number, scale: number): number | null {
  return retry > RETRIES_MAX ? null : ALL_RETRIES_MS * (retry / RETRIES_MAX) ** 3 * scale
}
