import 'server-only'

import type { Database } from '@/db/client'
import { hasRateWaits, listRateWaits, wakeRateWaits } from '@/db/queries/papers'
import { readShopSettings } from '@/db/queries/shop-settings'
import {
  deleteExchangeRate,
  hasExchangeRateOf,
  listAllTaxRates,
  listExchangeRates,
  upsertExchangeRate,
} from '@/db/queries/tax-settings'
import { isCurrency, type Currency } from '@/lib/domain/money'
import {
  hasRateOn,
  TAX_CURRENCIES,
  taxCurrencyOf,
  type ExchangeRate,
  type TaxCurrency,
} from '@/lib/domain/tax-currency'

import type { Admin } from '../admin'
import { lastChangeOf, saveSettings, type SaveOutcome } from './save-settings'

export interface BaseChanged {
  readonly kind: 'base_changed'
  /** The shop's currency now. */
  readonly base: Currency
}

type ExchangeRefusal = BaseChanged | { readonly kind: 'own_currency' | 'day_taken' }

const NEW_RATE = 'exchange rate new'
const subjectOf = ({ currency, since }: Pick<ExchangeRate, 'currency' | 'since'>) =>
  `exchange rate ${currency} ${since}`

/** Of the orders that wait for a rate, so many are named. */
const NAMED_ORDERS = 5

/** A day for which there is no rate, and whose invoices wait for one. */
export interface MissingDay {
  /** In which they were paid. Another than the shop's where that has changed while a payment was under way. */
  readonly base: Currency
  readonly currency: TaxCurrency
  readonly day: string
  readonly count: number
  /** The first of their orders. */
  readonly orderNumbers: readonly string[]
}

/** The rates of the shop's currency, the newest first, the currencies in which its taxes are owed, and what invoices wait for. */
export async function getExchangeRates(
  db: Database,
  _admin: Admin<'settings.manage'>,
): Promise<{ base: Currency; owed: TaxCurrency[]; rates: ExchangeRate[]; missing: MissingDay[] }> {
  const { currency: base } = await readShopSettings(db)
  const rates = await listExchangeRates(db, base)
  return { base, owed: await listOwedCurrencies(db, base), rates, missing: await listMissingDays(db) }
}

/** The oldest first. A rate counts on from its day: that of the oldest is enough for the others of its currency. */
async function listMissingDays(db: Database): Promise<MissingDay[]> {
  const days = new Map<string, MissingDay>()
  const ratesOf = new Map<Currency, ExchangeRate[]>()
  for (const { currency: base, country, day, count, orderNumbers } of await listRateWaits(db, NAMED_ORDERS)) {
    const currency = taxCurrencyOf(country)
    if (!currency || !isCurrency(base)) continue
    const rates = ratesOf.get(base) ?? (await listExchangeRates(db, base))
    ratesOf.set(base, rates)
    if (hasRateOn(rates, currency, day)) continue
    // Countries of the euro share their days.
    const key = `${day} ${base} ${currency}`
    const same = days.get(key)
    days.set(key, {
      base,
      currency,
      day,
      count: count + (same?.count ?? 0),
      orderNumbers: [...(same?.orderNumbers ?? []), ...orderNumbers].slice(0, NAMED_ORDERS),
    })
  }
  return [...days.values()]
}

async function listOwedCurrencies(db: Database, base: Currency): Promise<TaxCurrency[]> {
  const taxed = (await listAllTaxRates(db)).map(({ country }) => taxCurrencyOf(country))
  return TAX_CURRENCIES.filter((currency) => currency !== base && taxed.includes(currency))
}

/**
 * What is missing from one currency to another, such as "USD PLN": where taxes are owed and no rate counts today, or did on a day whose
 * invoices wait for one.
 */
export async function listMissingRates(db: Database, now: Date): Promise<string[]> {
  const { currency: base } = await readShopSettings(db)
  const today = now.toISOString().slice(0, 10)
  const rates = await listExchangeRates(db, base)
  const owed = await listOwedCurrencies(db, base)
  const waitedFor = (await listMissingDays(db)).map((each) => `${each.base} ${each.currency}`)
  const owing = owed.filter((currency) => !hasRateOn(rates, currency, today)).map((currency) => `${base} ${currency}`)
  return [...new Set([...waitedFor, ...owing])]
}

export async function lastChangeOfExchange(
  db: Database,
  _admin: Admin<'settings.manage'>,
  rate: Pick<ExchangeRate, 'currency' | 'since'>,
) {
  return lastChangeOf(db, subjectOf(rate))
}

export interface ExchangeAct {
  readonly seen: number
  /** Whose unit the form was about: the shop's currency then, or one in which orders wait. A rate of another says something else. */
  readonly base: string
}

/**
 * For invoices of orders paid from its day on that are still to be given. `isNew`: there must be none of its day yet, or of two people
 * who add one the second would write over the first.
 */
export async function saveExchangeRate(
  db: Database,
  admin: Admin<'settings.manage'>,
  { isNew, base, seen, rate }: ExchangeAct & { isNew: boolean; rate: ExchangeRate },
): Promise<SaveOutcome | ExchangeRefusal> {
  const subject = subjectOf(rate)
  const act = { subject: isNew ? NEW_RATE : subject, seen }
  return saveSettings<ExchangeRefusal>(db, admin, act, async (tx, { currency }) => {
    const isFormer = base !== currency && isNew && isCurrency(base) && (await hasRateWaits(tx, base))
    if (base !== currency && !isFormer) return { kind: 'base_changed', base: currency }
    const of = isFormer ? base : currency
    if (rate.currency === of) return { kind: 'own_currency' }
    if (isNew && (await hasExchangeRateOf(tx, of, rate))) return { kind: 'day_taken' }
    const before = await upsertExchangeRate(tx, of, rate)
    await wakeRateWaits(tx)
    const changed = isFormer ? `${subject} for ${base}` : subject
    return { action: 'settings.exchange_changed', subject: changed, before, after: rate }
  })
}

export async function removeExchangeRate(
  db: Database,
  admin: Admin<'settings.manage'>,
  { base, seen, rate }: ExchangeAct & { rate: Pick<ExchangeRate, 'currency' | 'since'> },
): Promise<SaveOutcome | BaseChanged> {
  return saveSettings<BaseChanged>(db, admin, { subject: subjectOf(rate), seen }, async (tx, { currency }) => {
    if (base !== currency) return { kind: 'base_changed', base: currency }
    const before = await deleteExchangeRate(tx, currency, rate)
    return { action: 'settings.exchange_removed', before, after: null }
  })
}
