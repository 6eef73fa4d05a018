import { z } from 'zod'

import { Address } from './address'
import { DISCOUNT_CODE } from './discount-code'

/**
 * One mailbox, written plainly. Lists, quotes, comments and control characters are refused: they are how one address
 * is made to look like another (CVE-2022-35924 and its kin).
 */
export const Email = z
  .string()
  .trim()
  .min(1, 'Enter your e-mail address.')
  .max(254, 'This e-mail address is too long.')
  .pipe(z.email('Enter an e-mail address like name@example.com.'))
  // RFC 5321, 4.5.3.1.1: what stands before the @ has at most 64 characters.
  .refine((address) => address.indexOf('@') <= 64, 'This e-mail address is too long.')
  .transform((address) => address.toLowerCase())

export const DeliveryMethodId = z.coerce
  .number('Choose a delivery method.')
  .int('Choose a delivery method.')
  .positive('Choose a delivery method.')
  .max(2_147_483_647, 'Choose a delivery method.')

/** The sealed checkout cookie: whatever has been filled in so far. */
export const CheckoutDraft = z.object({
  version: z.literal(1),
  email: z.string().max(254).nullable(),
  address: z
    .object({
      name: z.string().max(120),
      line1: z.string().max(120),
      line2: z.string().max(120),
      city: z.string().max(80),
      region: z.string().max(40),
      postalCode: z.string().max(20),
      country: z.string().max(2),
    })
    .nullable(),
  deliveryMethodId: z.int().positive().nullable(),
  discountCode: z.string().regex(DISCOUNT_CODE).optional(),
})
export type CheckoutDraft = z.infer<typeof CheckoutDraft>

export const EMPTY_CHECKOUT_DRAFT: CheckoutDraft = {
  version: 1,
  email: null,
  address: null,
  deliveryMethodId: null,
}

/** Everything a payment needs to know about the buyer. */
export const CheckoutDetails = z.object({
  email: Email,
  address: Address,
  deliveryMethodId: DeliveryMethodId,
})
export type CheckoutDetails = z.infer<typeof CheckoutDetails>

/** The three steps and the review, in order. */
export const CHECKOUT_STEPS = ['contact', 'address', 'delivery', 'review'] as const
export type CheckoutStep = (typeof CHECKOUT_STEPS)[number]

/** The first step that still needs the shopper; `review` when all is there. Drafts from an older cookie are re-checked. */
export function firstOpenStep(draft: CheckoutDraft): CheckoutStep {
  if (!Email.safeParse(draft.email ?? '').success) return 'contact'
  if (draft.address === null || !Address.safeParse(draft.address).success) return 'address'
  if (draft.deliveryMethodId === null) return 'delivery'
  return 'review'
}

/** The draft as details, or null while a step is open. */
export function completeDetails(draft: CheckoutDraft): CheckoutDetails | null {
  const parsed = CheckoutDetails.safeParse(draft)
  return parsed.success ? parsed.data : null
}
