import type { ListedDiscount, SaveDiscountOutcome } from '@/lib/admin/discounts-desk'
import type { DiscountKind } from '@/lib/domain/discount'
import { formatMoney, type Currency } from '@/lib/domain/money'

const DONE_TEXTS: Readonly<Record<string, string>> = {
  created: 'The discount is there, from its first moment on.',
  changed: 'The discount is changed. Payments that have begun keep the price that they were shown.',
}

export function doneText(done: unknown): string | null {
  return typeof done === 'string' ? (DONE_TEXTS[done] ?? null) : null
}

export const KIND_NAMES: Readonly<Record<DiscountKind, string>> = {
  percent: 'Percent off the goods',
  amount: 'An amount off the goods',
  free_delivery: 'Free delivery, by the cheapest method',
}

export function whatItTakesOff(
  { kind, value }: { readonly kind: DiscountKind; readonly value: number },
  currency: Currency,
): string {
  switch (kind) {
    case 'percent':
      return `${value / 100} %`
    case 'amount':
      return formatMoney({ minor: value, currency })
    case 'free_delivery':
      return 'Delivery'
  }
}

export function stateText({ active, isOver, isComing }: ListedDiscount): string {
  if (!active) return 'Off'
  if (isOver) return 'Over'
  return isComing ? 'Coming' : 'On'
}

/** A message for the field that it is about. */
export function refusalOf(outcome: Exclude<SaveDiscountOutcome, { kind: 'saved' }>): Record<string, string> {
  switch (outcome.kind) {
    case 'code_taken':
      return { code: 'Another discount has this code.' }
    case 'unknown_products':
      return { products: `There is no product with the address ${outcome.slugs.slice(0, 5).join(', ')}.` }
    case 'unknown_category':
      return { form: 'A category that was chosen is gone. Look at the list again.' }
    case 'changed_meanwhile':
      return {
        form: 'Somebody else has changed this discount since you opened it. Open it in another tab, compare, and save again from there.',
      }
    case 'not_found':
      return { form: 'This discount is gone.' }
  }
}
