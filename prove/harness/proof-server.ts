import { randomBytes } from 'node:crypto'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { createDatabaseOnServer } from '@/db/administer'
import { migrateDatabase } from '@/db/migrate'
import { startPostgres } from '@/scripts/stack/postgres'

const TEMPLATE = 'template_shop'

/** A Postgres for one run of a proof, and a folder that goes with it. */
export interface ProofServer {
  readonly adminUrl: string
  readonly folder: string
  /** Address of a migrated, empty database. */
  readonly newDatabase: () => Promise<string>
  readonly stop: () => Promise<void>
}

export async function startProofServer(): Promise<ProofServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cartwright-prove-'))
  const server = await startPostgres({ dataDir: path.join(folder, 'postgres'), throwaway: true })
  const adminUrl = server.url('postgres')
  await createDatabaseOnServer(adminUrl, TEMPLATE)
  await migrateDatabase(server.url(TEMPLATE))
  return {
    adminUrl,
    folder,
    newDatabase: async () => {
      const name = `proof_${randomBytes(6).toString('hex')}`
      await createDatabaseOnServer(adminUrl, name, TEMPLATE)
      return server.url(name)
    },
    stop: async () => {
      await server.stop()
      // A link, where Postgres could not reach the folder.
      await rm(await realpath(path.join(folder, 'postgres')), { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
