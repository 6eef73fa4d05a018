import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { TestProject } from 'vitest/node'

import { startPostgres } from '@/scripts/stack/postgres'

import { createDatabaseOnServer } from '../administer'
import { migrateDatabase } from '../migrate'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server's own database, from which others are made. */
    postgresAdminUrl: string
    /** Name of the migrated, empty database that test databases are copies of. */
    templateDatabase: string
  }
}

const TEMPLATE = 'template_shop'

/** One Postgres for all files of the run, with a migrated template on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'cartwright-test-'))
  const server = await startPostgres({ dataDir, throwaway: true })
  const adminUrl = server.url('postgres')
  await createDatabaseOnServer(adminUrl, TEMPLATE)
  await migrateDatabase(server.url(TEMPLATE))
  project.provide('postgresAdminUrl', adminUrl)
  project.provide('templateDatabase', TEMPLATE)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
