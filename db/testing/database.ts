import { randomBytes } from 'node:crypto'

import { inject } from 'vitest'

import { createDatabaseOnServer, dropDatabaseOnServer } from '../administer'
import { createDatabase, type Database } from '../client'

export interface TestDatabase {
  readonly url: string
  readonly db: Database
  /** Closes the pool and removes the database. */
  drop(): Promise<void>
}

/** A database of one's own: migrated and empty, or without any table when `empty`. For `beforeAll`; drop it in `afterAll`. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresAdminUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await createDatabaseOnServer(adminUrl, name, options.empty ? undefined : inject('templateDatabase'))
  const url = new URL(adminUrl)
  url.pathname = name
  const db = createDatabase(url.href)
  const drop = async () => {
    await db.$client.end()
    await dropDatabaseOnServer(adminUrl, name)
  }
  return { url: url.href, db, drop }
}
