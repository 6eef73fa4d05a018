import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'

import type { Mail } from '@/lib/domain/mail'

import type { Database, Queryable, Transaction } from '../client'
import { mailOutbox } from '../schema/mail'

export interface NewMail {
  readonly key: string
  /** Null: the row is written to take as long as any other, and is over at once. */
  readonly recipient: string | null
  readonly mail: Mail
  /** Minutes after which the mail is of no use; null: it keeps. */
  readonly lifeMinutes: number | null
}

/** A mail that is being sent. The sender holds its lease. */
export interface ClaimedMail {
  readonly id: number
  readonly kind: string
  readonly recipient: string
  /** As it was stored; the sender reads it again by the schema of today. */
  readonly payload: unknown
  readonly messageId: string
  readonly tries: number
  readonly isExpired: boolean
}

/** Longer than one try may take, so that two senders do not overlap. */
const LEASE = sql`interval '3 minutes'`
const isOpen = and(isNull(mailOutbox.doneAt), isNull(mailOutbox.deadAt))

/** Whatever was queued under this key before stays as it is, sent or not. */
export async function insertMail(tx: Transaction, { key, recipient, mail, lifeMinutes }: NewMail): Promise<void> {
  await tx
    .insert(mailOutbox)
    .values({
      key,
      recipient,
      kind: mail.kind,
      payload: recipient === null ? null : mail,
      doneAt: sql`case when ${recipient}::text is null then now() end`,
      expiresAt: lifeMinutes === null ? null : sql`now() + make_interval(mins => ${lifeMinutes})`,
    })
    .onConflictDoNothing({ target: mailOutbox.key })
}

export type MailFate = Pick<
  typeof mailOutbox.$inferSelect,
  'id' | 'key' | 'kind' | 'createdAt' | 'doneAt' | 'deadAt' | 'lastError'
>

/** What has become of the mails of these keys; whom they went to and what they say is not read. */
export async function listMailFates(db: Queryable, keys: readonly string[]): Promise<MailFate[]> {
  if (keys.length === 0) return []
  const { id, key, kind, createdAt, doneAt, deadAt, lastError } = mailOutbox
  return db
    .select({ id, key, kind, createdAt, doneAt, deadAt, lastError })
    .from(mailOutbox)
    .where(inArray(mailOutbox.key, [...keys]))
    .orderBy(asc(id))
}

/**
 * Mails that are due, leased to the caller. The Message-ID is made of the key at the first try and stays, even if the sender's
 * domain changes meanwhile.
 */
export async function claimDueMail(db: Queryable, limit: number, senderDomain: string): Promise<ClaimedMail[]> {
  const due = db
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(
      and(
        isOpen,
        lte(mailOutbox.availableAt, sql`now()`),
        or(isNull(mailOutbox.leaseUntil), lte(mailOutbox.leaseUntil, sql`now()`)),
      ),
    )
    .orderBy(asc(mailOutbox.availableAt), asc(mailOutbox.id))
    .limit(limit)
    .for('update', { skipLocked: true })
  const made = sql<string>`left(encode(sha256(convert_to(${mailOutbox.key}, 'UTF8')), 'hex'), 32) || '@' || ${senderDomain}`
  const rows = await db
    .update(mailOutbox)
    .set({
      leaseUntil: sql`now() + ${LEASE}`,
      tries: sql`${mailOutbox.tries} + 1`,
      messageId: sql`coalesce(${mailOutbox.messageId}, ${made})`,
    })
    .where(inArray(mailOutbox.id, due))
    .returning({
      id: mailOutbox.id,
      kind: mailOutbox.kind,
      recipient: sql<string>`${mailOutbox.recipient}`,
      payload: mailOutbox.payload,
      messageId: sql<string>`${mailOutbox.messageId}`,
      tries: mailOutbox.tries,
      isExpired: sql<boolean>`coalesce(${mailOutbox.expiresAt} <= now(), false)`,
    })
  return rows.toSorted((a, b) => a.id - b.id)
}

/** The mail server has taken it. */
export async function finishMail(db: Queryable, id: number): Promise<void> {
  await db
    .update(mailOutbox)
    .set({ doneAt: sql`now()`, payload: null, leaseUntil: null, lastError: null })
    .where(and(eq(mailOutbox.id, id), isOpen))
}

export async function postponeMail(db: Queryable, id: number, seconds: number, error: string): Promise<void> {
  await db
    .update(mailOutbox)
    .set({ availableAt: sql`now() + make_interval(secs => ${seconds})`, leaseUntil: null, lastError: error })
    .where(and(eq(mailOutbox.id, id), isOpen))
}

/** Nobody tries again. What it held stays for people to send it after all, unless that would keep a secret. */
export async function buryMail(db: Queryable, id: number, error: string): Promise<void> {
  const kept = sql`case when ${mailOutbox.expiresAt} is null then ${mailOutbox.payload} end`
  await db
    .update(mailOutbox)
    .set({ deadAt: sql`now()`, payload: kept, leaseUntil: null, lastError: error })
    .where(and(eq(mailOutbox.id, id), isOpen))
}

/** Who was written to is nobody's business after three months. The key stays, so that nothing is mailed again. */
export async function forgetOldRecipients(db: Database): Promise<void> {
  await db
    .update(mailOutbox)
    .set({ recipient: null, payload: null, lastError: null })
    .where(
      and(
        isNotNull(mailOutbox.recipient),
        lt(mailOutbox.createdAt, sql`now() - interval '90 days'`),
        or(isNotNull(mailOutbox.doneAt), isNotNull(mailOutbox.deadAt)),
      ),
    )
}

/** Of what was sent to an address, or never will be, nobody is to know any more. What is still to be sent is sent. */
export async function forgetRecipient(tx: Transaction, recipient: string): Promise<void> {
  await tx
    .update(mailOutbox)
    .set({ recipient: null, payload: null })
    .where(and(eq(mailOutbox.recipient, recipient), or(isNotNull(mailOutbox.doneAt), isNotNull(mailOutbox.deadAt))))
}

export interface MailState {
  /** Not sent yet. */
  readonly waiting: number
  /** Of the last ten days. */
  readonly givenUp: number
  readonly lastSentAt: Date | null
}

/** Whether mail gets out, for whoever looks after it. */
export async function readMailState(db: Queryable): Promise<MailState> {
  const recent = sql`${mailOutbox.createdAt} > now() - interval '10 days'`
  const [waiting, givenUp, [last]] = await Promise.all([
    db.$count(mailOutbox, isOpen),
    db.$count(mailOutbox, and(isNotNull(mailOutbox.recipient), isNotNull(mailOutbox.deadAt), recent)),
    db
      .select({ at: mailOutbox.doneAt })
      .from(mailOutbox)
      .where(and(isNotNull(mailOutbox.recipient), isNotNull(mailOutbox.doneAt), recent))
      .orderBy(sql`${mailOutbox.createdAt} desc`)
      .limit(1),
  ])
  return { waiting, givenUp, lastSentAt: last?.at ?? null }
}
