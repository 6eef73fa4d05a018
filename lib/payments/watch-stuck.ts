import 'server-only'

import type { Database } from '@/db/client'
import { listOpenIncidents, raiseIncident } from '@/db/queries/payment-incidents'
import { listStuck } from '@/db/queries/stuck'
import { getLog } from '@/lib/runtime/log'

import { settleIncident } from './incidents/settle-incident'

/** Raises an incident for whatever does not come to an end, once, and settles those that have. @returns how many are stuck. */
export async function lookForStuck(db: Database): Promise<number> {
  const stuck = await listStuck(db)
  for (const { id, what, state, since, tries, lastIssue, ...columns } of stuck) {
    const isNew = await raiseIncident(db, {
      kind: 'stuck',
      subject: id,
      ...columns,
      details: { what, state, since, tries, lastIssue },
    })
    if (isNew) getLog().error({ id, what, state, since, tries, lastIssue }, 'something about money does not end')
  }
  const ids = new Set(stuck.map(({ id }) => id))
  for (const incident of await listOpenIncidents(db, ['stuck'])) {
    if (!ids.has(incident.key.slice('stuck:'.length))) await settleIncident(db, incident)
  }
  return stuck.length
}
