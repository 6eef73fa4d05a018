import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { findLiveSession, revokeOtherSessions } from '@/db/queries/member-sessions'
import { memberSessions, memberTokens, members } from '@/db/schema/members'
import { rateLimits } from '@/db/schema/rate-limits'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import {
  disable,
  lastSecret,
  mailTo,
  memberOf,
  newEmail,
  newMember,
  setTestEnvironment,
  signedInLongAgo,
  VISITOR,
} from '@/testing/test-members'
import { setUpShop } from '@/testing/test-shop'

import { confirmRegistration, confirmSignInLink } from './confirm-link'
import { signOutEverywhereElse, signOutDevice, listDevices } from './devices'
import { hashSecret } from './member-token'
import { forgotPassword, register, requestLink } from './request-link'
import { changePassword, resetPassword } from './set-password'
import { signInWithPassword } from './sign-in-with-password'

let database: TestDatabase
let db: Database
const caller = VISITOR
const visitor = VISITOR
const GOOD = 'seven quiet herons'

beforeAll(async () => {
  setTestEnvironment()
  database = await createTestDatabase()
  db = database.db
  await setUpShop(db)
})
afterAll(() => database.drop())

async function registered(password = GOOD, at = visitor) {
  const email = newEmail()
  await register(db, { email, name: 'A Person', returnTo: '/cart', caller })
  const secret = await lastSecret(db, email)
  const outcome = await confirmRegistration(db, { secret, name: 'A Person', password, visitor: at })
  if (outcome.kind !== 'signed_in') throw new Error(outcome.kind)
  return { email, member: await memberOf(db, outcome.secret), secret: outcome.secret }
}

describe('a mailed link', () => {
  test('signs in once, and of two clicks at the same moment one gets in', async () => {
    const email = newEmail()
    await requestLink(db, { email, returnTo: '/cart', caller })
    const secret = await lastSecret(db, email)
    const outcomes = await Promise.all([
      confirmSignInLink(db, { secret, visitor }),
      confirmSignInLink(db, { secret, visitor }),
    ])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['link_over', 'signed_in'])
    expect(await confirmSignInLink(db, { secret, visitor })).toEqual({ kind: 'link_over' })
  })

  test('is over after 15 minutes', async () => {
    const email = newEmail()
    await requestLink(db, { email, returnTo: '/cart', caller })
    const secret = await lastSecret(db, email)
    await db
      .update(memberTokens)
      .set({ expiresAt: sql`${memberTokens.expiresAt} - interval '15 minutes'` })
      .where(eq(memberTokens.email, email))
    expect(await confirmSignInLink(db, { secret, visitor })).toEqual({ kind: 'link_over' })
  })

  test('of one kind is no good for another', async () => {
    const { email } = await registered()
    await forgotPassword(db, { email, returnTo: '/cart', caller })
    expect(await confirmSignInLink(db, { secret: await lastSecret(db, email), visitor })).toEqual({ kind: 'link_over' })
  })

  test('is kept as a hash only', async () => {
    const email = newEmail()
    await requestLink(db, { email, returnTo: '/cart', caller })
    const secret = await lastSecret(db, email)
    const [row] = await db.select().from(memberTokens).where(eq(memberTokens.email, email))
    expect(row?.hash).toBe(hashSecret(secret))
    expect(JSON.stringify(row)).not.toContain(secret)
  })
})

describe('nothing tells whether an address has an account', () => {
  test.each([
    ['a sign-in link', (email: string) => requestLink(db, { email, returnTo: '/', caller })],
    ['a registration', (email: string) => register(db, { email, name: '', returnTo: '/', caller })],
    ['a forgotten password', (email: string) => forgotPassword(db, { email, returnTo: '/cart', caller })],
  ])('%s: the same answer, and one mail to either', async (_what, ask) => {
    const known = await newMember(db)
    const before = (await mailTo(db, known.email)).length
    const unknown = newEmail()
    expect(await ask(known.email)).toEqual(await ask(unknown))
    expect((await mailTo(db, known.email)).length - before).toBe(1)
    expect(await mailTo(db, unknown)).toHaveLength(1)
  })

  test('a password is refused in the same words for no account, no password and another password', async () => {
    const { email } = await registered()
    const without = await newMember(db)
    for (const address of [email, without.email, newEmail()]) {
      expect(await signInWithPassword(db, { email: address, password: 'not the one', visitor })).toEqual({
        kind: 'wrong',
      })
    }
  })
})

