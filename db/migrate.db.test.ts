import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { migrateDatabase } from './migrate'
import { createTestDatabase, type TestDatabase } from './testing/database'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
})
afterAll(() => database.drop())

test('replicas that migrate an empty database at once all succeed, and each migration is applied once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database.url)))
  const applied = await database.db.execute<{ hash: string }>(sql`select hash from drizzle.__drizzle_migrations`)
  expect(applied.rows.length).toBeGreaterThan(0)
  expect(new Set(applied.rows.map(({ hash }) => hash)).size).toBe(applied.rows.length)
})

test('migrating a database that is up to date changes nothing', async () => {
  const count = () => database.db.execute(sql`select * from drizzle.__drizzle_migrations`).then(({ rows }) => rows)
  const before = await count()
  await migrateDatabase(database.url)
  expect(await count()).toEqual(before)
})
