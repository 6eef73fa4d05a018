import 'server-only'

import type { Database } from '@/db/client'
import { listRateWaits, wakeRateWaits } from '@/db/queries/papers'
import { readShopSettings } from '@/db/queries/shop-settings'
import {
  deleteExchangeRate,
  hasExchangeRateOf,
  listAllTaxRates,
  listExchangeRates,
  upsertExchangeRate,
} from '@/db/queries/tax-settings'
import type { Currency } from '@/lib/domain/money'
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
  return { base, owed: await listOwedCurrencies(db, base), rates, missing: await listMissingDays(db, base, rates) }
}

/** The oldest first. A rate counts on from its day: that of the oldest is enough for the others of its currency. */
async function listMissingDays(db: Database, base: Currency, rates: readonly ExchangeRate[]): Promise<MissingDay[]> {
  const days = new Map<string, MissingDay>()
  for (const { country, day, count, orderNumbers } of await listRateWaits(db, base, NAMED_ORDERS)) {
    const currency = taxCurrencyOf(country)
    if (!currency || hasRateOn(rates, currency, day)) continue
    // Countries of the euro share their days.
    const same = days.get(`${day} ${currency}`)
    days.set(`${day} ${currency}`, {
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

/** Currencies in which taxes are owed and for which no rate counts today, or did on a day whose invoices wait for one. */
export async function listMissingRates(db: Database, now: Date): Promise<TaxCurrency[]> {
  const { currency: base } = await readShopSettings(db)
  const today = now.toISOString().slice(0, 10)
  const rates = await listExchangeRates(db, base)
  const owed = await listOwedCurrencies(db, base)
  const waitedFor = (await listMissingDays(db, base, rates)).map(({ currency }) => currency)
  return TAX_CURRENCIES.filter(
    (currency) => waitedFor.includes(currency) || (owed.includes(currency) && !hasRateOn(rates, currency, today)),
  )
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
  /** The shop's currency when the form was opened: a rate of another says something else. */
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
    if (base !== currency) return { kind: 'base_changed', base: currency }
    if (rate.currency === currency) return { kind: 'own_currency' }
    if (isNew && (await hasExchangeRateOf(tx, currency, rate))) return { kind: 'day_taken' }
    const before = await upsertExchangeRate(tx, currency, rate)
    await wakeRateWaits(tx)
    return { action: 'settings.exchange_changed', subject, before, after: rate }
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