describe('a password', () => {
  test('chosen when the address was confirmed signs in', async () => {
    const { email } = await registered()
    expect(await signInWithPassword(db, { email, password: GOOD, visitor })).toMatchObject({ kind: 'signed_in' })
  })

  test.each(['short', 'password', 'iloveyou1', 'Qwertyuiop', 'x'.repeat(129)])('%s is refused', async (password) => {
    const email = newEmail()
    await register(db, { email, name: '', returnTo: '/', caller })
    const secret = await lastSecret(db, email)
    const outcome = await confirmRegistration(db, { secret, name: '', password, visitor })
    expect(outcome).toMatchObject({ kind: 'invalid', errors: { password: expect.any(String) } })
    expect(await confirmRegistration(db, { secret, name: '', password: GOOD, visitor })).toMatchObject({
      kind: 'signed_in',
    })
  })

  test('that is one’s own address is refused', async () => {
    const { member } = await registered()
    expect(await changePassword(db, member, member.email)).toMatchObject({ kind: 'invalid' })
  })

  test('is tried ten times, not a thousand, and then says when to come back; a link still signs in', async () => {
    const { email } = await registered()
    const outcomes = []
    for (let tries = 0; tries < 1_000; tries++) {
      outcomes.push(await signInWithPassword(db, { email, password: `guess ${tries}`, visitor }))
    }
    expect(outcomes.filter(({ kind }) => kind === 'wrong').length).toBeLessThanOrEqual(11)
    const last = outcomes.at(-1)
    if (last?.kind !== 'slow_down') throw new Error('nobody was slowed down')
    expect(last.retryAfterSeconds).toBeGreaterThan(0)
    expect(last.retryAfterSeconds).toBeLessThanOrEqual(600)
    expect(await signInWithPassword(db, { email, password: GOOD, visitor })).toMatchObject({ kind: 'slow_down' })
    await requestLink(db, { email, returnTo: '/', caller })
    const secret = await lastSecret(db, email)
    expect(await confirmSignInLink(db, { secret, visitor })).toMatchObject({ kind: 'signed_in' })
  }, 120_000)

  test('is tried from one network a hundred times at however many accounts, and then says when to come back', async () => {
    const kinds = []
    const from = { ...visitor, network: '198.51.100.9' }
    for (let nth = 0; nth < 130; nth++) {
      kinds.push((await signInWithPassword(db, { email: newEmail(), password: 'a guess', visitor: from })).kind)
    }
    expect(kinds.indexOf('slow_down')).toBeGreaterThanOrEqual(100)
    expect(kinds.at(-1)).toBe('slow_down')
    const elsewhere = { ...from, network: '198.51.100.10' }
    expect(await signInWithPassword(db, { email: newEmail(), password: 'a guess', visitor: elsewhere })).toEqual({
      kind: 'wrong',
    })
  }, 120_000)

  describe('guessed at from a thousand networks and browsers', () => {
    const fromElsewhere = (nth: number) => ({
      device: 'Chrome on Windows',
      network: `10.0.${nth >> 8}.${nth & 255}`,
      deviceHash: `stranger ${nth}`,
    })

    async function guess(email: string, howOften: number) {
      const kinds = []
      for (let nth = 0; nth < howOften; nth++) {
        const outcome = await signInWithPassword(db, { email, password: `guess ${nth}`, visitor: fromElsewhere(nth) })
        kinds.push(outcome.kind)
        if (outcome.kind === 'slow_down') expect(outcome.retryAfterSeconds).toBeLessThanOrEqual(180)
      }
      return kinds.filter((kind) => kind === 'wrong').length
    }

    const letPass = (seconds: number) =>
      db.update(rateLimits).set({ touchedAt: sql`touched_at - make_interval(secs => ${seconds})` })

    test('is compared ten times, and twenty times in an hour more', async () => {
      const { email } = await registered()
      expect(await guess(email, 500)).toBeLessThanOrEqual(11)
      await letPass(3600)
      expect(await guess(email, 500)).toBeLessThanOrEqual(11)
      await letPass(180)
      expect(await guess(email, 20)).toBeLessThanOrEqual(2)
    }, 120_000)

    test('still lets its owner in: at once where they have been before, by link anywhere else', async () => {
      const { email } = await registered()
      await guess(email, 30)
      expect(await signInWithPassword(db, { email, password: 'a slip', visitor })).toEqual({ kind: 'wrong' })
      expect(await signInWithPassword(db, { email, password: GOOD, visitor })).toMatchObject({ kind: 'signed_in' })
      const onNewLaptop = { ...fromElsewhere(2_000), deviceHash: 'of-a-new-laptop' }
      const bySlowedPassword = await signInWithPassword(db, { email, password: GOOD, visitor: onNewLaptop })
      expect(bySlowedPassword).toMatchObject({ kind: 'slow_down' })
      await requestLink(db, { email, returnTo: '/', caller: onNewLaptop })
      const secret = await lastSecret(db, email)
      expect(await confirmSignInLink(db, { secret, visitor: onNewLaptop })).toMatchObject({ kind: 'signed_in' })
      const again = await signInWithPassword(db, { email, password: GOOD, visitor: onNewLaptop })
      expect(again).toMatchObject({ kind: 'signed_in' })
    })

    test('lets its owner in who has signed out, from a network they have come from, and nobody there faster', async () => {
      const home = { ...visitor, network: '203.0.113.5' }
      const { email } = await registered(GOOD, home)
      await guess(email, 30)
      const anew = { ...home, deviceHash: 'anew-after-signing-out' }
      expect(await signInWithPassword(db, { email, password: GOOD, visitor: anew })).toMatchObject({
        kind: 'signed_in',
      })
      const kinds = []
      for (let nth = 0; nth < 30; nth++) {
        const neighbour = { ...home, deviceHash: `neighbour ${nth}` }
        kinds.push((await signInWithPassword(db, { email, password: `guess ${nth}`, visitor: neighbour })).kind)
      }
      expect(kinds.filter((kind) => kind === 'wrong').length).toBeLessThanOrEqual(11)
    })

    test('gives a browser no better place for another account, or once it was signed out from elsewhere', async () => {
      const { email, secret } = await registered()
      const other = await registered()
      await guess(other.email, 30)
      const { memberId } = other.member
      await db.transaction((tx) => revokeOtherSessions(tx, memberId, null))
      const refused = await signInWithPassword(db, { email: other.email, password: GOOD, visitor })
      expect(refused).toMatchObject({ kind: 'slow_down' })
      expect(await findLiveSession(db, hashSecret(secret))).not.toBeNull()
      expect(await signInWithPassword(db, { email, password: GOOD, visitor })).toMatchObject({ kind: 'signed_in' })
    })

    test('and a browser of its owner’s guesses no faster, however many networks it is taken to', async () => {
      const { email } = await registered()
      const kinds = []
      for (let nth = 0; nth < 50; nth++) {
        const stolen = { ...visitor, network: `10.1.0.${nth}` }
        kinds.push((await signInWithPassword(db, { email, password: `guess ${nth}`, visitor: stolen })).kind)
      }
      expect(kinds.filter((kind) => kind === 'wrong').length).toBeLessThanOrEqual(11)
    })
  })

  test('that is changed signs out the other devices, not this one, and is reported', async () => {
    const { email, secret, member } = await registered()
    const other = await signInWithPassword(db, { email, password: GOOD, visitor })
    if (other.kind !== 'signed_in') throw new Error(other.kind)
    expect(await changePassword(db, member, 'nine loud herons')).toEqual({ kind: 'changed' })
    expect(await findLiveSession(db, hashSecret(secret))).not.toBeNull()
    expect(await findLiveSession(db, hashSecret(other.secret))).toBeNull()
    expect((await mailTo(db, email)).map(({ kind }) => kind)).toContain('password_changed')
    expect(await signInWithPassword(db, { email, password: GOOD, visitor })).toEqual({ kind: 'wrong' })
  })

  test('that is forgotten is set anew by a mailed link, once, and every session ends', async () => {
    const { email, secret } = await registered()
    await forgotPassword(db, { email, returnTo: '/cart', caller })
    const link = await lastSecret(db, email)
    const reset = { secret: link, password: 'nine loud herons', visitor }
    expect(await resetPassword(db, reset)).toMatchObject({ kind: 'signed_in' })
    expect(await resetPassword(db, reset)).toEqual({ kind: 'link_over' })
    expect(await findLiveSession(db, hashSecret(secret))).toBeNull()
    expect(await signInWithPassword(db, { email, password: 'nine loud herons', visitor })).toMatchObject({
      kind: 'signed_in',
    })
  })

  test('cannot be changed with an old sign-in', async () => {
    const { secret } = await registered()
    expect(await changePassword(db, await signedInLongAgo(db, secret), GOOD)).toEqual({ kind: 'sign_in_again' })
  })
})

