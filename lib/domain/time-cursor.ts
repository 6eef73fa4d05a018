import { z } from 'zod'

/** Where a list by time goes on: the last row of the page before. */
export interface TimeCursor {
  /** As Postgres writes a time, to the microsecond. */
  readonly at: string
  readonly id: string
}

const Cursor = z.object({
  at: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/),
  id: z.string().regex(/^[\w-]{1,64}$/),
})

export function writeTimeCursor({ at, id }: TimeCursor): string {
  return `${at}~${id}`
}

/** Null, which is the first page, for none and for one that is not ours. */
export function readTimeCursor(asked: unknown): TimeCursor | null {
  if (typeof asked !== 'string') return null
  const [at, id] = asked.split('~')
  return Cursor.safeParse({ at, id }).data ?? null
}
