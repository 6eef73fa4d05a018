import type { CountryFields } from '@/components/checkout/address-form'
import { getServedCountries } from '@/lib/checkout/get-checkout-view'
import { COUNTRIES } from '@/lib/domain/country'

/** The countries the shop delivers to, as an address form needs them. */
export async function listCountryFields(): Promise<CountryFields[]> {
  return (await getServedCountries()).flatMap(toCountryFields)
}

export function toCountryFields({ code, name }: { code: string; name: string }): CountryFields[] {
  const format = COUNTRIES[code]
  if (!format) return []
  return [
    {
      code,
      name,
      postalCodeLabel: format.postalCodeLabel,
      postalCodeExample: format.postalCodeExample,
      numericPostalCode: /^\d+$/.test(format.postalCodeExample),
      regionLabel: format.regionLabel,
      regions: Object.entries(format.regions),
    },
  ]
}
