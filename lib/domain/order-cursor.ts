import { z } from 'zod'

import type { OrderSort } from './order-filter'
import { PostgresTime } from './time-cursor'

/** Where the next page of a list begins: what the last row was sorted by, and its id. */
export interface OrderCursor {
  readonly value: string
  readonly id: string
}

const ByTime = z.object({ value: PostgresTime, id: z.uuid() })
const ByTotal = z.object({ value: z.string().regex(/^\d{1,15}$/), id: z.uuid() })

export function writeOrderCursor({ value, id }: OrderCursor): string {
  return `${value}_${id}`
}

/** Null, which is the first page, for none and for one that is not ours. */
export function readOrderCursor(asked: unknown, sort: OrderSort): OrderCursor | null {
  if (typeof asked !== 'string') return null
  const [value, id] = asked.split('_')
  const isByTotal = sort === 'dearest' || sort === 'cheapest'
  return (isByTotal ? ByTotal : ByTime).safeParse({ value, id }).data ?? null
}
