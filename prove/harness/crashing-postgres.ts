import { once } from 'node:events'
import { readdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import path from 'node:path'

import { createDatabaseOnServer } from '@/db/administer'
import { migrateDatabase } from '@/db/migrate'
import { startPostgres, type RunningPostgres } from '@/scripts/stack/postgres'

import { startPostgresProxy, type PostgresProxy } from './postgres-proxy'

/** A Postgres that keeps what it has promised, crashes on order, and comes back under the same address. */
export interface CrashingPostgres {
  /** Through a proxy that outlives the server. The database is migrated and empty. */
  readonly url: string
  /** Where its files are. */
  readonly files: () => Promise<string>
  /** Immediate shutdown, as `pg_ctl -m immediate` does it: no checkpoint, no goodbye. Then a start with recovery. */
  crash(): Promise<void>
  /** Loses its files and goes on with those in `backup`, which are moved. */
  restore(backup: string): Promise<void>
  close(): Promise<void>
}

const NAME = 'cartwright'

export async function startCrashingPostgres(folder: string): Promise<CrashingPostgres> {
  const dataDir = path.join(folder, 'crashing')
  let server: RunningPostgres = await startPostgres({ dataDir })
  await createDatabaseOnServer(server.url('postgres'), NAME)
  await migrateDatabase(server.url(NAME))
  const proxy: PostgresProxy = await startPostgresProxy(server.url(NAME))
  // The folder may be a link: Postgres cannot run as root, and another user cannot reach every place.
  const files = () => realpath(dataDir)
  const kill = async () => {
    const gone = once(server.process, 'exit')
    process.kill(await readPostmaster(dataDir), 'SIGQUIT')
    await gone
  }
  const start = async () => {
    server = await startPostgres({ dataDir })
    proxy.retarget(server.url(NAME))
  }
  return {
    url: proxy.url,
    files,
    crash: async () => {
      await kill()
      await start()
    },
    restore: async (backup) => {
      await kill()
      const place = await files()
      for (const entry of await readdir(place)) await rm(path.join(place, entry), { recursive: true })
      for (const entry of await readdir(backup)) await rename(path.join(backup, entry), path.join(place, entry))
      await start()
    },
    close: async () => {
      await server.stop()
      proxy.close()
      await rm(await files(), { recursive: true, force: true })
    },
  }
}

async function readPostmaster(dataDir: string): Promise<number> {
  const [pid] = (await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')
  if (!pid) throw new Error('Postgres does not run')
  return Number(pid)
}
