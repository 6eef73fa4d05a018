import './load-env-file'

import { createDatabase } from '@/db/client'
import { checkInvariants } from '@/db/queries/invariants'

/** `npm run money:check`: prints each invariant with what was looked at, and ends with 1 if any is violated. */
const url = process.env['DATABASE_URL']
if (!url) {
  console.error('DATABASE_URL is missing: postgres://user:password@host:5432/database')
  process.exit(2)
}
const db = createDatabase(url, { poolMax: 1 })
const results = await checkInvariants(db)
await db.$client.end()

for (const { id, claim, rowsSeen, findings } of results) {
  console.log(`${findings.length > 0 ? '✗' : '✓'} ${id.padEnd(4)} ${claim} (${rowsSeen} rows seen)`)
  for (const { subject, detail } of findings) console.log(`         ${subject}: ${detail}`)
}
const violations = results.reduce((sum, { findings }) => sum + findings.length, 0)
console.log(violations === 0 ? '\nNothing is wrong.' : `\n${violations} things are wrong.`)
process.exit(violations === 0 ? 0 : 1)