test('registering somebody else’s address does not plant a password there', async () => {
  const email = newEmail()
  await register(db, { email, name: 'Not them', returnTo: '/', caller })
  expect(await signInWithPassword(db, { email, password: GOOD, visitor })).toEqual({ kind: 'wrong' })
  expect(await db.select().from(members).where(eq(members.email, email))).toEqual([])
})

describe('a session', () => {
  test('begins under a new secret at each sign-in', async () => {
    const { email, secret } = await registered()
    const again = await signInWithPassword(db, { email, password: GOOD, visitor })
    expect(again).toMatchObject({ kind: 'signed_in' })
    expect(again.kind === 'signed_in' && again.secret).not.toBe(secret)
  })

  test('of a disabled member ends at once, and none begins', async () => {
    const { email, secret, member } = await registered()
    await disable(db, member)
    expect(await findLiveSession(db, hashSecret(secret))).toBeNull()
    expect(await signInWithPassword(db, { email, password: GOOD, visitor })).toEqual({ kind: 'disabled' })
  })

  test.each([
    ['unused for 31 days', { lastUsedAt: sql`now() - interval '31 days'` }],
    ['over its last day', { expiresAt: sql`now() - interval '1 second'` }],
  ])('%s is over', async (_what, change) => {
    const { secret, member } = await newMember(db)
    await db.update(memberSessions).set(change).where(eq(memberSessions.id, member.sessionId))
    expect(await findLiveSession(db, hashSecret(secret))).toBeNull()
  })

  test('of another device can be ended, alone or with all others; somebody else’s cannot', async () => {
    const { email, member } = await newMember(db)
    const phone = { device: 'Safari on iPhone', network: null, deviceHash: 'of-a-phone' }
    const second = await newMember(db, { email, visitor: phone })
    const third = await newMember(db, { email, visitor: phone })
    const stranger = await newMember(db)
    expect(await listDevices(db, member)).toHaveLength(3)
    expect(await signOutDevice(db, stranger.member, second.member.sessionId)).toEqual({ kind: 'not_found' })
    expect(await signOutDevice(db, member, second.member.sessionId)).toEqual({ kind: 'signed_out' })
    expect(await findLiveSession(db, hashSecret(second.secret))).toBeNull()
    await signOutEverywhereElse(db, member)
    expect(await findLiveSession(db, hashSecret(third.secret))).toBeNull()
    expect(await listDevices(db, member)).toHaveLength(1)
  })

  test('on a device not seen before is reported by mail, also when it is of the same kind, and on a known one it is not', async () => {
    const { email } = await newMember(db)
    await newMember(db, { email })
    expect((await mailTo(db, email)).map(({ kind }) => kind)).not.toContain('new_device')
    await newMember(db, { email, visitor: { ...VISITOR, deviceHash: 'of-another-laptop' } })
    expect((await mailTo(db, email)).map(({ kind }) => kind)).toContain('new_device')
  })

  test('by a browser that was signed out, in the same network as before, is not reported as a new device', async () => {
    const atHome = { ...VISITOR, network: '192.0.2.7' }
    const { email } = await newMember(db, { visitor: atHome })
    await newMember(db, { email, visitor: { ...atHome, deviceHash: 'anew-after-signing-out' } })
    expect((await mailTo(db, email)).map(({ kind }) => kind)).not.toContain('new_device')
    await newMember(db, { email, visitor: { ...atHome, network: '192.0.2.8', deviceHash: 'elsewhere' } })
    expect((await mailTo(db, email)).map(({ kind }) => kind)).toContain('new_device')
  })

  test('all of them end when all are revoked', async () => {
    const { member, secret } = await newMember(db)
    await revokeOtherSessions(db, member.memberId, null)
    expect(await findLiveSession(db, hashSecret(secret))).toBeNull()
  })
})
