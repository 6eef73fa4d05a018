import 'server-only'

import { z } from 'zod'

import { getDatabase } from '@/db/client'
import { listServedCountries } from '@/db/queries/shop'
import { Address } from '@/lib/domain/address'
import { DeliveryMethodId, Email } from '@/lib/domain/checkout'
import { readCart } from '@/lib/web/cart-cookie'
import { readCheckoutDraft, saveCheckoutDraft } from '@/lib/web/checkout-cookie'

import { quoteCheckout } from './quote-checkout'

export type SaveOutcome =
  | { readonly kind: 'saved' }
  /** A message for each wrong field, in the order in which they stand on the page. */
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> }

type Values = Readonly<Record<string, string>>

export async function saveContact(values: Values): Promise<SaveOutcome> {
  const parsed = z.object({ email: Email }).safeParse(values)
  if (!parsed.success) return invalid(parsed.error)
  await saveCheckoutDraft({ ...(await readCheckoutDraft()), email: parsed.data.email })
  return { kind: 'saved' }
}

export async function saveAddress(values: Values): Promise<SaveOutcome> {
  const parsed = Address.safeParse(values)
  if (!parsed.success) return invalid(parsed.error)
  const served = await listServedCountries(getDatabase())
  if (!served.includes(parsed.data.country)) {
    return { kind: 'invalid', errors: { country: 'We do not deliver to this country yet. Choose another.' } }
  }
  await saveCheckoutDraft({ ...(await readCheckoutDraft()), address: parsed.data })
  return { kind: 'saved' }
}

export async function saveDelivery(values: Values): Promise<SaveOutcome> {
  const parsed = DeliveryMethodId.safeParse(values['deliveryMethodId'] || undefined)
  const draft = await readCheckoutDraft()
  const quote = await quoteCheckout(getDatabase(), await readCart(), draft)
  const choice = quote.choices.find((known) => parsed.success && known.methodId === parsed.data)
  if (!choice) return { kind: 'invalid', errors: { deliveryMethodId: 'Choose one of these delivery methods.' } }
  await saveCheckoutDraft({ ...draft, deliveryMethodId: choice.methodId })
  return { kind: 'saved' }
}

/** The first message of each field. */
function invalid(error: z.ZodError): SaveOutcome {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) errors[String(issue.path[0])] ??= issue.message
  return { kind: 'invalid', errors }
}
