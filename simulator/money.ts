import type { Money } from './paypal-shapes'

const WHOLE_UNIT_CURRENCIES = new Set(['HUF', 'JPY', 'TWD'])

/** The currencies PayPal accepts (developer.paypal.com/api/rest/reference/currency-codes). */
export const CURRENCIES = new Set(
  'AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP RUB SGD SEK CHF THB USD'.split(' '),
)

/** Digits after the point that PayPal allows for a currency; its table, not ISO 4217's. */
export function decimalsOf(currency: string): 0 | 2 {
  return WHOLE_UNIT_CURRENCIES.has(currency) ? 0 : 2
}

/** "12.3" in USD -> 1230. The value must have passed validation. */
export function toMinor(money: Money): number {
  const digits = decimalsOf(money.currency_code)
  const negative = money.value.startsWith('-')
  const [whole = '', fraction = ''] = money.value.replace('-', '').split('.')
  const minor = Number(`${whole}${fraction.padEnd(digits, '0').slice(0, digits)}`)
  return negative ? -minor : minor
}

/** 1230 in USD -> { currency_code: "USD", value: "12.30" }. */
export function fromMinor(minor: number, currency: string): Money {
  const digits = decimalsOf(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const value = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return { currency_code: currency, value: minor < 0 ? `-${value}` : value }
}

/** What the seller pays per capture: 3.49 % and 49 minor units. Our assumption; real fees depend on the account. */
export function feeFor(amountMinor: number): number {
  return Math.min(amountMinor, Math.round(amountMinor * 0.0349) + 49)
}

/** For people: "$12.30". */
export function displayMoney(money: Money): string {
  const digits = decimalsOf(money.currency_code)
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: money.currency_code,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Number(money.value))
}
