import 'server-only'

import { randomBytes } from 'node:crypto'

import { z } from 'zod'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const Buyer = z.object({
  version: z.literal(1),
  /** 256 random bits: whoever has them began the payments that carry their hash. */
  buyerKey: z.string().min(40).max(64),
  /** The cart whose payment has begun, so that an edit knows to end it first. */
  payingCartId: z.uuid().nullable(),
})
export type Buyer = z.infer<typeof Buyer>

/** Receipts stay open in this browser for as long. */
const BUYER: SealedCookie<Buyer> = { name: 'cartwright_buyer', schema: Buyer, maxAgeSeconds: 60 * 60 * 24 * 180 }

/** Null for a browser that has never begun a payment. */
export async function readBuyer(): Promise<Buyer | null> {
  return readSealed(BUYER)
}

/** Names the browser when a payment begins, and notes which cart is being paid. */
export async function beginAsBuyer(payingCartId: string): Promise<Buyer> {
  const known = await readBuyer()
  const buyerKey = known?.buyerKey ?? randomBytes(32).toString('base64url')
  const buyer: Buyer = { version: 1, buyerKey, payingCartId }
  await writeSealed(BUYER, buyer)
  return buyer
}

/** No payment is under way any more. */
export async function stopPaying(): Promise<void> {
  const known = await readBuyer()
  if (known?.payingCartId) await writeSealed(BUYER, { ...known, payingCartId: null })
}
