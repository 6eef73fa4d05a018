import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { ATTEMPT_MOVES, ATTEMPT_STATES } from '@/lib/domain/payment'
import { ORDER_MOVES, ORDER_STATES } from '@/lib/domain/order'
import { REFUND_MOVES, REFUND_STATES } from '@/lib/domain/refund'
import { RETURN_MOVES, RETURN_STATES } from '@/lib/domain/return'

import { createTestDatabase, type TestDatabase } from './testing/database'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const LIVES = [
  { name: 'attempt', states: ATTEMPT_STATES, moves: ATTEMPT_MOVES },
  { name: 'order', states: ORDER_STATES, moves: ORDER_MOVES },
  { name: 'refund', states: REFUND_STATES, moves: REFUND_MOVES },
  { name: 'return', states: RETURN_STATES, moves: RETURN_MOVES },
] as const

test.each(LIVES)('the database allows an $name exactly the moves of its domain', async ({ name, states, moves }) => {
  for (const from of states) {
    for (const to of states) {
      const { rows } = await database.db.execute<{ allowed: boolean }>(
        sql`select ${sql.raw(`${name}_move_allowed`)}(${from}, ${to}) as allowed`,
      )
      const allowed = (moves as Readonly<Record<string, readonly string[]>>)[from]?.includes(to)
      expect(rows[0]?.allowed, `${from} -> ${to}`).toBe(allowed)
    }
  }
})
