import type { ZoneOutcome } from '@/lib/admin/settings/delivery'
import { countryName } from '@/lib/domain/country'
import type { DeliveryRate } from '@/lib/domain/delivery'
import { formatMoney, type Currency } from '@/lib/domain/money'

import { changedText } from '../settings-texts'

/** What was refused, each beside the field that it is about. */
export function refusalErrors(outcome: Exclude<ZoneOutcome, { kind: 'saved' }>): Record<string, string> {
  switch (outcome.kind) {
    case 'changed_meanwhile':
      return { form: changedText(outcome.by) }
    case 'not_found':
      return { form: 'This is not there any more. Reload the page.' }
    case 'name_taken':
      return { name: 'There is one of this name already.' }
    case 'countries_taken':
      return {
        countries: `${outcome.taken.map(({ country, zone }) => `${countryName(country)} is in ${zone}`).join(', ')}. Take it out there first.`,
      }
  }
}

/** "6.90, free from 75.00" as people say it. */
export function rateText(rate: DeliveryRate, currency: Currency): string {
  const money = (minor: number) => formatMoney({ minor, currency })
  switch (rate.kind) {
    case 'flat':
      return rate.priceMinor === 0 ? 'Free' : money(rate.priceMinor)
    case 'free_above':
      return `${money(rate.priceMinor)}, free from ${money(rate.freeFromMinor)}`
    case 'by_weight':
      return rate.bands
        .map(({ upToGrams, priceMinor }) => `to ${weightText(upToGrams)} ${money(priceMinor)}`)
        .join(' · ')
  }
}

function weightText(grams: number): string {
  return grams % 1_000 === 0 ? `${(grams / 1_000).toLocaleString('en')} kg` : `${grams.toLocaleString('en')} g`
}
