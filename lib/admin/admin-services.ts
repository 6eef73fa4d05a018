import 'server-only'

import { getDatabase, type Database } from '@/db/client'

/** What the doors of /admin hand to its verbs. */
export function adminDatabase(): Database {
  return getDatabase()
}
