import { z } from 'zod'

import { DISCOUNT_KINDS } from './discount'
import { normaliseCode } from './discount-code'
import { parseDecimalString, toDecimalString, type Currency } from './money'

/** A discount as staff write it. Amounts in minor units; `value` as in `DiscountRule`. */
export interface DiscountDraft {
  readonly label: string
  readonly code: string | null
  readonly kind: (typeof DISCOUNT_KINDS)[number]
  readonly value: number
  readonly minimumMinor: number
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly usesMax: number | null
  readonly usesMaxPerBuyer: number | null
  /** `chosen`: for the products and categories below alone. */
  readonly scope: 'all' | 'chosen'
  readonly productSlugs: readonly string[]
  readonly categoryIds: readonly number[]
  readonly active: boolean
}

/** More than a year of revenue is a slip of the keyboard. */
const AMOUNT_MAX = 100_000_000
const PRODUCTS_MAX = 200

const count = z
  .string()
  .trim()
  .regex(/^\d{0,7}$/, 'Enter a whole number, or nothing for no limit.')
  .transform((text) => (text === '' ? null : Number(text)))
  .refine((number) => number !== 0, 'Enter 1 or more, or nothing for no limit.')

const time = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?)?$/, message)
    .transform((text) => (text === '' ? null : new Date(`${text}Z`)))
    .refine((date) => date === null || !Number.isNaN(date.getTime()), message)

const Fields = z.object({
  label: z.string().trim().min(1, 'Say what buyers read on their receipt.').max(80, 'At most 80 characters.'),
  code: z
    .string()
    .trim()
    .transform((text) => (text === '' ? null : (normaliseCode(text) ?? text)))
    .refine(
      (text) => text === null || normaliseCode(text) === text,
      'Use 3 to 30 letters, digits and dashes, beginning with a letter or digit.',
    ),
  kind: z.enum(DISCOUNT_KINDS, 'Choose what it does.'),
  scope: z.enum(['all', 'chosen'], 'Choose what it is for.'),
  startsAt: time('Enter a day and a time.'),
  endsAt: time('Enter a day and a time, or nothing.'),
  usesMax: count,
  usesMaxPerBuyer: count,
  products: z
    .string()
    .max(20_000, `At most ${PRODUCTS_MAX} products.`)
    .transform((text) => [...new Set(text.split(/[\s,]+/).filter(Boolean))])
    .refine((slugs) => slugs.length <= PRODUCTS_MAX, `At most ${PRODUCTS_MAX} products.`),
})

export type DraftOutcome =
  | { readonly kind: 'draft'; readonly draft: DiscountDraft }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> }

/** Reads the form of /admin. `now` stands in for a start that was left empty. */
export function readDiscountDraft(
  values: Readonly<Record<string, string>>,
  categoryIds: readonly number[],
  { currency, now }: { currency: Currency; now: Date },
): DraftOutcome {
  const fields = Fields.safeParse(values)
  const errors: Record<string, string> = {}
  for (const issue of fields.error?.issues ?? []) errors[String(issue.path[0])] ??= issue.message
  const minimumMinor = readAmount(values['minimum'] || '0', currency)
  if (minimumMinor === null) errors['minimum'] = 'Enter an amount like 25.00, or nothing.'
  const value = readValue(values['kind'] ?? '', values['value'] ?? '', currency)
  if (typeof value === 'string') errors['value'] = value
  const scope = fields.success ? judgeScope(fields.data, categoryIds) : null
  if (scope !== null) errors['scope'] = scope
  if (!fields.success || scope !== null || typeof value === 'string' || minimumMinor === null)
    return { kind: 'invalid', errors }
  const { products, startsAt, ...rest } = fields.data
  const begins = startsAt ?? now
  if (rest.endsAt !== null && rest.endsAt <= begins) {
    return { kind: 'invalid', errors: { endsAt: 'It must end after it begins.' } }
  }
  const active = values['active'] === '1'
  return {
    kind: 'draft',
    draft: { ...rest, startsAt: begins, value, minimumMinor, productSlugs: products, categoryIds, active },
  }
}

/** Said and not reckoned from what is chosen: when the last chosen category is gone, a discount must not become one for everything. */
function judgeScope(
  { scope, products }: { readonly scope: DiscountDraft['scope']; readonly products: readonly string[] },
  categoryIds: readonly number[],
): string | null {
  const isChosen = products.length + categoryIds.length > 0
  if (scope === 'chosen' && !isChosen) return 'Choose a product or a category below, or let it be for everything.'
  if (scope === 'all' && isChosen)
    return 'Products or categories are chosen below: it is for those alone, or choose none.'
  return null
}

/** What a draft looks like in the form. */
export function writeDiscountValue(kind: DiscountDraft['kind'], value: number, currency: Currency): string {
  switch (kind) {
    case 'percent':
      return String(value / 100)
    case 'amount':
      return toDecimalString({ minor: value, currency })
    case 'free_delivery':
      return ''
  }
}

function readValue(kind: string, text: string, currency: Currency): number | string {
  if (kind === 'free_delivery') return 0
  if (kind === 'percent') {
    const match = /^(\d{1,2})(?:[.,](\d{1,2}))?$/.exec(text.trim().replace(/\s*%$/, ''))
    const value = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0
    // The whole price cannot be taken off: without money there is no order.
    return value >= 1 && value <= 9_000 ? value : 'Enter a percentage from 0.01 to 90.'
  }
  const amount = readAmount(text, currency)
  return amount !== null && amount > 0 ? amount : 'Enter an amount like 5.00.'
}

function readAmount(text: string, currency: Currency): number | null {
  const money = parseDecimalString(text.trim().replace(',', '.'), currency)
  return money !== null && money.minor >= 0 && money.minor <= AMOUNT_MAX ? money.minor : null
}
