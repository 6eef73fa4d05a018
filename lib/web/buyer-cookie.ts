import 'server-only'

import { randomBytes } from 'node:crypto'

import { z } from 'zod'

import { getCurrentMember } from './current-member'
import { ifOfThisMember } from './of-this-member'
import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const Buyer = z.object({
  version: z.literal(1),
  /** 256 random bits: whoever has them began the payments that carry their hash. */
  buyerKey: z.string().min(40).max(64),
  /** The cart whose payment has begun, so that an edit knows to end it first. */
  payingCartId: z.uuid().nullable(),
  /** The cart that was bought last, so that a page that was left open leads to its receipt. */
  boughtCartId: z.uuid().nullable().default(null),
  /** Who was signed in; null for a guest. */
  memberId: z.uuid().nullable().default(null),
})
export type Buyer = z.infer<typeof Buyer>

/** Receipts stay open in this browser for as long. */
const BUYER: SealedCookie<Buyer> = { name: 'cartwright_buyer', schema: Buyer, maxAgeSeconds: 60 * 60 * 24 * 180 }

/**
 * Null for a browser that has never begun a payment. What a member began is there for that member only: on a device that
 * was signed out from elsewhere the cookie opens nothing.
 */
export async function readBuyer(): Promise<Buyer | null> {
  return ifOfThisMember(await readSealed(BUYER))
}

/** Names the browser when a payment begins, and notes which cart is being paid. */
export async function beginAsBuyer(payingCartId: string): Promise<Buyer> {
  const known = await readBuyer()
  const buyerKey = known?.buyerKey ?? randomBytes(32).toString('base64url')
  const memberId = (await getCurrentMember())?.memberId ?? null
  const boughtCartId = known?.boughtCartId ?? null
  const buyer: Buyer = { version: 1, buyerKey, payingCartId, boughtCartId, memberId }
  await writeSealed(BUYER, buyer)
  return buyer
}

/** The payment has become an order. */
export async function rememberBought(boughtCartId: string): Promise<void> {
  const known = await readBuyer()
  if (known) await writeSealed(BUYER, { ...known, payingCartId: null, boughtCartId })
}

/** No payment is under way any more. */
export async function stopPaying(): Promise<void> {
  const known = await readBuyer()
  if (known?.payingCartId) await writeSealed(BUYER, { ...known, payingCartId: null })
}

/** What this browser began as a guest is the member's from now on. */
export async function giveBuyerTo(memberId: string): Promise<void> {
  const known = await readSealed(BUYER)
  if (known?.memberId === null) await writeSealed(BUYER, { ...known, memberId })
}
