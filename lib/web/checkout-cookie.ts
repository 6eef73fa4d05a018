import 'server-only'

import { z } from 'zod'

import { CheckoutDraft, EMPTY_CHECKOUT_DRAFT } from '@/lib/domain/checkout'

import { getCurrentMember } from './current-member'
import { ifOfThisMember } from './of-this-member'
import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

/** `memberId`: who was signed in when it was filled in; null for a guest. */
const OwnedDraft = CheckoutDraft.extend({ memberId: z.uuid().nullable().default(null) })
type OwnedDraft = z.infer<typeof OwnedDraft>

/** A day: long enough to come back after lunch, short enough for a shared computer. */
const CHECKOUT: SealedCookie<OwnedDraft> = {
  name: 'cartwright_checkout',
  schema: OwnedDraft,
  maxAgeSeconds: 60 * 60 * 24,
}

/** What has been filled in so far, by a guest or by who is signed in. A member need not type the address we know. */
export async function readCheckoutDraft(): Promise<CheckoutDraft> {
  const held = await ifOfThisMember(await readSealed(CHECKOUT))
  const draft = held ? CheckoutDraft.parse(held) : EMPTY_CHECKOUT_DRAFT
  if (draft.email !== null) return draft
  return { ...draft, email: (await getCurrentMember())?.email ?? null }
}

export async function saveCheckoutDraft(draft: CheckoutDraft): Promise<void> {
  await writeSealed(CHECKOUT, { ...draft, memberId: (await getCurrentMember())?.memberId ?? null })
}

/** The shopper takes the code away, or an order has used it: the next cart begins without one. */
export async function dropDiscountCode(): Promise<void> {
  const { discountCode, ...draft } = await readCheckoutDraft()
  if (discountCode !== undefined) await saveCheckoutDraft(draft)
}

/** What this browser filled in as a guest is the member's from now on. */
export async function giveCheckoutDraftTo(memberId: string): Promise<void> {
  const held = await readSealed(CHECKOUT)
  if (held?.memberId === null) await writeSealed(CHECKOUT, { ...held, memberId })
}
