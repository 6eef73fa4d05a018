import 'server-only'

import type { Database } from '@/db/client'
import {
  checkInvariants,
  FINDINGS_MAX,
  readIgnored,
  recordInvariantChecks,
  takeInvariantTurn,
  type InvariantResult,
} from '@/db/queries/invariant-checks'
import { listIgnoredViolations, listOpenIncidents, raiseIncident, settleIgnored } from '@/db/queries/payment-incidents'
import { getLog } from '@/lib/runtime/log'

import { settleIncident } from './incidents/settle-incident'

const EVERY_MINUTES = 10

/** The worker's look at what is wrong: one process at a time, every ten minutes. */
export async function watchMoney(db: Database): Promise<void> {
  if (!(await takeInvariantTurn(db, EVERY_MINUTES))) return
  await lookAtInvariants(db)
}

/**
 * Looks now, remembers the result, raises an incident for whatever is wrong, once, and settles what no longer is. The log is told
 * each time, also of what somebody has decided to ignore.
 */
export async function lookAtInvariants(db: Database): Promise<InvariantResult[]> {
  const results = await checkInvariants(db)
  await recordInvariantChecks(db, results)
  const isIgnored = await readIgnored(db)
  for (const { id, claim, findings } of results) {
    for (const finding of findings) {
      const { subject, detail } = finding
      const isNew = await raiseIncident(db, {
        kind: 'invariant_violated',
        subject: `${id}:${subject}`,
        details: { invariant: id, claim, subject, detail },
      })
      const about = { invariant: id, subject, detail }
      const ignored = isIgnored(id, finding)
      if (isNew) getLog().error(about, 'an invariant is violated')
      else if (ignored) getLog().warn(about, 'an invariant is violated, and ignored')
      else getLog().error(about, 'an invariant is still violated')
    }
  }
  await settleViolations(db, results)
  return results
}

/** Ends the incidents of violations that are not found any more. An invariant with more findings than are listed is left. */
async function settleViolations(db: Database, results: readonly InvariantResult[]): Promise<void> {
  const listed = results.filter(({ findings }) => findings.length < FINDINGS_MAX)
  const violated = new Set(listed.flatMap(({ id, findings }) => findings.map(({ subject }) => `${id}:${subject}`)))
  for (const incident of await listOpenIncidents(db, ['invariant_violated'])) {
    const subject = incident.key.slice('invariant_violated:'.length)
    const isChecked = listed.some(({ id }) => subject.startsWith(`${id}:`))
    if (isChecked && !violated.has(subject)) await settleIncident(db, incident)
  }
  for (const { id, key } of await listIgnoredViolations(db)) {
    const subject = key.slice('invariant_violated:'.length)
    const isChecked = listed.some((invariant) => subject.startsWith(`${invariant.id}:`))
    if (isChecked && !violated.has(subject)) await settleIgnored(db, id)
  }
}
