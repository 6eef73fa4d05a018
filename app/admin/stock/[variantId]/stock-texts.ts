import type { AdjustOutcome } from '@/lib/stock/adjust-stock'

export const NOTE_MAX = 300

const pieces = (n: number) => (n === 1 ? '1 piece' : `${n} pieces`)

export function refusalText(outcome: Exclude<AdjustOutcome, { kind: 'done' | 'agrees' }>): string {
  switch (outcome.kind) {
    case 'not_found':
      return 'This variant is not there any more.'
    case 'moved_meanwhile':
      return `The shelf moved since you opened this page: the books say ${pieces(outcome.onHand)} now. Reload the page and count again.`
    case 'held':
      return `Buyers who are paying right now hold ${pieces(outcome.held)}; those have to stay.`
    case 'too_few':
      return `There are only ${pieces(outcome.onHand)} on the shelf.`
    case 'too_many':
      return 'That would be more than a shelf can hold. Is a digit too many in it?'
  }
}

export const ADJUSTMENT_NAMES = {
  received: 'Received from the printer or a supplier',
  found: 'Found',
  damaged: 'Damaged or lost',
  other_more: 'Something else, more pieces',
  other_fewer: 'Something else, fewer pieces',
} as const

const REASON_NAMES: Readonly<Record<string, string>> = {
  initial: 'When it was new',
  sale: 'Sold',
  restock: 'Came back with a refund',
  adjustment: 'Changed by hand',
  import: 'From a file',
  received: 'Received',
  counted: 'Counted',
  damaged: 'Damaged or lost',
  found: 'Found',
  other: 'Something else',
}

export function reasonName(reason: string): string {
  return REASON_NAMES[reason] ?? reason
}

const DONE_TEXTS: Readonly<Record<string, string>> = {
  move: 'The shelf is changed, and the shop knows.',
  count: 'The count is in the books, and the shop knows.',
  agrees: 'The count agrees with the books.',
}

export function doneText(done: unknown): string | null {
  return typeof done === 'string' ? (DONE_TEXTS[done] ?? null) : null
}
