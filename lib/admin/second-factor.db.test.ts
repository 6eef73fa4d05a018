import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { verifyAuditChain } from '@/db/queries/audit-log'
import { readFactors } from '@/db/queries/staff'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { RECOVERY_CODES } from '@/lib/domain/staff'
import { addPasskey, askForNewPasskey } from '@/lib/members/add-passkey'
import { confirmSignInLink } from '@/lib/members/confirm-link'
import { requestLink } from '@/lib/members/request-link'
import { createAuthenticator } from '@/testing/test-authenticator'
import { lastSecret, memberOf, newMember, setTestEnvironment, signedInLongAgo, VISITOR } from '@/testing/test-members'
import { ageFactor, codeOf, makeStaff, staffMemberOf } from '@/testing/test-staff'

import { askForPasskeyFactor, givePasskeyFactor } from './passkey-factor'
import { renewRecoveryCodes } from './recovery-codes'
import { giveSecondFactor } from './second-factor'
import { beginAuthenticator, confirmAuthenticator } from './set-up-authenticator'

let shop: TestDatabase
let db: Database

beforeAll(async () => {
  setTestEnvironment()
  shop = await createTestDatabase()
  db = shop.db
})
afterAll(() => shop.drop())

type Key = ReturnType<typeof createAuthenticator>

/** Somebody who works here, signed in by a mailed link; `ask` reads them anew, as each request does. */
async function newPerson({ totp = true } = {}) {
  const { member, secret, email } = await newMember(db)
  const totpSecret = await makeStaff(db, member, 'support', { totp })
  return { member, email, secret, totpSecret, ask: () => staffMemberOf(db, secret) }
}
type Person = Awaited<ReturnType<typeof newPerson>>

async function addKey({ secret }: Pick<Person, 'secret'>): Promise<Key> {
  const member = await memberOf(db, secret)
  const asked = await askForNewPasskey(db, member, 'A shop')
  if (asked.kind !== 'ask') throw new Error(asked.kind)
  const key = createAuthenticator()
  expect(await addPasskey(db, member, key.create(asked.options.challenge), VISITOR)).toEqual({ kind: 'added' })
  return key
}

async function give(person: Person, key: Key): Promise<string> {
  const asked = await askForPasskeyFactor(db, await person.ask())
  if (!asked) return 'nothing to ask'
  return (await givePasskeyFactor(db, await person.ask(), key.answer(asked.challenge), VISITOR)).kind
}

const giveCode = async (person: Person, code: string) =>
  (await giveSecondFactor(db, await person.ask(), code, VISITOR)).kind

async function begin(person: Pick<Person, 'ask'>): Promise<string> {
  const begun = await beginAuthenticator(db, await person.ask(), 'A shop')
  return begun?.secret ?? 'not now'
}

describe('a passkey', () => {
  test('of whoever has nothing else is the second factor of the session that is there, once for each asking', async () => {
    const person = await newPerson({ totp: false })
    const key = await addKey(person)
    await ageFactor(db, person.member, 11)
    const asked = await askForPasskeyFactor(db, await person.ask())
    const answer = key.answer(asked?.challenge ?? '')
    expect(await givePasskeyFactor(db, await person.ask(), answer, VISITOR)).toEqual({ kind: 'accepted' })
    const { secondFactorAgeMs, sessionId } = await person.ask()
    expect(secondFactorAgeMs).toBeLessThan(60_000)
    expect(sessionId).toBe(person.member.sessionId)
    expect(await givePasskeyFactor(db, await person.ask(), answer, VISITOR)).toEqual({ kind: 'refused' })
  })

  test('that only signs in, or is somebody else’s, is no second factor of whoever has one', async () => {
    const { member, secret } = await newMember(db)
    const plain = await addKey({ secret })
    await makeStaff(db, member, 'owner')
    const ask = () => staffMemberOf(db, secret)
    const person: Person = { member, secret, ask, email: '', totpSecret: '' }
    expect(await give(person, plain)).toBe('nothing to ask')
    await ageFactor(db, member, 0)
    const own = await addKey(person)
    await ageFactor(db, member, null)
    expect(await give(person, plain)).toBe('refused')
    const other = await newPerson({ totp: false })
    expect(await give(person, await addKey(other))).toBe('refused')
    expect(await readFactors(db, member.memberId)).toEqual({ hasTotp: true, passkeys: 1 })
    expect((await ask()).secondFactorAgeMs).toBeNull()
    expect(await give(person, own)).toBe('accepted')
  })

  test('from before becomes the second factor of whoever has none yet, right after signing in', async () => {
    const { member, secret } = await newMember(db)
    const key = await addKey({ secret })
    await makeStaff(db, member, 'owner', { totp: false })
    const person: Person = { member, secret, ask: () => staffMemberOf(db, secret), email: '', totpSecret: '' }
    await signedInLongAgo(db, secret)
    expect(await give(person, key)).toBe('sign_in_again')
    expect(await readFactors(db, member.memberId)).toEqual({ hasTotp: false, passkeys: 0 })
    await db.execute(sql`update member_sessions set created_at = now() where member_id = ${member.memberId}`)
    expect(await give(person, key)).toBe('accepted')
    expect(await readFactors(db, member.memberId)).toEqual({ hasTotp: false, passkeys: 1 })
  })
})

