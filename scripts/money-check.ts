import './load-env-file'

import { createDatabase } from '@/db/client'
import { checkInvariants, readIgnored } from '@/db/queries/invariant-checks'

/** `npm run money:check`: prints each invariant with what was looked at, and ends with 1 if any is violated, also when
 * somebody has ignored it, and with 2 if that could not be looked at. */
const url = process.env['DATABASE_URL']
if (!url) {
  console.error('DATABASE_URL is missing: postgres://user:password@host:5432/database')
  process.exit(2)
}
const db = createDatabase(url, { poolMax: 1 })
const seen = await look().catch((error: unknown) => {
  console.error(
    `The database cannot be asked: ${String(error instanceof Error ? (error.cause ?? error.message) : error)}`,
  )
  process.exit(2)
})
await db.$client.end()
const { results, isIgnored } = seen

async function look() {
  return { results: await checkInvariants(db), isIgnored: await readIgnored(db) }
}

for (const { id, claim, rowsSeen, findings } of results) {
  console.log(`${findings.length > 0 ? '✗' : '✓'} ${id.padEnd(4)} ${claim} (${rowsSeen} rows seen)`)
  for (const finding of findings) {
    const ignored = isIgnored(id, finding)
    console.log(`         ${finding.subject}: ${finding.detail}`)
    if (ignored) console.log(`           ignored by ${ignored.by}: ${ignored.note}`)
  }
}
const wrong = results.flatMap(({ id, findings }) => findings.map((finding) => isIgnored(id, finding)))
const violations = wrong.length
const ignored = wrong.filter((each) => each !== null).length
const besides = ignored === 0 ? '' : ` ${ignored} of them ignored: wrong all the same.`
console.log(
  violations === 0
    ? '\nNothing is wrong.'
    : `\n${violations} ${violations === 1 ? 'thing is' : 'things are'} wrong.${besides}`,
)
process.exit(violations === 0 ? 0 : 1)
