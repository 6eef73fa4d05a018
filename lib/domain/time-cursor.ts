import { z } from 'zod'

/** Where a list by time goes on: the last row of the page before. */
export interface TimeCursor {
  /** As Postgres writes a time, to the microsecond. */
  readonly at: string
  readonly id: string
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d)?$/

/** A time as Postgres writes it, and reads it again: no 99th month, no 30 February, no year 0. */
export const PostgresTime = z.string().refine((text) => {
  const [day = '', time = ''] = text.split(' ', 2)
  return text.length <= 40 && z.iso.date().safeParse(day).success && day >= '0001' && TIME_OF_DAY.test(time)
})

const PAYPAL_ID = z.string().regex(/^[\w-]{1,64}$/)

export function writeTimeCursor({ at, id }: TimeCursor): string {
  return `${at}~${id}`
}

/** Null, which is the first page, for none and for one that is not ours. `Id`: what the rows of the list have for one. */
export function readTimeCursor(asked: unknown, Id: z.ZodType<string> = PAYPAL_ID): TimeCursor | null {
  if (typeof asked !== 'string') return null
  const [at, id] = asked.split('~')
  return z.object({ at: PostgresTime, id: Id }).safeParse({ at, id }).data ?? null
}
