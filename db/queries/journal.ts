import { and, eq, sql } from 'drizzle-orm'

import type { JournalEntry, JournalKind } from '@/lib/domain/journal'

import type { Queryable, Transaction } from '../client'
import { journalEntries, journalPostings } from '../schema/journal'

/** Books an entry in the transaction of what it stands for. A second one for the same movement is refused. */
export async function insertJournalEntry(tx: Transaction, { kind, ref, postings }: JournalEntry): Promise<void> {
  const [entry] = await tx.insert(journalEntries).values({ kind, ref }).returning({ id: journalEntries.id })
  if (!entry) throw new Error('the journal entry was not inserted')
  await tx.insert(journalPostings).values(postings.map((posting) => ({ ...posting, entryId: entry.id })))
}

export async function hasJournalEntry(db: Queryable, kind: JournalKind, ref: string): Promise<boolean> {
  const rows = await db
    .select({ id: journalEntries.id })
    .from(journalEntries)
    .where(and(eq(journalEntries.kind, kind), eq(journalEntries.ref, ref)))
  return rows.length > 0
}

/** Minor units of a capture's fee that was booked after it; null when there is none. */
export async function readBookedFee(db: Queryable, paypalCaptureId: string): Promise<number | null> {
  const [row] = await db
    .select({ minor: sql<string | null>`sum(${journalPostings.amountMinor})` })
    .from(journalEntries)
    .innerJoin(journalPostings, eq(journalPostings.entryId, journalEntries.id))
    .where(
      and(
        eq(journalEntries.kind, 'fee'),
        eq(journalEntries.ref, paypalCaptureId),
        eq(journalPostings.account, 'paypal_fees'),
      ),
    )
  return row?.minor == null ? null : Number(row.minor)
}
