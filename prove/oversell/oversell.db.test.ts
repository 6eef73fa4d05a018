import { expect, test } from 'vitest'

import { createTestDatabase } from '@/db/testing/database'
import { startTestPayPal } from '@/testing/test-paypal'

import { tryToOversell } from './oversell'

test(
  '600 checkouts at once for 120 pieces sell exactly 120 and leave no stock held',
  { timeout: 300_000 },
  async () => {
    const database = await createTestDatabase()
    const paypal = await startTestPayPal()
    const size = { checkouts: 600, clients: 32, variants: 4, each: 30 }
    const report = await tryToOversell(database.db, paypal, size, { seed: 1, say: () => undefined })
    await paypal.close()
    await database.drop()
    expect(report.violations).toEqual([])
    expect(report.counts).toContainEqual(['sold', 120])
  },
)
