import 'server-only'

import { getDatabase, type Database } from '@/db/client'

/** What the doors hand to the member verbs. */
export function memberDatabase(): Database {
  return getDatabase()
}
