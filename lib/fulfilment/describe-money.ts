import type { Refund } from '@/db/queries/refunds'

/** What has become of the money that an act was to give back. `on_its_way`: PayPal has it, or is asked until it answers. */
export type MoneySent = 'on_its_way' | 'refused' | 'nothing_left'

/** `refund` as it is after it was sent; null when there was nothing to give. */
export function describeMoney(refund: Pick<Refund, 'state'> | null): MoneySent {
  if (!refund) return 'nothing_left'
  return refund.state === 'failed' ? 'refused' : 'on_its_way'
}
