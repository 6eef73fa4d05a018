import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { passkeyChallenges } from '@/db/schema/members'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { createAuthenticator } from '@/testing/test-authenticator'
import {
  disable,
  mailTo,
  memberOf,
  newMember,
  setTestEnvironment,
  signedInLongAgo,
  VISITOR,
} from '@/testing/test-members'

import { addPasskey, askForNewPasskey } from './add-passkey'
import type { Member } from './member'
import { askForPasskey, signInWithPasskey } from './sign-in-with-passkey'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  setTestEnvironment()
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

async function creationChallenge(member: Member): Promise<string> {
  const asked = await askForNewPasskey(db, member, 'A shop')
  if (asked.kind !== 'ask') throw new Error(asked.kind)
  return asked.options.challenge
}

async function memberWithPasskey() {
  const { member, email } = await newMember(db)
  const authenticator = createAuthenticator()
  const answer = authenticator.create(await creationChallenge(member))
  expect(await addPasskey(db, member, answer, VISITOR)).toEqual({ kind: 'added' })
  return { member, email, authenticator }
}

const loginChallenge = async () => (await askForPasskey(db)).challenge

describe('a passkey', () => {
  test('that was added signs in, and its adding was reported by mail', async () => {
    const { member, email, authenticator } = await memberWithPasskey()
    const outcome = await signInWithPasskey(db, authenticator.answer(await loginChallenge()), VISITOR)
    if (outcome.kind !== 'signed_in') throw new Error(outcome.kind)
    expect((await memberOf(db, outcome.secret)).memberId).toBe(member.memberId)
    expect((await mailTo(db, email)).map(({ kind }) => kind)).toContain('way_in_changed')
  })

  test('answers a challenge once', async () => {
    const { authenticator } = await memberWithPasskey()
    const answer = authenticator.answer(await loginChallenge())
    const outcomes = await Promise.all([signInWithPasskey(db, answer, VISITOR), signInWithPasskey(db, answer, VISITOR)])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['refused', 'signed_in'])
    expect(await signInWithPasskey(db, answer, VISITOR)).toEqual({ kind: 'refused' })
  })

  test('cannot answer what nobody asked, what was asked too long ago, or what was asked for adding one', async () => {
    const { member, authenticator } = await memberWithPasskey()
    const sent = async (challenge: string) => signInWithPasskey(db, authenticator.answer(challenge), VISITOR)
    expect(await sent('bm9ib2R5IGFza2VkIHRoaXM')).toEqual({ kind: 'refused' })
    const late = await loginChallenge()
    await db
      .update(passkeyChallenges)
      .set({ expiresAt: sql`now()` })
      .where(eq(passkeyChallenges.challenge, late))
    expect(await sent(late)).toEqual({ kind: 'refused' })
    expect(await sent(await creationChallenge(member))).toEqual({ kind: 'refused' })
  })

  test.each([
    ['of another site', { origin: 'https://shop.invalid' }],
    ['for another relying party', { rpId: 'shop.invalid' }],
  ])('%s is not added', async (_what, lie) => {
    const { member } = await newMember(db)
    const answer = createAuthenticator(lie).create(await creationChallenge(member))
    expect(await addPasskey(db, member, answer, VISITOR)).toEqual({ kind: 'refused' })
  })

  test('is refused without the person’s being verified, under another signature, and when its counter falls back', async () => {
    const { authenticator } = await memberWithPasskey()
    const presentOnly = authenticator.answer(await loginChallenge(), 0x01)
    expect(await signInWithPasskey(db, presentOnly, VISITOR)).toEqual({ kind: 'refused' })
    const stranger = createAuthenticator().answer(await loginChallenge())
    const forged = { ...stranger, id: authenticator.id, rawId: authenticator.id }
    expect(await signInWithPasskey(db, forged, VISITOR)).toEqual({ kind: 'refused' })
    authenticator.setCounter(50)
    expect(await signInWithPasskey(db, authenticator.answer(await loginChallenge()), VISITOR)).toMatchObject({
      kind: 'signed_in',
    })
    authenticator.setCounter(10)
    expect(await signInWithPasskey(db, authenticator.answer(await loginChallenge()), VISITOR)).toEqual({
      kind: 'refused',
    })
  })

  test('of somebody else is not added again, and one’s own challenge is not another’s', async () => {
    const { authenticator } = await memberWithPasskey()
    const { member } = await newMember(db)
    const again = authenticator.create(await creationChallenge(member))
    expect(await addPasskey(db, member, again, VISITOR)).toEqual({ kind: 'refused' })
    const other = await newMember(db)
    const answer = createAuthenticator().create(await creationChallenge(other.member))
    expect(await addPasskey(db, member, answer, VISITOR)).toEqual({ kind: 'refused' })
  })

  test('is added only soon after signing in', async () => {
    const { secret } = await newMember(db)
    const member = await signedInLongAgo(db, secret)
    expect(await askForNewPasskey(db, member, 'A shop')).toEqual({ kind: 'sign_in_again' })
  })

  test('of a disabled member opens nothing', async () => {
    const { member, authenticator } = await memberWithPasskey()
    await disable(db, member)
    expect(await signInWithPasskey(db, authenticator.answer(await loginChallenge()), VISITOR)).toEqual({
      kind: 'disabled',
    })
  })
})
