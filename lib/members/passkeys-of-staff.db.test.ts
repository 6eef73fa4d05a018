import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { inTransaction, type Database } from '@/db/client'
import { listPasskeys } from '@/db/queries/member-keys'
import { findMemberByEmail } from '@/db/queries/members'
import { readFactors } from '@/db/queries/staff'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { Admin } from '@/lib/admin/admin'
import { resetSecondFactor } from '@/lib/admin/change-staff'
import { inviteStaff, joinStaff } from '@/lib/admin/invite-staff'
import { planAccess } from '@/lib/domain/staff'
import { newAdmin } from '@/testing/test-admin'
import { createAuthenticator } from '@/testing/test-authenticator'
import { lastSecret, mailTo, memberOf, newMember, setTestEnvironment, VISITOR } from '@/testing/test-members'
import { ageFactor, makeStaff } from '@/testing/test-staff'

import { addPasskey, askForNewPasskey } from './add-passkey'
import type { Member } from './member'
import { removePasskey } from './remove-way-in'
import { askForPasskey, signInWithPasskey } from './sign-in-with-passkey'

let shop: TestDatabase
let db: Database
let owner: Admin<'staff.manage'>

beforeAll(async () => {
  setTestEnvironment()
  shop = await createTestDatabase()
  db = shop.db
  owner = await newAdmin(db, 'owner', 'staff.manage')
})
afterAll(() => shop.drop())

type Key = ReturnType<typeof createAuthenticator>

async function add(member: Member, key: Key = createAuthenticator()): Promise<Key> {
  const asked = await askForNewPasskey(db, member, 'A shop')
  if (asked.kind !== 'ask') throw new Error(asked.kind)
  expect(await addPasskey(db, member, key.create(asked.options.challenge), VISITOR)).toEqual({ kind: 'added' })
  return key
}

async function enterWith(key: Key): Promise<Member> {
  const { challenge } = await askForPasskey(db)
  const outcome = await signInWithPasskey(db, key.answer(challenge), VISITOR)
  if (outcome.kind !== 'signed_in') throw new Error(outcome.kind)
  return memberOf(db, outcome.secret)
}

/** What the first door of /admin and the one of refunds say to an owner in this session. */
const doors = ({ secondFactorAgeMs }: Member) =>
  (['desk.open', 'orders.refund'] as const).map((permission) => planAccess('owner', permission, secondFactorAgeMs))

const OPEN = ['allowed', 'allowed']
const CLOSED = ['second_factor', 'second_factor']

describe('of whoever has an authenticator', () => {
  test.each([
    ['in no second factor', null],
    ['a second factor of eleven minutes ago', 11],
    ['a second factor of yesterday', 24 * 60],
  ])('a session with %s adds no passkey, neither asked for nor sent', async (_what, minutes) => {
    const { member, secret } = await newMember(db)
    // Asked for before they worked here, and answered afterwards.
    const asked = await askForNewPasskey(db, member, 'A shop')
    if (asked.kind !== 'ask') throw new Error(asked.kind)
    await makeStaff(db, member, 'owner')
    await ageFactor(db, member, minutes)
    const now = await memberOf(db, secret)
    expect(await askForNewPasskey(db, now, 'A shop')).toEqual({ kind: 'second_factor' })
    const answer = createAuthenticator().create(asked.options.challenge)
    expect(await addPasskey(db, now, answer, VISITOR)).toEqual({ kind: 'second_factor' })
    expect(await listPasskeys(db, member.memberId)).toEqual([])
  })

  test('a session with a second factor of this moment adds one, which opens /admin from then on', async () => {
    const { member, secret } = await newMember(db)
    await makeStaff(db, member, 'owner')
    await ageFactor(db, member, 0)
    const key = await add(await memberOf(db, secret))
    expect(await readFactors(db, member.memberId)).toEqual({ hasTotp: true, passkeys: 1 })
    expect(doors(await enterWith(key))).toEqual(OPEN)
  })

  test('a passkey from before they worked here signs in and opens nothing of /admin', async () => {
    const { member } = await newMember(db)
    const key = await add(member)
    await makeStaff(db, member, 'owner')
    expect((await enterWith(key)).secondFactorAgeMs).toBeNull()
    expect(doors(await enterWith(key))).toEqual(CLOSED)
  })
})

