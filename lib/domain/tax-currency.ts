import { z } from 'zod'

import { scaleMinor, currencyExponent, type Currency } from './money'
import { fieldErrors } from './shop-details'

/** Currencies in which tax is owed. One of them PayPal does not settle in. */
const DECIMALS = { CZK: 2, DKK: 2, EUR: 2, GBP: 2, HUF: 0, PLN: 2, RON: 2, SEK: 2 } as const

export type TaxCurrency = keyof typeof DECIMALS

export const TAX_CURRENCIES = Object.keys(DECIMALS) as TaxCurrency[]

/** Countries whose tax is owed in a currency of their own; the other members of the EU have the euro. */
const OWN: Readonly<Record<string, TaxCurrency>> = {
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  PL: 'PLN',
  RO: 'RON',
  SE: 'SEK',
}

const OF_THE_EURO = new Set('AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' '))

/**
 * The currency in which a country's VAT must stand on an invoice, whatever it was paid in; null where no law asks for it.
 * Source: Directive 2006/112/EC, article 230; the British VAT Regulations 1995, regulation 14 (1A).
 */
export function taxCurrencyOf(country: string): TaxCurrency | null {
  return OWN[country] ?? (OF_THE_EURO.has(country) ? 'EUR' : null)
}

/** The currency in which an order's tax is owed, when that is another than it was paid in; null for none. */
export function owedCurrencyOf(order: {
  readonly address: { readonly country: string }
  readonly total: { readonly currency: Currency }
  readonly taxMinor: number
}): TaxCurrency | null {
  const owed = order.taxMinor > 0 ? taxCurrencyOf(order.address.country) : null
  return owed === order.total.currency ? null : owed
}

export function isTaxCurrency(value: string): value is TaxCurrency {
  return Object.hasOwn(DECIMALS, value)
}

/** What one unit of the shop's currency is in another, from a day on until the next rate's. */
export interface ExchangeRate {
  readonly currency: TaxCurrency
  /** The day, such as 2026-11-01, in UTC. */
  readonly since: string
  /** Millionths of `currency` for one unit of the shop's. */
  readonly perUnitMicro: number
}

/** The tax of a paper in the currency in which it is owed, with the rate by which it was reckoned. */
export interface TaxOwed extends ExchangeRate {
  /** In the smallest unit of `currency`. */
  readonly taxMinor: number
}

/** An amount of the shop's currency in another, rounded half away from zero. */
export function exchange(minor: number, from: Currency, { currency, perUnitMicro }: ExchangeRate): number {
  return scaleMinor(minor, perUnitMicro * 10 ** DECIMALS[currency], 1_000_000 * 10 ** currencyExponent(from))
}

/** For people: "€12.34", "RON 54.20". */
export function formatTaxOwed({ currency, taxMinor }: Pick<TaxOwed, 'currency' | 'taxMinor'>): string {
  const digits = DECIMALS[currency]
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(taxMinor / 10 ** digits)
}

/** Authorities publish a rate for each month. */
const OLD_AFTER_DAYS = 40

export function isOldRate({ since }: Pick<ExchangeRate, 'since'>, today: string): boolean {
  return Date.parse(today) - Date.parse(since) > OLD_AFTER_DAYS * 86_400_000
}

/** Of rates with the newest of each currency first: those that count on a day, and those to come. */
export function countingRates(rates: readonly ExchangeRate[], today: string): ExchangeRate[] {
  const counting = new Map<TaxCurrency, ExchangeRate>()
  for (const rate of rates) {
    if (rate.since <= today && !counting.has(rate.currency)) counting.set(rate.currency, rate)
  }
  return rates.filter((rate) => rate.since > today || counting.get(rate.currency) === rate)
}

/** Whether one of them counts on a day. */
export function hasRateOn(rates: readonly ExchangeRate[], currency: TaxCurrency, day: string): boolean {
  return rates.some((rate) => rate.currency === currency && rate.since <= day)
}

/** 860000 -> "0.86". */
export function writeExchangeRate(perUnitMicro: number): string {
  const fraction = String(perUnitMicro % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return `${Math.floor(perUnitMicro / 1_000_000)}${fraction === '' ? '' : `.${fraction}`}`
}

/** "0.86" or "0,86" in millionths; null for anything else, and for nothing. */
export function parseExchangeRate(typed: string): number | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,6}))?$/.exec(typed.trim())
  if (!match) return null
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0')) || null
}

/** No order is as old, and Postgres knows no year 0. */
const FIRST_DAY = '2000-01-01'

/** A day from which a rate can count. */
export const RateDay = z.iso
  .date('Give a day, such as 2026-11-01.')
  .refine((day) => day >= FIRST_DAY, `Give a day from ${FIRST_DAY} on.`)

const Rate = z.object({
  currency: z.string().refine(isTaxCurrency, 'Choose a currency.'),
  since: RateDay,
})

export type ExchangeFields = Readonly<Record<'currency' | 'since' | 'rate', string>>

/** Reads the form of a rate. */
export function parseExchangeForm(
  fields: ExchangeFields,
):
  | { readonly kind: 'parsed'; readonly value: ExchangeRate }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> } {
  const read = Rate.safeParse(fields)
  const perUnitMicro = parseExchangeRate(fields.rate)
  const errors: Record<string, string> = read.success ? {} : fieldErrors(read.error)
  if (perUnitMicro === null) errors['rate'] = 'Write a number above 0 with six decimals at most, such as 0.8612.'
  if (!read.success || perUnitMicro === null) return { kind: 'invalid', errors }
  return { kind: 'parsed', value: { ...read.data, perUnitMicro } }
}
