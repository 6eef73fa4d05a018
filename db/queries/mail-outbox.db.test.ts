import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { Mail } from '@/lib/domain/mail'

import { inTransaction, type Database } from '../client'
import { mailOutbox } from '../schema/mail'
import { createTestDatabase, type TestDatabase } from '../testing/database'
import { buryMail, claimDueMail, finishMail, forgetOldRecipients, insertMail, postponeMail } from './mail-outbox'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())
beforeEach(() => db.delete(mailOutbox))

const SECRET: Mail = { kind: 'sign_in_link', path: '/sign-in/link?token=secret', minutes: 15 }

async function queue(key: string, mail: Mail = { kind: 'password_changed' }, lifeMinutes: number | null = null) {
  await inTransaction(db, (tx) => insertMail(tx, { key, recipient: 'reader@example.com', mail, lifeMinutes }))
}

const claim = (limit = 10, domain = 'shop.example') => claimDueMail(db, limit, domain)

async function only() {
  const rows = await db.select().from(mailOutbox)
  expect(rows).toHaveLength(1)
  return rows[0]!
}

test('a key is queued once, also by transactions at the same time and after it was sent', async () => {
  await Promise.all(Array.from({ length: 8 }, () => queue('order_placed:1')))
  const [mail] = await claim()
  await finishMail(db, mail!.id)
  await queue('order_placed:1')
  expect(await only()).toMatchObject({ key: 'order_placed:1', payload: null })
  expect(await claim()).toEqual([])
})

test('senders at the same time share the due mails, none twice', async () => {
  for (let index = 0; index < 12; index++) await queue(`order_placed:${index}`)
  const claims = await Promise.all([claim(4), claim(4), claim(4), claim(4)])
  const ids = claims.flat().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids, ...(await claim(12)).map(({ id }) => id)]).toHaveLength(12)
})

test('a mail whose sender died is claimed again when its lease is over, under the same Message-ID', async () => {
  await queue('order_placed:1')
  const [first] = await claim()
  expect(await claim()).toEqual([])
  await db.update(mailOutbox).set({ leaseUntil: sql`now() - interval '1 second'` })
  const [second] = await claim(10, 'other.example')
  expect(second).toMatchObject({ id: first!.id, messageId: first!.messageId, tries: 2 })
  expect(first!.messageId).toMatch(/^[0-9a-f]{32}@shop\.example$/)
})

test('two keys have two Message-IDs', async () => {
  await queue('order_placed:1')
  await queue('order_placed:2')
  const ids = (await claim()).map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(2)
})

test('a postponed mail waits and can be claimed once that is over', async () => {
  await queue('order_placed:1')
  const [mail] = await claim()
  await postponeMail(db, mail!.id, 60, 'ECONNREFUSED')
  expect(await claim()).toEqual([])
  await db.update(mailOutbox).set({ availableAt: sql`now()` })
  expect(await claim()).toHaveLength(1)
})

test('the secret of a mail is gone once it is sent', async () => {
  await queue('sign_in_link:1', SECRET, 15)
  const [mail] = await claim()
  expect(JSON.stringify(mail)).toContain('secret')
  await finishMail(db, mail!.id)
  expect(JSON.stringify(await only())).not.toContain('secret')
})

test('the database refuses a sent mail that keeps what it held', async () => {
  await queue('sign_in_link:1', SECRET, 15)
  const keep = db.update(mailOutbox).set({ doneAt: sql`now()` })
  await expect(keep).rejects.toMatchObject({ cause: { constraint: 'mail_outbox_sent_is_wiped' } })
})

test('a mail that is given up keeps what it held, but no secret', async () => {
  await queue('sign_in_link:1', SECRET, 15)
  await queue('password_changed:1')
  for (const { id } of await claim()) await buryMail(db, id, 'no')
  const rows = await db.select().from(mailOutbox).orderBy(mailOutbox.id)
  expect(rows.map(({ payload }) => payload)).toEqual([null, { kind: 'password_changed' }])
  expect(await claim()).toEqual([])
})

test('a late answer changes nothing about a mail that is over', async () => {
  await queue('order_placed:1')
  const [mail] = await claim()
  await finishMail(db, mail!.id)
  await postponeMail(db, mail!.id, 0, 'late')
  await buryMail(db, mail!.id, 'late')
  expect(await only()).toMatchObject({ deadAt: null, lastError: null })
})

test('a mail says when its link has died', async () => {
  await queue('sign_in_link:1', SECRET, 15)
  expect((await claim())[0]).toMatchObject({ isExpired: false })
  await db.update(mailOutbox).set({ leaseUntil: null, expiresAt: sql`now()` })
  expect((await claim())[0]).toMatchObject({ isExpired: true })
})

test('recipients are forgotten after three months, keys are not, and unsent mail is left alone', async () => {
  await queue('order_placed:sent')
  const [sent] = await claim()
  await finishMail(db, sent!.id)
  await queue('order_placed:waiting')
  await db.update(mailOutbox).set({ createdAt: sql`now() - interval '91 days'` })
  await forgetOldRecipients(db)
  const recipientOf = async (key: string) =>
    (await db.select().from(mailOutbox).where(eq(mailOutbox.key, key)))[0]?.recipient
  expect(await recipientOf('order_placed:sent')).toBeNull()
  expect(await recipientOf('order_placed:waiting')).toBe('reader@example.com')
})
