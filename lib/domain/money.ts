/**
 * Decimal places of each currency PayPal settles in. An explicit table, because `Intl` disagrees with PayPal about
 * HUF and TWD and changes with the ICU version.
 * Source: developer.paypal.com/api/rest/reference/currency-codes
 */
const EXPONENTS = {
  AUD: 2,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CNY: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  HUF: 0,
  ILS: 2,
  JPY: 0,
  MXN: 2,
  MYR: 2,
  NOK: 2,
  NZD: 2,
  PHP: 2,
  PLN: 2,
  RUB: 2,
  SEK: 2,
  SGD: 2,
  THB: 2,
  TWD: 0,
  USD: 2,
} as const

export type Currency = keyof typeof EXPONENTS

export const CURRENCIES = Object.keys(EXPONENTS) as Currency[]

/** An amount in minor units (cents, or whole yen) together with its currency. Never a float. */
export interface Money {
  readonly minor: number
  readonly currency: Currency
}

/** Narrows a text to a currency PayPal settles in. */
export function isCurrency(value: string): value is Currency {
  return Object.hasOwn(EXPONENTS, value)
}

/** Number of decimal places of `currency`: 2 for most, 0 for HUF, JPY and TWD. */
export function currencyExponent(currency: Currency): number {
  return EXPONENTS[currency]
}

/**
 * Writes an amount the way PayPal expects it: `1234` USD -> `"12.34"`, `1234` JPY -> `"1234"`.
 * @throws RangeError when the amount is not a safe integer; that is a bug, not an input error.
 */
export function toDecimalString({ minor, currency }: Money): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an amount in minor units: ${minor}`)
  const exponent = currencyExponent(currency)
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0')
  const sign = minor < 0 ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/**
 * Reads an amount as PayPal writes it. `null` when the text is not a number, has more decimals than the currency,
 * or does not fit: an amount that cannot be read exactly must never be compared.
 */
export function parseDecimalString(value: string, currency: Currency): Money | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(value)
  if (!match) return null
  const exponent = currencyExponent(currency)
  const fraction = match[3] ?? ''
  if (/[^0]/.test(fraction.slice(exponent))) return null
  const minor = Number(match[2] + fraction.slice(0, exponent).padEnd(exponent, '0'))
  if (!Number.isSafeInteger(minor)) return null
  return { minor: match[1] === '-' && minor !== 0 ? -minor : minor, currency }
}

/** For people: `$1,234.50`. Fraction digits follow PayPal's table rather than the ICU version at hand. */
export function formatMoney({ minor, currency }: Money, locale = 'en-US'): string {
  const digits = currencyExponent(currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits)
}

/**
 * `amount * numerator / denominator`, rounded half away from zero. BigInt inside, so that no product is rounded
 * before the division.
 */
export function scaleMinor(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(amount) * BigInt(numerator)
  const divisor = BigInt(denominator)
  const half = divisor / 2n
  const rounded = product >= 0n ? (product + half) / divisor : (product - half) / divisor
  return Number(rounded)
}
