import { z } from 'zod'

import { parseDecimalString, toDecimalString, type Currency } from './money'
import { ALT_MAX } from './picture-upload'

/** Draft: staff see it alone. Active: it is sold. Archived: it is not sold any more, and orders still tell of it. */
export const PRODUCT_STATES = ['draft', 'active', 'archived'] as const
export type ProductState = (typeof PRODUCT_STATES)[number]

export const NAME_MAX = 200
export const SLUG_MAX = 120
export const SUBTITLE_MAX = 200
export const DESCRIPTION_MAX = 10_000
export const DETAILS_MAX = 30
export const SKU_MAX = 64
/** 9,999,999.99: PayPal takes no more digits in an amount (orders v2, money, 32 characters; in practice seven before the point). */
export const PRICE_MINOR_MAX = 999_999_999
/** A tonne: what is heavier is not sent by post. */
export const WEIGHT_GRAMS_MAX = 1_000_000
export const ON_HAND_MAX = 1_000_000
export const OPTIONS_MAX = 3
export const OPTION_VALUES_MAX = 50
/** All of them are edited in one form, which has to stay below what a form may weigh (lib/web/read-form-body.ts). */
export const VARIANTS_MAX = 100

/** One line of text, none of it unseen. Empty is refused with `missing`. */
const line = (max: number, missing: string) =>
  z
    .string()
    .trim()
    .min(1, missing)
    .max(max, `Keep it under ${max} characters.`)
    .refine((text) => !UNSEEN.test(text), 'There are characters in it that nobody can see. Type it anew.')

// Controls, line breaks, and what turns the writing around.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

export const ProductName = line(NAME_MAX, 'Give it a name.')
export const CategoryName = line(80, 'Give it a name.')
export const OptionName = line(40, 'Give the option a name, such as Size.')
export const OptionValue = line(80, 'Give the value a name.')
/** What a picture shows, for whoever cannot see it: every picture has one. */
export const Alt = line(ALT_MAX, 'Say what the picture shows, for whoever cannot see it.')
export const Subtitle = z.string().trim().max(SUBTITLE_MAX, `Keep it under ${SUBTITLE_MAX} characters.`)
export const Description = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(z.string().max(DESCRIPTION_MAX, `Keep it under ${DESCRIPTION_MAX} characters.`))

export const Slug = z
  .string()
  .trim()
  .min(1, 'Give it an address.')
  .max(SLUG_MAX, `Keep it under ${SLUG_MAX} characters.`)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens only, such as contour-no-14.')

export const Sku = z
  .string()
  .trim()
  .min(1, 'Give it a SKU.')
  .max(SKU_MAX, `Keep it under ${SKU_MAX} characters.`)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'Letters, digits, and - . _ / between them only, such as PRINT-A3.')

export const WeightGrams = wholeNumber(1, WEIGHT_GRAMS_MAX, 'A whole number of grams')
export const OnHand = wholeNumber(0, ON_HAND_MAX, 'A whole number of pieces')

function wholeNumber(min: number, max: number, what: string) {
  const message = `${what}, from ${min} to ${max.toLocaleString('en-US')}.`
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message))
}

/** As typed: `Hello, Wörld No. 2` becomes `hello-world-no-2`. Empty when nothing of it can be in an address. */
export function toSlug(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX - 4)
    .replaceAll(/^-+|-+$/g, '')
}

/** A price as staff type it, in the shop's currency: `28`, `28.5`, `28.50`. Minor units, or what is wrong with it. */
export function parsePrice(typed: string, currency: Currency): { minor: number } | { problem: string } {
  const example = toDecimalString({ minor: 2_850, currency })
  const money = parseDecimalString(typed.trim(), currency)
  if (!money) return { problem: `Write a price in ${currency}, such as ${example}.` }
  if (money.minor <= 0) return { problem: 'A price is more than nothing.' }
  if (money.minor > PRICE_MINOR_MAX) {
    return { problem: `No more than ${toDecimalString({ minor: PRICE_MINOR_MAX, currency })}.` }
  }
  return { minor: money.minor }
}

export interface Detail {
  readonly label: string
  readonly value: string
}

/** Details as staff type them: a line each, `Paper: 250 g cotton`. */
export function parseDetails(typed: string): { details: Detail[] } | { problem: string } {
  const lines = typed
    .split(/\r?\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  if (lines.length > DETAILS_MAX) return { problem: `No more than ${DETAILS_MAX} lines.` }
  const details = lines.map((text) => {
    const at = text.indexOf(':')
    return { label: text.slice(0, at).trim(), value: text.slice(at + 1).trim(), isPair: at > 0 }
  })
  const wrong = details.findIndex(
    ({ label, value, isPair }) => !isPair || value === '' || label.length > 80 || value.length > 400,
  )
  if (wrong >= 0) return { problem: `Line ${wrong + 1} is not like “Paper: 250 g cotton”.` }
  return { details: details.map(({ label, value }) => ({ label, value })) }
}

export function writeDetails(details: readonly Detail[]): string {
  return details.map(({ label, value }) => `${label}: ${value}`).join('\n')
}
