import { expect, test } from 'vitest'

import { createTestDatabase } from '@/db/testing/database'

import { exhaustPool } from './pool'

test(
  '50 clients on two connections all get their order, and nothing is left behind',
  { timeout: 300_000 },
  async () => {
    const database = await createTestDatabase()
    const report = await exhaustPool(database.url, 100)
    await database.drop()
    expect(report.violations).toEqual([])
    expect(report.counts).toContainEqual(['orders', 100])
  },
)
