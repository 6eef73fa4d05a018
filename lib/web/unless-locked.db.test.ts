import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { lockProduct } from '@/db/queries/product-desk'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { setUpShop, stockProduct } from '@/testing/test-shop'

import { unlessLocked } from './unless-locked'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await setUpShop(database.db)
  await stockProduct(database.db, 5)
})
afterAll(() => database.drop())

const productId = 1
const save = async () => {
  await inTransaction(database.db, async (tx) => {
    await tx.execute(sql`set local lock_timeout = '20ms'`)
    await lockProduct(tx, productId)
  })
  return 'saved'
}
const locked = async () => 'try again'

test('what an import holds is told of and not an error; afterwards it is saved', async () => {
  await database.db.transaction(async (importing) => {
    await lockProduct(importing, productId)
    expect(await unlessLocked(save, locked)).toBe('try again')
  })
  expect(await unlessLocked(save, locked)).toBe('saved')
})

test('any other fault stays one', async () => {
  const fails = async () => {
    throw new Error('something else')
  }
  await expect(unlessLocked(fails, locked)).rejects.toThrow('something else')
})
