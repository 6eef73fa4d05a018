import 'server-only'

import type { Database } from '@/db/client'
import { readShopSettings } from '@/db/queries/shop-settings'
import {
  deleteExchangeRate,
  hasExchangeRateOf,
  listAllTaxRates,
  listExchangeRates,
  upsertExchangeRate,
} from '@/db/queries/tax-settings'
import type { Currency } from '@/lib/domain/money'
import { TAX_CURRENCIES, taxCurrencyOf, type ExchangeRate, type TaxCurrency } from '@/lib/domain/tax-currency'

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

/** The rates of the shop's currency, the newest first, and the currencies in which its taxes are owed. */
export async function getExchangeRates(
  db: Database,
  _admin: Admin<'settings.manage'>,
): Promise<{ base: Currency; owed: TaxCurrency[]; rates: ExchangeRate[] }> {
  const { currency: base } = await readShopSettings(db)
  return { base, owed: await listOwedCurrencies(db, base), rates: await listExchangeRates(db, base) }
}

async function listOwedCurrencies(db: Database, base: Currency): Promise<TaxCurrency[]> {
  const taxed = (await listAllTaxRates(db)).map(({ country }) => taxCurrencyOf(country))
  return TAX_CURRENCIES.filter((currency) => currency !== base && taxed.includes(currency))
}

/** Currencies in which taxes are owed and for which no rate counts today: invoices wait for one. */
export async function listMissingRates(db: Database, now: Date): Promise<TaxCurrency[]> {
  const { currency: base } = await readShopSettings(db)
  const today = now.toISOString().slice(0, 10)
  const known = (await listExchangeRates(db, base)).filter(({ since }) => since <= today)
  const owed = await listOwedCurrencies(db, base)
  return owed.filter((currency) => !known.some((rate) => rate.currency === currency))
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
