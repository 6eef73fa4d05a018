import { isTaxCurrency, RateDay, type ExchangeRate } from '@/lib/domain/tax-currency'

export type ExchangeKey = Pick<ExchangeRate, 'currency' | 'since'>

/**
 * Where a rate is open, or the form of a new one; that of a day that has none begins with it. `base`: whose unit it is of, where that
 * need not be the shop's currency.
 */
export function addressOfExchange(rate: ExchangeKey | 'new', base?: string): string {
  const of = base && /^[A-Z]{3}$/.test(base) ? `&base=${base}` : ''
  return `/admin/settings/taxes?exchange=${rate === 'new' ? rate : `${rate.currency}.${rate.since}`}${of}#exchange`
}

/** "EUR.2026-11-01" of an address or a form; null for anything else. */
export function readExchangeKey(text: unknown): ExchangeKey | null {
  const match = typeof text === 'string' ? /^([A-Z]{3})\.(\d{4}-\d\d-\d\d)$/.exec(text) : null
  const [, currency, since] = match ?? []
  return currency && since && isTaxCurrency(currency) && RateDay.safeParse(since).success ? { currency, since } : null
}
