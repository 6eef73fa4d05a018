import { z } from 'zod'

import { COUNTRIES } from './country'
import type { DeliveryRate, WeightBand } from './delivery'
import { parseDecimalString, toDecimalString, type Currency } from './money'
import { oneLine } from './one-line'
import { fieldErrors } from './shop-details'

export const RATE_KINDS = ['flat', 'free_above', 'by_weight'] as const

/** More than any carrier's list has, and as many as fit into a form that is shown again. */
export const WEIGHT_BANDS_MAX = 20
const GRAMS_MAX = 1_000_000
/** In the currency's minor units: nobody's delivery costs more, and a slip of the keyboard does. */
const PRICE_MAX_MINOR = 10_000_000

const text = (max: number, missing: string) =>
  z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(1, missing).max(max, `Keep this under ${max} characters.`))

export const DeliveryZone = z.object({
  name: text(60, 'Enter a name, such as European Union.'),
  countries: z
    .array(z.string().refine((code) => Object.hasOwn(COUNTRIES, code), 'Choose from the list.'))
    .min(1, 'Choose at least one country.')
    .transform((codes) => [...new Set(codes)].toSorted()),
})
export type DeliveryZone = z.infer<typeof DeliveryZone>

const Method = z.object({
  name: text(60, 'Enter a name, such as Standard.'),
  estimate: text(60, 'Say how long it takes, such as 3 to 5 working days.'),
  rateKind: z.enum(RATE_KINDS, 'Choose how it is charged.'),
  position: z.coerce.number('Write a whole number.').int('Write a whole number.').min(0).max(999, 'At most 999.'),
})

/** A way of delivery as it is kept. */
export interface DeliveryMethodSettings {
  readonly name: string
  readonly estimate: string
  readonly rate: DeliveryRate
  /** The lowest is shown first. */
  readonly position: number
  /** False: not offered, and kept. */
  readonly active: boolean
}

export type MethodFields = Readonly<
  Record<'name' | 'estimate' | 'rateKind' | 'price' | 'freeFrom' | 'bands' | 'position' | 'active', string>
>

type Parsed<T> =
  | { readonly kind: 'parsed'; readonly value: T }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> }

/** Reads the form of a method. Only the fields of the chosen kind of rate are looked at. */
export function parseMethodForm(fields: MethodFields, currency: Currency): Parsed<DeliveryMethodSettings> {
  const method = Method.safeParse(fields)
  const rate = parseRate(fields, currency)
  const errors = { ...rate.errors, ...(method.success ? {} : fieldErrors(method.error)) }
  if (!method.success || rate.rate === null) return { kind: 'invalid', errors }
  const { name, estimate, position } = method.data
  return { kind: 'parsed', value: { name, estimate, position, rate: rate.rate, active: fields.active === '1' } }
}

interface ParsedRate {
  readonly rate: DeliveryRate | null
  readonly errors: Readonly<Record<string, string>>
}

function parseRate(fields: MethodFields, currency: Currency): ParsedRate {
  if (fields.rateKind === 'by_weight') {
    const bands = parseWeightBands(fields.bands, currency)
    return typeof bands === 'string'
      ? { rate: null, errors: { bands } }
      : { rate: { kind: 'by_weight', bands }, errors: {} }
  }
  const example = toDecimalString({ minor: 690, currency })
  const priceMinor = parsePrice(fields.price, currency)
  const errors: Record<string, string> = priceMinor === null ? { price: `Write an amount, such as ${example}.` } : {}
  if (fields.rateKind !== 'free_above') {
    return { rate: priceMinor === null ? null : { kind: 'flat', priceMinor }, errors }
  }
  const freeFromMinor = parsePrice(fields.freeFrom, currency)
  const isAbove = freeFromMinor !== null && freeFromMinor > 0
  if (!isAbove) errors['freeFrom'] = 'Write from which sum of goods on it is free.'
  return {
    rate: priceMinor !== null && isAbove ? { kind: 'free_above', priceMinor, freeFromMinor } : null,
    errors,
  }
}

/** "6.90" or "6,90" in minor units; null for anything that is no price. */
function parsePrice(typed: string, currency: Currency): number | null {
  const parsed = parseDecimalString(typed.trim().replace(',', '.'), currency)
  return parsed && parsed.minor >= 0 && parsed.minor <= PRICE_MAX_MINOR ? parsed.minor : null
}

/** One band a line, "500 9.90": up to so many grams, at this price. @returns what is wrong, or the bands, lightest first. */
export function parseWeightBands(typed: string, currency: Currency): WeightBand[] | string {
  const lines = typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const example = toDecimalString({ minor: 990, currency })
  if (lines.length === 0) return `Write one band a line, such as "500 ${example}": up to 500 g.`
  if (lines.length > WEIGHT_BANDS_MAX) return `Write at most ${WEIGHT_BANDS_MAX} bands.`
  const bands: WeightBand[] = []
  for (const [index, line] of lines.entries()) {
    const [, grams, price] = /^(\d{1,7})\s*g?\s+(\S+)$/i.exec(line) ?? []
    const upToGrams = Number(grams)
    const priceMinor = parsePrice(price ?? '', currency)
    if (grams === undefined || upToGrams < 1 || upToGrams > GRAMS_MAX || priceMinor === null) {
      return `Line ${index + 1}: write grams and a price, such as "500 ${example}".`
    }
    if (bands.some((band) => band.upToGrams === upToGrams))
      return `Line ${index + 1}: ${upToGrams} g stands there twice.`
    bands.push({ upToGrams, priceMinor })
  }
  return bands.toSorted((a, b) => a.upToGrams - b.upToGrams)
}

/** The other way round, for the form. */
export function writeWeightBands(bands: readonly WeightBand[], currency: Currency): string {
  return bands
    .map(({ upToGrams, priceMinor }) => `${upToGrams} ${toDecimalString({ minor: priceMinor, currency })}`)
    .join('\n')
}

/** What a zone cannot deliver, for whoever sets it up; null when every parcel finds a way. */
export function gapOfZone(methods: readonly Pick<DeliveryMethodSettings, 'active' | 'rate'>[]): string | null {
  const offered = methods.filter(({ active }) => active)
  if (offered.length === 0) return 'Nothing is offered here: nobody in these countries can order.'
  if (offered.some(({ rate }) => rate.kind !== 'by_weight')) return null
  const heaviest = Math.max(
    ...offered.flatMap(({ rate }) => (rate.kind === 'by_weight' ? rate.bands : [])).map((band) => band.upToGrams),
  )
  return `A parcel over ${heaviest.toLocaleString('en')} g finds no way here.`
}
