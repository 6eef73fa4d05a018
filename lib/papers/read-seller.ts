import 'server-only'

import type { Queryable } from '@/db/client'
import { readShopSettings } from '@/db/queries/shop-settings'
import { findTaxRegistration } from '@/db/queries/tax-settings'
import { addressLines } from '@/lib/domain/address'
import type { PaperSeller } from '@/lib/domain/invoice'

/** Who sells to a buyer in this country; null while the shop's settings have no address. */
export async function readSeller(db: Queryable, country: string): Promise<PaperSeller | null> {
  const settings = await readShopSettings(db)
  if (settings.addressLine1 === '' || settings.addressCountry === '') return null
  const [name = '', ...lines] = addressLines({
    name: settings.legalName || settings.name,
    line1: settings.addressLine1,
    line2: settings.addressLine2,
    city: settings.addressCity,
    region: settings.addressRegion,
    postalCode: settings.addressPostalCode,
    country: settings.addressCountry,
  })
  return {
    shopName: settings.name,
    name,
    addressLines: lines,
    email: settings.contactEmail,
    taxId: (await findTaxRegistration(db, country)) ?? settings.taxId,
  }
}