describe('of whoever has no second factor yet', () => {
  test('the first passkey is one, and the next takes it', async () => {
    const { member, secret } = await newMember(db)
    await makeStaff(db, member, 'owner', { totp: false })
    const key = await add(member)
    expect(doors(await memberOf(db, secret))).toEqual(OPEN)
    await ageFactor(db, member, 11)
    expect(await askForNewPasskey(db, await memberOf(db, secret), 'A shop')).toEqual({ kind: 'second_factor' })
    expect(doors(await enterWith(key))).toEqual(OPEN)
  })

  test('of two sessions that add the first one at once, one does', async () => {
    const { member } = await newMember(db)
    await makeStaff(db, member, 'owner', { totp: false })
    const asked = await Promise.all([1, 2].map(() => askForNewPasskey(db, member, 'A shop')))
    const added = await Promise.all(
      asked.map(async (each) => {
        if (each.kind !== 'ask') throw new Error(each.kind)
        return addPasskey(db, member, createAuthenticator().create(each.options.challenge), VISITOR)
      }),
    )
    expect(added.map(({ kind }) => kind).toSorted()).toEqual(['added', 'second_factor'])
  })
})

describe('a passkey that is a second factor', () => {
  test('is removed only with one of the last minutes, and the last one not at all', async () => {
    const { member, secret } = await newMember(db)
    await makeStaff(db, member, 'support', { totp: false })
    const [first, second] = [await add(member), await add(await memberOf(db, secret))]
    const remove = async (key: Key) => removePasskey(db, await memberOf(db, secret), key.id)
    await ageFactor(db, member, 11)
    expect(await remove(first)).toEqual({ kind: 'second_factor' })
    await ageFactor(db, member, 0)
    expect(await remove(first)).toEqual({ kind: 'removed' })
    expect(await remove(second)).toEqual({ kind: 'last_second_factor' })
    expect(await readFactors(db, member.memberId)).toEqual({ hasTotp: false, passkeys: 1 })
  })

  test('is gone once an owner has taken the second factor away, and its member is told', async () => {
    const { member, email, secret } = await newMember(db)
    const plain = await add(member)
    await makeStaff(db, member, 'support')
    await ageFactor(db, member, 0)
    const key = await add(await memberOf(db, secret))
    expect(await resetSecondFactor(db, owner, member.memberId)).toEqual({ kind: 'changed' })
    expect((await listPasskeys(db, member.memberId)).map(({ id }) => id)).toEqual([plain.id])
    const { challenge } = await askForPasskey(db)
    expect(await signInWithPasskey(db, key.answer(challenge), VISITOR)).toEqual({ kind: 'refused' })
    expect((await mailTo(db, email)).filter(({ kind }) => kind === 'way_in_changed')).toHaveLength(3)
  })

  test('does not come back with whoever is invited again, nor does what they gave before', async () => {
    const { member, email, secret } = await newMember(db)
    await makeStaff(db, member, 'support', { totp: false })
    await add(member)
    await inTransaction(db, (tx) =>
      tx.execute(`update staff set disabled_at = now() where member_id = '${member.memberId}'`),
    )
    await inviteStaff(db, owner, { email, role: 'owner' })
    expect((await joinStaff(db, await lastSecret(db, email), VISITOR)).kind).toBe('signed_in')
    expect((await findMemberByEmail(db, email))?.id).toBe(member.memberId)
    expect(await readFactors(db, member.memberId)).toEqual({ hasTotp: false, passkeys: 0 })
    expect(doors(await memberOf(db, secret))).toEqual(CLOSED)
  })
})

test('of a buyer no passkey counts as a second factor', async () => {
  const { member } = await newMember(db, { email: `buyer-${randomUUID()}@example.com` })
  expect((await enterWith(await add(member))).secondFactorAgeMs).toBeNull()
})
