import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { createDatabaseOnServer, hasDatabaseOnServer, isSeeded } from '@/db/administer'
import { migrateDatabase } from '@/db/migrate'

import { startPostgres, type RunningPostgres } from './postgres'
import { runToEnd } from './run-to-end'
import { TYPESCRIPT } from './children'

const NAME = 'cartwright'

/** The embedded server below `dataDir` with the shop's database on it, still empty at first. */
export async function startShopDatabase(
  dataDir: string,
  options: { throwaway?: boolean } = {},
): Promise<{ server: RunningPostgres; url: string }> {
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), ...options })
  const admin = server.url('postgres')
  if (!(await hasDatabaseOnServer(admin, NAME))) await createDatabaseOnServer(admin, NAME)
  return { server, url: server.url(NAME) }
}

/** Brings any database to where the shop can run on it: tables, then the demonstration's data if it has none. */
export async function prepareDatabase(url: string, mediaDir: string, say: (step: string) => void): Promise<void> {
  say('Migrating the database')
  await migrateDatabase(url)
  const marker = path.join(mediaDir, '.complete')
  if (existsSync(marker) && (await isSeeded(url))) return
  say('Filling the shop and drawing its pictures (once)')
  await runToEnd('Seeding', [...TYPESCRIPT, 'db/seed/main.ts'], { DATABASE_URL: url, MEDIA_DIR: mediaDir })
  await writeFile(marker, '')
}
