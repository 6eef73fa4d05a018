import { checkMoney } from '../orders/check-amounts'
import type { Money } from '../paypal-shapes'

/** A positive amount in the currency, from its text; null when it is none. */
export function readAmount(value: unknown, currency: string): Money | null {
  if (typeof value !== 'string' || !/^[0-9]+([.][0-9]+)?$/.test(value)) return null
  const amount = { currency_code: currency, value }
  return checkMoney(amount, '', true).length === 0 ? amount : null
}
