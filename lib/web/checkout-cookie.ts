import 'server-only'

import { CheckoutDraft, EMPTY_CHECKOUT_DRAFT } from '@/lib/domain/checkout'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

/** A day: long enough to come back after lunch, short enough for a shared computer. */
const CHECKOUT: SealedCookie<CheckoutDraft> = {
  name: 'cartwright_checkout',
  schema: CheckoutDraft,
  maxAgeSeconds: 60 * 60 * 24,
}

/** What has been filled in so far. */
export async function readCheckoutDraft(): Promise<CheckoutDraft> {
  return (await readSealed(CHECKOUT)) ?? EMPTY_CHECKOUT_DRAFT
}

export async function saveCheckoutDraft(draft: CheckoutDraft): Promise<void> {
  await writeSealed(CHECKOUT, draft)
}
