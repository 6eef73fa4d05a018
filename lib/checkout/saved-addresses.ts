import 'server-only'

import { getDatabase } from '@/db/client'
import { listServedCountries } from '@/db/queries/shop'
import { Address } from '@/lib/domain/address'
import { addAddress, getAddress, getAddresses, type SavedAddress } from '@/lib/members/address-book'
import { readCheckoutDraft, saveCheckoutDraft } from '@/lib/web/checkout-cookie'
import { getCurrentMember } from '@/lib/web/current-member'

/** The member's addresses that the shop delivers to, the default first; null for a guest. */
export async function listCheckoutAddresses(): Promise<SavedAddress[] | null> {
  const member = await getCurrentMember()
  if (!member) return null
  const served = await listServedCountries(getDatabase())
  return (await getAddresses(getDatabase(), member)).filter(({ country }) => served.includes(country))
}

/** Fills the checkout in with an address from the book. False for somebody else's, or one that is gone. */
export async function takeSavedAddress(addressId: string): Promise<boolean> {
  const member = await getCurrentMember()
  const saved = member ? await getAddress(getDatabase(), member, addressId) : null
  const address = Address.safeParse(saved)
  if (address.success) await saveCheckoutDraft({ ...(await readCheckoutDraft()), address: address.data })
  return address.success
}

/** Puts the checkout's address into the book, if there is one and room in it. */
export async function keepDraftAddress(): Promise<void> {
  const member = await getCurrentMember()
  const address = Address.safeParse((await readCheckoutDraft()).address)
  if (member && address.success) await addAddress(getDatabase(), member, address.data)
}
