import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { insertPasskey } from '@/db/queries/member-keys'
import { readWaysIn } from '@/db/queries/members'
import { members } from '@/db/schema/members'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import {
  mailTo,
  memberOf,
  newEmail,
  newMember,
  setTestEnvironment,
  signedInLongAgo,
  VISITOR,
} from '@/testing/test-members'
import { setUpShop } from '@/testing/test-shop'

import type { Member } from './member'
import { disconnectIdentity, removePasskey, removePassword } from './remove-way-in'
import { changePassword } from './set-password'
import { signInWithIdentity, type ProvidedIdentity } from './sign-in-with-identity'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  setTestEnvironment()
  database = await createTestDatabase()
  db = database.db
  await setUpShop(db)
})
afterAll(() => database.drop())

let subjects = 0
function identity(overrides: Partial<ProvidedIdentity> = {}): ProvidedIdentity {
  const subject = `subject-${subjects++}`
  return { provider: 'oidc', subject, email: newEmail(), emailVerified: true, name: 'A Person', ...overrides }
}

const asGuest = { member: null, connect: false, visitor: VISITOR }

async function givePasskey({ memberId }: Member, id: string): Promise<void> {
  await db.transaction((tx) =>
    insertPasskey(tx, {
      id,
      memberId,
      publicKey: 'AA',
      counter: 0,
      transports: [],
      label: 'A key',
      isSecondFactor: false,
    }),
  )
}

/** As nobody can become here: every account begins with a proved address. */
async function unproveAddress({ memberId }: Member): Promise<void> {
  await db.update(members).set({ emailVerifiedAt: null }).where(eq(members.id, memberId))
}

describe('an account elsewhere', () => {
  test('opens an account of its own, and from then on that one', async () => {
    const known = identity()
    const first = await signInWithIdentity(db, known, asGuest)
    const second = await signInWithIdentity(db, { ...known, email: newEmail() }, asGuest)
    if (first.kind !== 'signed_in' || second.kind !== 'signed_in') throw new Error('not signed in')
    expect(second.memberId).toBe(first.memberId)
    expect((await memberOf(db, second.secret)).email).toBe(known.email)
  })

  test('with an address that its provider has not verified opens nothing, with or without an account for it', async () => {
    const { email } = await newMember(db)
    for (const address of [email, newEmail(), null]) {
      const outcome = await signInWithIdentity(db, identity({ email: address, emailVerified: false }), asGuest)
      expect(outcome).toEqual({ kind: 'provider_address' })
    }
  })

  test('does not open somebody’s account by an address alone, verified or not', async () => {
    const { email } = await newMember(db)
    expect(await signInWithIdentity(db, identity({ email }), asGuest)).toEqual({ kind: 'provider_known' })
    expect(await signInWithIdentity(db, identity({ email: email.toUpperCase() }), asGuest)).toEqual({
      kind: 'provider_known',
    })
  })

  test.each(['a@example.com,b@example.com', '"a"@example.com', 'a@example.com\nb@example.com', 'a'])(
    'with the address %j opens nothing',
    async (email) => {
      expect(await signInWithIdentity(db, identity({ email }), asGuest)).toEqual({ kind: 'provider_address' })
    },
  )

  test('is connected by its member, who has signed in a moment ago, and then opens the account', async () => {
    const { member, secret, email } = await newMember(db)
    const known = identity()
    const late = { member: await signedInLongAgo(db, secret), connect: true, visitor: VISITOR }
    expect(await signInWithIdentity(db, known, late)).toEqual({ kind: 'sign_in_again' })
    expect(await signInWithIdentity(db, known, { member, connect: true, visitor: VISITOR })).toEqual({
      kind: 'connected',
    })
    expect(await signInWithIdentity(db, known, asGuest)).toMatchObject({
      kind: 'signed_in',
      memberId: member.memberId,
    })
    expect((await mailTo(db, email)).map(({ kind }) => kind)).toContain('way_in_changed')
  })

  test('is not connected by signing in with it while somebody is signed in, and confirms who has connected it', async () => {
    const { member } = await newMember(db)
    const strangers = identity()
    const signingIn = { member, connect: false, visitor: VISITOR }
    expect(await signInWithIdentity(db, strangers, signingIn)).toEqual({ kind: 'provider_unconnected' })
    expect((await readWaysIn(db, member.memberId)).identities).toBe(0)
    const own = identity()
    await signInWithIdentity(db, own, { ...signingIn, connect: true })
    expect(await signInWithIdentity(db, own, signingIn)).toMatchObject({
      kind: 'signed_in',
      memberId: member.memberId,
    })
  })

  test('belongs to one member, and a member has one at each provider', async () => {
    const { member } = await newMember(db)
    const other = await newMember(db)
    const known = identity()
    await signInWithIdentity(db, known, { member, connect: true, visitor: VISITOR })
    const taken = { kind: 'provider_taken' }
    expect(await signInWithIdentity(db, known, { member: other.member, connect: true, visitor: VISITOR })).toEqual(
      taken,
    )
    expect(await signInWithIdentity(db, identity(), { member, connect: true, visitor: VISITOR })).toEqual(taken)
  })
})

describe('a way in', () => {
  test('is removed by its member only', async () => {
    const { member } = await newMember(db)
    const other = await newMember(db)
    await givePasskey(member, 'key-of-one')
    expect(await removePasskey(db, other.member, 'key-of-one')).toEqual({ kind: 'not_found' })
    expect(await removePasskey(db, member, 'key-of-one')).toEqual({ kind: 'removed' })
  })

  test('is removed only soon after signing in', async () => {
    const { secret } = await newMember(db)
    const member = await signedInLongAgo(db, secret)
    expect(await removePassword(db, member)).toEqual({ kind: 'sign_in_again' })
    expect(await removePasskey(db, member, 'any')).toEqual({ kind: 'sign_in_again' })
    expect(await disconnectIdentity(db, member, 'oidc')).toEqual({ kind: 'sign_in_again' })
  })

  test('that is the last one stays', async () => {
    const { member } = await newMember(db)
    await givePasskey(member, 'the-only-key')
    await unproveAddress(member)
    expect(await removePasskey(db, member, 'the-only-key')).toEqual({ kind: 'last_way_in' })
    await changePassword(db, member, 'seven quiet herons')
    expect(await removePasskey(db, member, 'the-only-key')).toEqual({ kind: 'removed' })
    expect(await removePassword(db, member)).toEqual({ kind: 'last_way_in' })
  })

  test('stays when two devices remove the last two at the same moment', async () => {
    const { member } = await newMember(db)
    await changePassword(db, member, 'seven quiet herons')
    await givePasskey(member, 'one-of-two')
    await unproveAddress(member)
    const outcomes = await Promise.all([removePassword(db, member), removePasskey(db, member, 'one-of-two')])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['last_way_in', 'removed'])
    const { hasPassword, passkeys } = await readWaysIn(db, member.memberId)
    expect(Number(hasPassword) + passkeys).toBe(1)
  })
})
