import { z } from 'zod'

import { COUNTRIES } from './country'
import { oneLine } from './one-line'
import { fieldErrors } from './shop-details'
import type { TaxRate } from './tax'

/** "8.875" or "8,875" percent in parts per million; null for anything else. */
export function parsePercent(typed: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(typed.trim().replace(/\s*%$/, ''))
  if (!match) return null
  const ppm = Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'))
  return ppm <= 1_000_000 ? ppm : null
}

/** 88750 -> "8.875". */
export function writePercent(ratePpm: number): string {
  const fraction = String(ratePpm % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${Math.floor(ratePpm / 10_000)}${fraction === '' ? '' : `.${fraction}`}`
}

const Rate = z.object({
  country: z.string().refine((code) => Object.hasOwn(COUNTRIES, code), 'Choose a country.'),
  label: z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(1, 'Say what invoices call it, such as VAT 19 %.').max(40, 'Keep this under 40 characters.')),
})

export type TaxFields = Readonly<
  Record<'country' | 'region' | 'label' | 'percent' | 'pricesInclude' | 'appliesToDelivery', string>
>

/** Reads the form of a rate. An empty region is the whole country. */
export function parseTaxForm(
  fields: TaxFields,
):
  | { readonly kind: 'parsed'; readonly value: TaxRate }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> } {
  const rate = Rate.safeParse(fields)
  const region = fields.region.trim().toUpperCase()
  const ratePpm = parsePercent(fields.percent)
  const errors: Record<string, string> = rate.success ? {} : fieldErrors(rate.error)
  if (ratePpm === null) errors['percent'] = 'Write a percentage, such as 19 or 8.875.'
  const country = COUNTRIES[fields.country]
  if (country && region !== '' && !Object.hasOwn(country.regions, region)) {
    const regions = Object.keys(country.regions)
    errors['region'] =
      regions.length === 0
        ? `Addresses in ${country.name} have no region: leave this empty.`
        : `Write the code of a ${country.regionLabel?.toLowerCase() ?? 'region'}, such as ${regions[0]}.`
  }
  if (!rate.success || ratePpm === null || errors['region']) return { kind: 'invalid', errors }
  return {
    kind: 'parsed',
    value: {
      ...rate.data,
      region: region === '' ? null : region,
      ratePpm,
      pricesInclude: fields.pricesInclude === '1',
      appliesToDelivery: fields.appliesToDelivery === '1',
    },
  }
}

const Registration = z.object({
  country: z.string().refine((code) => Object.hasOwn(COUNTRIES, code), 'Choose a country.'),
  taxId: z
    .string()
    .transform(oneLine)
    .pipe(
      z
        .string()
        .min(1, 'Write the number as invoices print it, such as VAT ID IE 1234567 AB.')
        .max(60, 'Keep this under 60 characters.'),
    ),
})

/** Reads the form of the shop's number in a country. */
export function parseRegistrationForm(
  fields: Readonly<Record<'country' | 'taxId', string>>,
):
  | { readonly kind: 'parsed'; readonly value: { readonly country: string; readonly taxId: string } }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> } {
  const read = Registration.safeParse(fields)
  return read.success ? { kind: 'parsed', value: read.data } : { kind: 'invalid', errors: fieldErrors(read.error) }
}
