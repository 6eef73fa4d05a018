import 'server-only'

import { z } from 'zod'

import { getDatabase } from '@/db/client'
import { listServedCountries } from '@/db/queries/shop'
import { parseAddress, type ParsedAddress } from '@/lib/domain/address'
import { CheckoutDraft, DeliveryMethodId, Email } from '@/lib/domain/checkout'
import { firstMessages } from '@/lib/domain/first-messages'
import { readCart } from '@/lib/web/current-cart'
import { readCheckoutDraft, saveCheckoutDraft } from '@/lib/web/checkout-cookie'

import { quoteCheckout } from './quote-checkout'

export type SaveOutcome = { readonly kind: 'saved' } | Invalid

/** A message for each wrong field, in the order in which they stand on the page. */
interface Invalid {
  readonly kind: 'invalid'
  readonly errors: Readonly<Record<string, string>>
}

type Values = Readonly<Record<string, string>>

export async function saveContact(values: Values): Promise<SaveOutcome> {
  const parsed = z.object({ email: Email }).safeParse(values)
  if (!parsed.success) {
    await keepTyped({ email: values['email'] ?? null })
    return { kind: 'invalid', errors: firstMessages(parsed.error.issues) }
  }
  await saveCheckoutDraft({ ...(await readCheckoutDraft()), email: parsed.data.email })
  return { kind: 'saved' }
}

export async function saveAddress(values: Values): Promise<SaveOutcome> {
  const parsed = await parseAddressForm(values)
  if (parsed.kind === 'invalid') {
    await keepTyped({ address: values })
    return parsed
  }
  await saveCheckoutDraft({ ...(await readCheckoutDraft()), address: parsed.address })
  return { kind: 'saved' }
}

/** Keeps an address as far as it is typed, and judges nothing of it. */
export async function keepTypedAddress(values: Values): Promise<SaveOutcome> {
  await keepTyped({ address: values })
  return { kind: 'invalid', errors: {} }
}

/** An address the shop delivers to, or what is wrong with each field. */
export async function parseAddressForm(values: Values): Promise<ParsedAddress> {
  const parsed = parseAddress(values)
  if (parsed.kind === 'invalid') return parsed
  const served = await listServedCountries(getDatabase())
  return served.includes(parsed.address.country)
    ? parsed
    : { kind: 'invalid', errors: { country: 'We do not deliver to this country yet. Choose another.' } }
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

/** What was typed outlives a reload even when it is wrong. A draft is checked again wherever it is read. */
async function keepTyped(typed: { email: string | null } | { address: Values }): Promise<void> {
  const draft = CheckoutDraft.safeParse({ ...(await readCheckoutDraft()), ...typed })
  if (draft.success) await saveCheckoutDraft(draft.data)
}
