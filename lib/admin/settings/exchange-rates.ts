import 'server-only'

import type { Database } from '@/db/client'
import { readShopSettings } from '@/db/queries/shop-settings'
import { deleteExchangeRate, listAllTaxRates, listExchangeRates, upsertExchangeRate } from '@/db/queries/tax-settings'
import type { Currency } from '@/lib/domain/money'
import { TAX_CURRENCIES, taxCurrencyOf, type ExchangeRate, type TaxCurrency } from '@/lib/domain/tax-currency'

import type { Admin } from '../admin'
import { lastChangeOf, saveSettings, type SaveOutcome } from './save-settings'

interface OwnCurrency {
  readonly kind: 'own_currency'
}

const subjectOf = ({ currency, since }: Pick<ExchangeRate, 'currency' | 'since'>) =>
  `exchange rate ${currency} ${since}`

/** The rates of the shop's currency, the newest first, and the currencies in which its taxes are owed. */
export async function getExchangeRates(
  db: Database,
  _admin: Admin<'settings.manage'>,
): Promise<{ base: Currency; owed: TaxCurrency[]; rates: ExchangeRate[] }> {
  const { currency: base } = await readShopSettings(db)
  const taxed = (await listAllTaxRates(db)).map(({ country }) => taxCurrencyOf(country))
  const owed = TAX_CURRENCIES.filter((currency) => currency !== base && taxed.includes(currency))
  return { base, owed, rates: await listExchangeRates(db, base) }
}

export async function lastChangeOfExchange(
  db: Database,
  _admin: Admin<'settings.manage'>,
  rate: Pick<ExchangeRate, 'currency' | 'since'>,
) {
  return lastChangeOf(db, subjectOf(rate))
}

/** For invoices of orders paid from its day on that are still to be given. A rate of the same day is written over. */
export async function saveExchangeRate(
  db: Database,
  admin: Admin<'settings.manage'>,
  { seen, rate }: { seen: number; rate: ExchangeRate },
): Promise<SaveOutcome | OwnCurrency> {
  return saveSettings<OwnCurrency>(db, admin, { subject: subjectOf(rate), seen }, async (tx, settings) => {
    if (rate.currency === settings.currency) return { kind: 'own_currency' }
    const before = await upsertExchangeRate(tx, settings.currency, rate)
    return { action: 'settings.exchange_changed', before, after: rate }
  })
}

export async function removeExchangeRate(
  db: Database,
  admin: Admin<'settings.manage'>,
  { seen, rate }: { seen: number; rate: Pick<ExchangeRate, 'currency' | 'since'> },
): Promise<SaveOutcome> {
  return saveSettings<never>(db, admin, { subject: subjectOf(rate), seen }, async (tx, settings) => {
    const before = await deleteExchangeRate(tx, settings.currency, rate)
    return { action: 'settings.exchange_removed', before, after: null }
  })
}
