import { randomBytes } from 'node:crypto'

import { inject } from 'vitest'

import { createDatabaseOnServer, dropDatabaseOnServer } from '@/db/administer'
import { createDatabase, type Database } from '@/db/client'

/** A database as it was at one moment. */
export interface Backup {
  /** The database as it was then, open; what happened since is not in it. Each call is another copy. */
  restore(): Promise<Database>
  drop(): Promise<void>
}

/** Copies a database that nobody is connected to. */
export async function backUp(databaseUrl: string): Promise<Backup> {
  const adminUrl = inject('postgresAdminUrl')
  const made: string[] = []
  const open: Database[] = []
  const copy = async (of: string) => {
    const name = `backup_${randomBytes(6).toString('hex')}`
    await createDatabaseOnServer(adminUrl, name, of)
    made.push(name)
    return name
  }
  const original = await copy(new URL(databaseUrl).pathname.slice(1))
  return {
    restore: async () => {
      const url = new URL(adminUrl)
      url.pathname = await copy(original)
      const db = createDatabase(url.href)
      open.push(db)
      return db
    },
    drop: async () => {
      for (const db of open) await db.$client.end()
      for (const name of made) await dropDatabaseOnServer(adminUrl, name)
    },
  }
}
