import 'server-only'

import { inTransaction, postgresCode, type Database } from '@/db/client'
import { lockImport, updateImport } from '@/db/queries/catalogue-imports'
import { IMPORT_TRIES_MAX } from '@/lib/domain/catalogue-import'
import { getLog } from '@/lib/runtime/log'

/** What Postgres says of a statement that took longer than it may. */
const TOOK_TOO_LONG = '57014'

const FAILED =
  'It was too much for the database each time, so it has ended. Divide the file and send the parts; if they fail too, tell whoever runs the server.'

/**
 * Ends an import of which a step took too long once more than it may. Whatever else goes wrong is not counted: a database that was
 * away says nothing of the file. True once it has ended; false when it is to be tried again.
 */
export async function countTry(db: Database, importId: string, error: unknown): Promise<boolean> {
  if (postgresCode(error) !== TOOK_TOO_LONG) return false
  return inTransaction(db, async (tx) => {
    const found = await lockImport(tx, importId)
    if (found?.state !== 'checking' && found?.state !== 'applying') return false
    const tries = found.tries + 1
    if (tries < IMPORT_TRIES_MAX) {
      await updateImport(tx, importId, { tries })
      return false
    }
    await updateImport(tx, importId, { state: 'failed', tries, applied: 0, again: FAILED, finishedAt: new Date() })
    getLog().error({ importId, tries }, 'an import took the database too long each time and has ended')
    return true
  })
}
