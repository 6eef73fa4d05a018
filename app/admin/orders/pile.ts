import { readOrderCursor, writeOrderCursor } from '@/lib/domain/order-cursor'
import { orderQuery, parseOrderFilter, type OrderFilter } from '@/lib/domain/order-filter'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { STAFF_PATH_MAX } from '@/lib/domain/return-path'

const QUERY_MAX = 1_000
const PATH = '/admin/orders'

/** What is to be done with many orders at once: those that are chosen, and the list on which they were. */
export interface Pile {
  readonly orderNumbers: readonly string[]
  readonly filter: OrderFilter
  /** Of the list's address. */
  readonly query: string
}

/** What the list says when nothing came of it. */
const NOTICES = {
  again: 'It is you. What you had chosen is still chosen: send it again.',
  choose: 'Choose orders first.',
  too_many: 'These are too many at once. Choose fewer.',
} as const
export type PileNotice = keyof typeof NOTICES

export function readPile(form: FormData): Pile {
  const typed = form.getAll('n').filter((each) => typeof each === 'string')
  const sent = form.get('query')
  const asked = Object.fromEntries(new URLSearchParams(typeof sent === 'string' ? sent.slice(0, QUERY_MAX) : ''))
  const filter = parseOrderFilter(asked)
  const after = readOrderCursor(asked['after'], filter.sort)
  return {
    orderNumbers: [...new Set(typed.flatMap((each) => parseOrderNumber(each) ?? []))],
    filter,
    query: orderQuery(filter, after ? { after: writeOrderCursor(after) } : {}),
  }
}

/** Back to the list as it was, with what was chosen as far as an address can carry it. */
export function pathOfPile({ orderNumbers, query }: Pile, notice: PileNotice): string {
  const places = [query, ''].flatMap((list) =>
    [orderNumbers.join('.'), ''].map((chosen) => pathOf({ list, chosen, notice })),
  )
  return places.find((path) => path.length <= STAFF_PATH_MAX) ?? PATH
}

function pathOf({ list, chosen, notice }: { list: string; chosen: string; notice: PileNotice }): string {
  const query = new URLSearchParams(list)
  if (chosen !== '') query.set('chosen', chosen)
  query.set('notice', notice)
  return `${PATH}?${query.toString()}`
}

/** The orders that are chosen when the list is opened at such an address. */
export function readChosen(asked: unknown): ReadonlySet<string> {
  const typed = typeof asked === 'string' ? asked.slice(0, STAFF_PATH_MAX).split('.') : []
  return new Set(typed.flatMap((each) => parseOrderNumber(each) ?? []))
}

export function noticeText(asked: unknown): string | null {
  return typeof asked === 'string' && Object.hasOwn(NOTICES, asked) ? NOTICES[asked as PileNotice] : null
}
