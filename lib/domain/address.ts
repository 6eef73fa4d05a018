import { z } from 'zod'

import { COUNTRIES } from './country'
import { firstMessages } from './first-messages'

/** Control characters and line breaks have no place in a label; PayPal and carriers refuse them. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/

const text = (label: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, `Enter ${label}.`)
    .max(max, `Keep this under ${max} characters.`)
    .refine((value) => !CONTROL.test(value), 'Remove line breaks and special control characters.')

const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Keep this under ${max} characters.`)
    .refine((value) => !CONTROL.test(value), 'Remove line breaks and special control characters.')
    .default('')

/** Upper case, single spaces, and the inner space a British postcode is written with. */
export function normalisePostalCode(country: string, typed: string): string {
  const tidy = typed.trim().toUpperCase().replaceAll(/\s+/g, ' ')
  if (country !== 'GB') return tidy
  const joined = tidy.replaceAll(' ', '')
  return joined.length > 3 ? `${joined.slice(0, -3)} ${joined.slice(-3)}` : joined
}

/**
 * A delivery address. Lengths are PayPal's (name 300, lines 300, city 120, postal code 60) or tighter.
 * Messages are for the shopper and stand beside the field they name.
 */
export const Address = z
  .object({
    name: text('the full name', 120),
    line1: text('the street and number', 120),
    line2: optionalText(120),
    city: text('the town or city', 80),
    region: optionalText(40),
    postalCode: z.string().trim().max(20, 'Keep this under 20 characters.'),
    country: z.string().refine((code) => Object.hasOwn(COUNTRIES, code), 'Choose a country we deliver to.'),
  })
  .transform((address) => ({
    ...address,
    postalCode: normalisePostalCode(address.country, address.postalCode),
    region: Object.keys(COUNTRIES[address.country]?.regions ?? {}).length > 0 ? address.region : '',
  }))
  .superRefine((address, context) => {
    const format = COUNTRIES[address.country]
    if (!format) return
    const label = insideSentence(format.postalCodeLabel)
    if (address.postalCode === '') {
      context.addIssue({ code: 'custom', path: ['postalCode'], message: `Enter the ${label}.` })
    } else if (!format.postalCode.test(address.postalCode)) {
      const message = `Enter a valid ${label} for ${format.name}, like ${format.postalCodeExample}.`
      context.addIssue({ code: 'custom', path: ['postalCode'], message })
    }
    if (format.regionLabel && !Object.hasOwn(format.regions, address.region)) {
      context.addIssue({
        code: 'custom',
        path: ['region'],
        message: `Choose a ${format.regionLabel.toLowerCase()}.`,
      })
    }
  })
export type Address = z.infer<typeof Address>

export type ParsedAddress =
  | { readonly kind: 'address'; readonly address: Address }
  /** A message for each wrong field. */
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> }

/** An address wherever it is, or what is wrong with each field. */
export function parseAddress(values: Readonly<Record<string, string>>): ParsedAddress {
  const parsed = Address.safeParse(values)
  if (parsed.success) return { kind: 'address', address: parsed.data }
  const filledIn = Address.safeParse({ ...values, ...FILLED_IN })
  return { kind: 'invalid', errors: firstMessages([...parsed.error.issues, ...(filledIn.error?.issues ?? [])]) }
}

/** Postal code and region are judged once all else is well-formed; with these filled in they are judged at once. */
const FILLED_IN = { name: 'x', line1: 'x', line2: '', city: 'x' }

/** "Postal code" -> "postal code"; "ZIP code" and "Eircode" are names. */
function insideSentence(label: string): string {
  return /^(ZIP|Eircode)/.test(label) ? label : label.toLowerCase()
}

/** The lines of an address label, in the order a carrier reads them. */
export function addressLines(address: Address): string[] {
  const region = COUNTRIES[address.country]?.regions[address.region] ? address.region : ''
  const place =
    address.country === 'US'
      ? `${address.city}, ${region} ${address.postalCode}`
      : address.country === 'GB' || address.country === 'IE'
        ? `${address.city} ${address.postalCode}`
        : `${address.postalCode} ${address.city}`
  return [
    address.name,
    address.line1,
    address.line2,
    place,
    COUNTRIES[address.country]?.name ?? address.country,
  ].filter((line) => line !== '')
}
