import './load-env-file'

import { createDatabase } from '@/db/client'
import { verifyAuditChain } from '@/db/queries/audit-log'

/** `npm run audit:verify`: walks the audit log's chain, and ends with 1 if an entry was changed, taken out or put in. */
const url = process.env['DATABASE_URL']
if (!url) {
  console.error('DATABASE_URL is missing: postgres://user:password@host:5432/database')
  process.exit(2)
}
const db = createDatabase(url, { poolMax: 1 })
const { entries, problem } = await verifyAuditChain(db)
await db.$client.end()
console.log(
  problem === null
    ? `✓ All ${entries} entries are as they were written.`
    : `✗ After ${entries} good entries: ${problem}.`,
)
process.exit(problem === null ? 0 : 1)
