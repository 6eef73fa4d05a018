import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { members } from '@/db/schema/members'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import {
  lastSecret,
  mailTo,
  newEmail,
  newMember,
  setTestEnvironment,
  signedInLongAgo,
  VISITOR,
} from '@/testing/test-members'

import { confirmEmailChange, readEmailChange, requestEmailChange } from './change-email'
import { confirmSignInLink } from './confirm-link'
import type { Member } from './member'
import { forgotPassword, requestLink } from './request-link'
import { resetPassword } from './set-password'

let database: TestDatabase
let db: Database
const caller = VISITOR

beforeAll(async () => {
  setTestEnvironment()
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

const addressOf = async ({ memberId }: Member) =>
  (await db.select().from(members).where(eq(members.id, memberId)))[0]?.email

describe('a new address', () => {
  test('takes effect once it is confirmed, once, and both addresses are told', async () => {
    const { member, email } = await newMember(db)
    const next = newEmail()
    expect(await requestEmailChange(db, member, { email: next, caller })).toEqual({ kind: 'mailed' })
    expect(await addressOf(member)).toBe(email)
    const secret = await lastSecret(db, next)
    expect(await confirmEmailChange(db, secret, member)).toEqual({ kind: 'changed' })
    expect(await confirmEmailChange(db, secret, member)).toEqual({ kind: 'link_over' })
    expect(await addressOf(member)).toBe(next)
    for (const address of [email, next]) {
      expect((await mailTo(db, address)).map(({ kind }) => kind)).toContain('email_changed')
    }
  })

  test('is confirmed by the member who asked, and by nobody who is signed in to another account or to none', async () => {
    const { member, email } = await newMember(db)
    const bystander = await newMember(db)
    const next = newEmail()
    await requestEmailChange(db, member, { email: next, caller })
    const secret = await lastSecret(db, next)
    for (const other of [null, bystander.member]) {
      expect(await confirmEmailChange(db, secret, other)).toEqual({ kind: 'sign_in_first' })
      const asked = await readEmailChange(db, secret, other)
      expect(asked).toEqual({ kind: 'sign_in_first', email: next, account: 'p•••@example.com' })
    }
    expect(await addressOf(member)).toBe(email)
    expect(await readEmailChange(db, secret, member)).toEqual({ kind: 'own', email: next })
    expect(await confirmEmailChange(db, secret, member)).toEqual({ kind: 'changed' })
  })

  test('is asked for by a mail of its own, not by one that looks like a registration', async () => {
    const { member } = await newMember(db)
    const next = newEmail()
    await requestEmailChange(db, member, { email: next, caller })
    expect((await mailTo(db, next)).map(({ kind }) => kind)).toEqual(['email_change'])
  })

  test('voids the links that were mailed to the old one', async () => {
    const { member, email } = await newMember(db)
    await requestLink(db, { email, returnTo: '/', caller })
    const signIn = await lastSecret(db, email)
    await forgotPassword(db, { email, returnTo: '/', caller })
    const reset = await lastSecret(db, email)
    const next = newEmail()
    await requestEmailChange(db, member, { email: next, caller })
    await confirmEmailChange(db, await lastSecret(db, next), member)
    expect(await confirmSignInLink(db, { secret: signIn, visitor: VISITOR })).toEqual({ kind: 'link_over' })
    const input = { secret: reset, password: 'seven quiet herons', visitor: VISITOR }
    expect(await resetPassword(db, input)).toEqual({ kind: 'link_over' })
  })

  test('that has an account is not taken from it', async () => {
    const { member, email } = await newMember(db)
    const other = await newMember(db)
    expect(await requestEmailChange(db, member, { email: other.email, caller })).toEqual({ kind: 'mailed' })
    expect(await confirmEmailChange(db, await lastSecret(db, other.email), member)).toEqual({ kind: 'link_over' })
    const next = newEmail()
    await requestEmailChange(db, member, { email: next, caller })
    const secret = await lastSecret(db, next)
    await newMember(db, { email: next })
    expect(await confirmEmailChange(db, secret, member)).toEqual({ kind: 'link_over' })
    expect(await addressOf(member)).toBe(email)
  })

  test('is asked for only soon after signing in', async () => {
    const { secret } = await newMember(db)
    const member = await signedInLongAgo(db, secret)
    expect(await requestEmailChange(db, member, { email: newEmail(), caller })).toEqual({ kind: 'sign_in_again' })
  })
})
