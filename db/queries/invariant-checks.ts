import { sql } from 'drizzle-orm'

import type { Database, Transaction } from '../client'
import { invariantChecks } from '../schema/incidents'
import { INVARIANTS, type Invariant } from './invariants'
import { listIgnoredViolations } from './payment-incidents'

export interface InvariantFinding {
  readonly subject: string
  readonly detail: string
}

export interface InvariantResult {
  readonly id: string
  readonly claim: string
  readonly rowsSeen: number
  readonly findings: readonly InvariantFinding[]
}

/** More than this many of one kind are one problem. */
export const FINDINGS_MAX = 200

/** Looks at everything as of one moment, so that a commit in between is seen by all queries or by none. */
export async function checkInvariants(db: Database): Promise<InvariantResult[]> {
  const options = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const
  return db.transaction(async (tx) => {
    // It reads all of the shop's history, which takes longer than any request may.
    await tx.execute(sql`set local statement_timeout = '10min'`)
    const results: InvariantResult[] = []
    for (const invariant of INVARIANTS) results.push(await checkInvariant(tx, invariant))
    return results
  }, options)
}

async function checkInvariant(tx: Transaction, { id, claim, seen, violations }: Invariant): Promise<InvariantResult> {
  const counted = await tx.execute<{ seen: string }>(seen)
  // One finding for one subject, however much is wrong with it: what is ignored is all of it, or nothing.
  const found = await tx.execute<{ subject: string; detail: string }>(sql`
    select subject, string_agg(coalesce(detail, ''), '; ' order by detail collate "C") as detail
    from (${violations}) found group by subject order by subject limit ${FINDINGS_MAX}`)
  return {
    id,
    claim,
    rowsSeen: Number(counted.rows[0]?.seen ?? 0),
    findings: found.rows.map(({ subject, detail }) => ({ subject, detail })),
  }
}

/** Tells whether a finding is exactly what somebody has ignored. */
export async function readIgnored(
  db: Database,
): Promise<(invariant: string, finding: InvariantFinding) => { by: string; note: string } | null> {
  const ignored = new Map(
    (await listIgnoredViolations(db)).map(({ details, resolvedBy, resolutionNote }) => [
      JSON.stringify([details['invariant'], details['subject'], details['detail']]),
      { by: resolvedBy ?? '', note: resolutionNote },
    ]),
  )
  return (invariant, { subject, detail }) => ignored.get(JSON.stringify([invariant, subject, detail])) ?? null
}

/** Remembers the last look, for whoever asks how the shop is. */
export async function recordInvariantChecks(db: Database, results: readonly InvariantResult[]): Promise<void> {
  const rows = results.map(({ id, rowsSeen, findings }) => ({ invariant: id, rowsSeen, violations: findings.length }))
  await db
    .insert(invariantChecks)
    .values(rows)
    .onConflictDoUpdate({
      target: invariantChecks.invariant,
      set: {
        rowsSeen: sql`excluded.rows_seen`,
        violations: sql`excluded.violations`,
        checkedAt: sql`now()`,
      },
    })
}

export async function listInvariantChecks(db: Database): Promise<(typeof invariantChecks.$inferSelect)[]> {
  return db.select().from(invariantChecks).orderBy(invariantChecks.invariant)
}

/** True for one caller in each `minutes`, whichever process it is in. */
export async function takeInvariantTurn(db: Database, minutes: number): Promise<boolean> {
  const rows = await db
    .insert(invariantChecks)
    .values({ invariant: 'turn', rowsSeen: 0, violations: 0 })
    .onConflictDoUpdate({
      target: invariantChecks.invariant,
      set: { checkedAt: sql`now()` },
      setWhere: sql`${invariantChecks.checkedAt} < now() - make_interval(mins => ${minutes})`,
    })
    .returning({ invariant: invariantChecks.invariant })
  return rows.length > 0
}