describe('an authenticator', () => {
  test.each([
    ['a passkey', false],
    ['an authenticator', true],
  ])('is not set up by the first factor alone for whoever has %s', async (_what, totp) => {
    const person = await newPerson({ totp })
    if (!totp) await addKey(person)
    await ageFactor(db, person.member, null)
    expect(await begin(person)).toBe('not now')
    await ageFactor(db, person.member, 0)
    const secret = await begin(person)
    await ageFactor(db, person.member, 11)
    const late = await confirmAuthenticator(db, await person.ask(), codeOf(secret), VISITOR)
    expect(late).toEqual({ kind: 'step_up' })
    await ageFactor(db, person.member, 0)
    const confirmed = await confirmAuthenticator(db, await person.ask(), codeOf(secret), VISITOR)
    expect(confirmed.kind).toBe('confirmed')
    expect(await readFactors(db, person.member.memberId)).toEqual({ hasTotp: true, passkeys: totp ? 0 : 1 })
  })

  test('that is changed works until the next one has shown a code, and not after', async () => {
    const person = await newPerson()
    await ageFactor(db, person.member, 0)
    const next = await begin(person)
    expect(await begin(person)).toBe(next)
    expect(await giveCode(person, codeOf(person.totpSecret))).toBe('accepted')
    expect((await confirmAuthenticator(db, await person.ask(), codeOf(next), VISITOR)).kind).toBe('confirmed')
    expect(await giveCode(person, codeOf(person.totpSecret, 1))).toBe('refused')
    expect(await giveCode(person, codeOf(next, 1))).toBe('accepted')
  })

  test('that somebody else was shown with the same password is not the one that is confirmed', async () => {
    const person = await newPerson({ totp: false })
    await requestLink(db, { email: person.email, returnTo: '/admin', caller: VISITOR })
    const link = await lastSecret(db, person.email)
    const other = await confirmSignInLink(db, { secret: link, visitor: VISITOR })
    if (other.kind !== 'signed_in') throw new Error(other.kind)
    const seenElsewhere = await begin({ ask: () => staffMemberOf(db, other.secret) })
    const shown = await begin(person)
    expect(shown).not.toBe(seenElsewhere)
    const confirm = async (secret: string) =>
      (await confirmAuthenticator(db, await person.ask(), codeOf(secret), VISITOR)).kind
    expect(await confirm(seenElsewhere)).toBe('refused')
    expect(await confirm(shown)).toBe('confirmed')
  })
})

describe('recovery codes', () => {
  test('are renewed by a second factor of the last minutes, and those before are over', async () => {
    const person = await newPerson()
    await ageFactor(db, person.member, 0)
    const renew = async () => renewRecoveryCodes(db, await person.ask(), null)
    const [first, second] = [await renew(), await renew()]
    if (first.kind !== 'renewed' || second.kind !== 'renewed') throw new Error('not renewed')
    expect(second.recoveryCodes).toHaveLength(RECOVERY_CODES)
    await ageFactor(db, person.member, 11)
    expect(await renew()).toEqual({ kind: 'step_up' })
    expect(await giveCode(person, first.recoveryCodes[0] ?? '')).toBe('refused')
    expect(await giveCode(person, ` ${(second.recoveryCodes[0] ?? '').toUpperCase()} `)).toBe('accepted')
    expect(await giveCode(person, second.recoveryCodes[0] ?? '')).toBe('refused')
  })

  test('are not for whoever has no authenticator', async () => {
    const person = await newPerson({ totp: false })
    await addKey(person)
    expect(await renewRecoveryCodes(db, await person.ask(), null)).toEqual({ kind: 'no_authenticator' })
  })
})

test('the audit log holds together after all of this', async () => {
  expect((await verifyAuditChain(db)).problem).toBeNull()
})
