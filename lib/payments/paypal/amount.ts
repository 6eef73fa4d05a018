import { z } from 'zod'

import { isCurrency, parseDecimalString, type Money } from '@/lib/domain/money'

/** An amount as PayPal writes it. */
export const Amount = z.object({ currency_code: z.string(), value: z.string() })

/** Null for an amount that is not there or cannot be read exactly. */
export function toMoney(amount: z.infer<typeof Amount> | undefined): Money | null {
  if (!amount || !isCurrency(amount.currency_code)) return null
  return parseDecimalString(amount.value, amount.currency_code)
}
