import { z } from 'zod'

import type { OrderCursor } from '@/lib/domain/order-cursor'
import type { OrderSort } from '@/lib/domain/order-filter'

/** As Postgres writes a time, to the microsecond. */
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/
const ByTime = z.object({ value: z.string().regex(TIME), id: z.uuid() })
const ByTotal = z.object({ value: z.string().regex(/^\d{1,15}$/), id: z.uuid() })

export function writeCursor({ value, id }: OrderCursor): string {
  return `${value}_${id}`
}

/** Null, which is the first page, for none and for one that is not ours. */
export function readCursor(asked: unknown, sort: OrderSort): OrderCursor | null {
  if (typeof asked !== 'string') return null
  const [value, id] = asked.split('_')
  const isByTotal = sort === 'dearest' || sort === 'cheapest'
  return (isByTotal ? ByTotal : ByTime).safeParse({ value, id }).data ?? null
}
