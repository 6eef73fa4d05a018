import 'server-only'

import { getDatabase } from '@/db/client'
import { readShopSettings } from '@/db/queries/shop-settings'
import { addressLines } from '@/lib/domain/address'

export interface ShopContact {
  /** Empty for none. */
  readonly email: string
  /** Line by line: name, address, tax number; what is not set is left out. */
  readonly seller: readonly string[]
}

export async function getContact(): Promise<ShopContact> {
  const settings = await readShopSettings(getDatabase())
  const { addressLine1, addressLine2, addressCity, addressRegion, addressPostalCode, addressCountry } = settings
  const address = addressLines({
    name: settings.legalName,
    line1: addressLine1,
    line2: addressLine2,
    city: addressCity,
    region: addressRegion,
    postalCode: addressPostalCode,
    country: addressCountry,
  })
  const isKnown = addressLine1 !== '' && addressCity !== '' && addressCountry !== ''
  return {
    email: settings.contactEmail,
    seller: [...(isKnown ? address : [settings.legalName]), settings.taxId].filter((line) => line !== ''),
  }
}
