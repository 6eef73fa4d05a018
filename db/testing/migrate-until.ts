import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { migrate } from 'drizzle-orm/node-postgres/migrator'

import type { Database } from '../client'

const migrations = path.resolve(import.meta.dirname, '../migrations')

/** Brings an empty database to where it was before `tag`, such as "0035_refund-delivery-once", so that rows of then can be put in. */
export async function migrateUntil(db: Database, tag: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'))
  try {
    await cp(migrations, folder, { recursive: true })
    const file = path.join(folder, 'meta/_journal.json')
    const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] }
    const at = journal.entries.findIndex((entry) => entry.tag === tag)
    if (at < 0) throw new Error(`there is no migration ${tag}`)
    await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, at) }))
    await migrate(db, { migrationsFolder: folder })
  } finally {
    await rm(folder, { recursive: true })
  }
}
