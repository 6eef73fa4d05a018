import { z } from 'zod'

import { oneLine } from './one-line'
import { ORDER_STATES, type OrderState } from './order'
import { parseOrderNumber } from './order-number'

export const ORDER_SORTS = ['newest', 'oldest', 'dearest', 'cheapest'] as const
export type OrderSort = (typeof ORDER_SORTS)[number]

export const PAYMENT_FILTERS = ['paid', 'refunded'] as const

/** Which orders a list shows. It is the page's address, so that a view can be kept, sent and gone back to. */
export interface OrderFilter {
  readonly search: { readonly text: string; readonly orderNumber: string | null } | null
  readonly states: readonly OrderState[]
  readonly payment: (typeof PAYMENT_FILTERS)[number] | null
  /** Two letters. */
  readonly country: string | null
  readonly from: Date | null
  /** Exclusive. */
  readonly until: Date | null
  readonly held: boolean
  readonly disputed: boolean
  readonly sort: OrderSort
}

/** Of a filter that is kept. */
export const VIEW_NAME_MAX = 40
export const VIEWS_PER_PERSON_MAX = 30

const DAY_MS = 86_400_000
/** No order is older than PayPal is, and Postgres knows no year 0. */
const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2999-12-31'
const Day = z.iso
  .date()
  .refine((text) => text >= FIRST_DAY && text <= LAST_DAY)
  .transform((text) => new Date(`${text}T00:00:00Z`))

/** What cannot be understood of an address is left out: a mistyped link shows more, never an error. Days are UTC. */
export function parseOrderFilter(asked: Readonly<Record<string, string | readonly string[] | undefined>>): OrderFilter {
  const one = (name: string) => {
    const value = asked[name]
    return oneLine(typeof value === 'string' ? value : (value?.[0] ?? ''))
  }
  const known = <T extends string>(value: string, values: readonly T[]) => values.find((each) => each === value) ?? null
  const text = one('q').slice(0, 200)
  const wanted = asked['state']
  const states = (typeof wanted === 'string' ? wanted.split(',') : (wanted ?? [])).flatMap(
    (state) => known(state, ORDER_STATES) ?? [],
  )
  const until = Day.safeParse(one('until')).data ?? null
  return {
    search: text === '' ? null : { text, orderNumber: parseOrderNumber(text) },
    states: [...new Set(states)],
    payment: known(one('payment'), PAYMENT_FILTERS),
    country: /^[A-Z]{2}$/.test(one('country')) ? one('country') : null,
    from: Day.safeParse(one('from')).data ?? null,
    until: until ? new Date(until.getTime() + DAY_MS) : null,
    held: one('held') === '1',
    disputed: one('disputed') === '1',
    sort: known(one('sort'), ORDER_SORTS) ?? 'newest',
  }
}

/** The address's query for a filter, with changes; what says nothing is left out. */
export function orderQuery(filter: OrderFilter, more: Readonly<Record<string, string>> = {}): string {
  const day = (date: Date | null, shiftMs = 0) =>
    date ? new Date(date.getTime() - shiftMs).toISOString().slice(0, 10) : ''
  const parts: Record<string, string> = {
    q: filter.search?.text ?? '',
    state: filter.states.join(','),
    payment: filter.payment ?? '',
    country: filter.country ?? '',
    from: day(filter.from),
    until: day(filter.until, DAY_MS),
    held: filter.held ? '1' : '',
    disputed: filter.disputed ? '1' : '',
    sort: filter.sort === 'newest' ? '' : filter.sort,
    ...more,
  }
  return new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== '')).toString()
}
