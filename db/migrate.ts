import path from 'node:path'

import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

/** Any constant will do: it names "migrating this database" among advisory locks. */
const MIGRATION_LOCK = 0x43_61_72_74
const migrationsFolder = path.join(import.meta.dirname, 'migrations')

/**
 * Applies the migrations that are not applied yet. Callers at the same time wait for each other and then find nothing left to
 * do. Run by a command before the shop starts, never by a page.
 */
export async function migrateDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client), { migrationsFolder })
  } finally {
    // Ends the session and with it the lock.
    await client.end()
  }
}
