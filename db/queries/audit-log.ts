import { createHash } from 'node:crypto'

import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'

import { canonicalJson, CHAIN_START, judgeLink, type AuditRecord, type ChainLink } from '@/lib/domain/audit'

import type { Queryable, Transaction } from '../client'
import { auditLog } from '../schema/staff'

export type NewAuditEntry = Omit<AuditRecord, 'id' | 'at'>
export type AuditRow = typeof auditLog.$inferSelect

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Held until commit, so that entries are written one after the other and the chain has no fork. */
const CHAIN_LOCK = 7_301_001

/** Adds an entry, in the transaction of what it tells of: neither is there without the other. */
export async function appendAudit(tx: Transaction, entry: NewAuditEntry): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`)
  const [last] = await tx
    .select({ id: auditLog.id, hash: auditLog.hash })
    .from(auditLog)
    .orderBy(desc(auditLog.id))
    .limit(1)
  const at = new Date()
  const record: AuditRecord = { ...entry, id: (last?.id ?? 0) + 1, at: at.toISOString() }
  const payload = canonicalJson(record)
  const previousHash = last?.hash ?? CHAIN_START
  await tx.insert(auditLog).values({ ...record, at, payload, previousHash, hash: hashOf(previousHash + payload) })
}

export interface AuditFilter {
  readonly subject?: string
  readonly actorEmail?: string
  /** The id of the last entry of the page before. */
  readonly before?: number
}

/** The newest first. */
export async function listAudit(db: Queryable, filter: AuditFilter, limit: number): Promise<AuditRow[]> {
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        ...(filter.subject === undefined ? [] : [eq(auditLog.subject, filter.subject)]),
        ...(filter.actorEmail === undefined ? [] : [eq(auditLog.actorEmail, filter.actorEmail)]),
        ...(filter.before === undefined ? [] : [lt(auditLog.id, filter.before)]),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit)
}

/** The last change of something, which is its version: whoever saves says which one their page had shown. */
export async function findLastAudit(
  db: Queryable,
  subject: string,
): Promise<{ id: number; actorEmail: string; at: Date } | null> {
  const [row] = await db
    .select({ id: auditLog.id, actorEmail: auditLog.actorEmail, at: auditLog.at })
    .from(auditLog)
    .where(eq(auditLog.subject, subject))
    .orderBy(sql`${auditLog.id} desc nulls first`)
    .limit(1)
  return row ?? null
}

/** What was done to something since somebody saw version `seen` of it, oldest first; entries carry the version they made. */
export async function listAuditSince(db: Queryable, subject: string, seen: number): Promise<AuditRow[]> {
  return db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.subject, subject), sql`(${auditLog.after} ->> 'version')::int > ${seen}`))
    .orderBy(asc(auditLog.id))
    .limit(20)
}

const READ_AT_ONCE = 1_000

/** Walks the whole chain. `problem` is what is wrong with the first entry that is, or null. */
export async function verifyAuditChain(db: Queryable): Promise<{ entries: number; problem: string | null }> {
  let previous: ChainLink | null = null
  let entries = 0
  for (;;) {
    const links: AuditRow[] = await db
      .select()
      .from(auditLog)
      .where(gt(auditLog.id, previous?.id ?? 0))
      .orderBy(asc(auditLog.id))
      .limit(READ_AT_ONCE)
    for (const link of links) {
      const problem = judgeLink(previous, link, hashOf) ?? judgeColumns(link)
      if (problem) return { entries, problem }
      previous = link
      entries++
    }
    if (links.length < READ_AT_ONCE) return { entries, problem: null }
  }
}

/** The columns are for searching; what was hashed is the payload, and they must say the same. */
function judgeColumns(row: AuditRow): string | null {
  const { id, actorId, actorEmail, action, subject, before, after, network } = row
  const shown = { id, at: row.at.toISOString(), actorId, actorEmail, action, subject, before, after, network }
  return canonicalJson(shown) === row.payload ? null : `entry ${id} shows something else than was written`
}
