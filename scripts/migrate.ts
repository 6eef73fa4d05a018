import './load-env-file'

import { migrateDatabase } from '@/db/migrate'

const url = process.env['DATABASE_URL']
if (!url) {
  console.error('DATABASE_URL is missing: postgres://user:password@host:5432/database')
  process.exit(1)
}
await migrateDatabase(url)
console.log('The database is up to date')
