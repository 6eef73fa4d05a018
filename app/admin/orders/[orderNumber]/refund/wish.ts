import { parseDecimalString, type Currency } from '@/lib/domain/money'
import type { RefundRequest } from '@/lib/domain/refund-request'

import { QUANTITY } from '../quantities'

const GIVES = ['lines', 'amount', 'rest'] as const
export type Give = (typeof GIVES)[number]

/** What of an order is to be given back, as the page's address or the form of its preview says it. */
export interface Wish {
  readonly give: Give
  /** As typed, for the form that is shown again and for the one that sends it. */
  readonly fields: Readonly<Record<string, string>>
  readonly read: { readonly request: RefundRequest } | { readonly errors: Readonly<Record<string, string>> }
}

/** Null before anything was wished for. */
export function readWish(asked: Readonly<Record<string, unknown>>, currency: Currency): Wish | null {
  const give = GIVES.find((each) => each === asked['give'])
  if (!give) return null
  const known = Object.entries(asked).flatMap(([name, value]) =>
    (FIELDS[give].includes(name) || (give === 'lines' && QUANTITY.test(name))) && typeof value === 'string'
      ? [[name, value.slice(0, 20)] as const]
      : [],
  )
  const fields = { give, ...Object.fromEntries(known.slice(0, 100)) }
  return { give, fields, read: READERS[give](fields, currency) }
}

/** The wish's own address, behind that of the page. */
export function wishQuery({ fields }: Wish): string {
  return new URLSearchParams(fields).toString()
}

const FIELDS: Readonly<Record<Give, readonly string[]>> = {
  lines: ['restock', 'withDelivery'],
  amount: ['amount'],
  rest: ['restock'],
}

type Reader = (fields: Readonly<Record<string, string>>, currency: Currency) => Wish['read']

const READERS: Readonly<Record<Give, Reader>> = {
  lines: (fields) => {
    const restock = fields['restock'] === '1'
    const lines = Object.entries(fields).flatMap(([name, value]) => {
      const position = QUANTITY.exec(name)?.[1]
      return position === undefined
        ? []
        : [{ position: Number(position), quantity: Number(value.trim() || '0'), restock }]
    })
    if (lines.some(({ quantity }) => !Number.isInteger(quantity) || quantity < 0)) {
      return { errors: { form: 'Quantities are whole numbers.' } }
    }
    const wanted = lines.filter(({ quantity }) => quantity > 0)
    const withDelivery = fields['withDelivery'] === '1'
    if (wanted.length === 0 && !withDelivery) return { errors: { form: 'Say how many pieces of what come back.' } }
    return { request: { kind: 'lines', lines: wanted, withDelivery } }
  },
  amount: ({ amount = '' }, currency) => {
    const minor = parseDecimalString(amount.trim(), currency)?.minor ?? 0
    return minor <= 0
      ? { errors: { amount: 'Write an amount, such as 5.00.' } }
      : { request: { kind: 'amount', amountMinor: minor } }
  },
  rest: ({ restock }) => ({ request: { kind: 'rest', restock: restock === '1' } }),
}
