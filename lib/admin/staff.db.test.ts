import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findMemberByEmail } from '@/db/queries/members'
import { findActiveStaff } from '@/db/queries/staff'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { newAdmin } from '@/testing/test-admin'
import { lastSecret, newEmail, setTestEnvironment, VISITOR } from '@/testing/test-members'

import type { Admin } from './admin'
import { changeRole, disableStaff } from './change-staff'
import { getInvitations, inviteStaff, joinStaff, withdrawInvitation } from './invite-staff'

let shop: TestDatabase
let owner: Admin<'staff.manage'>

beforeAll(async () => {
  setTestEnvironment()
  shop = await createTestDatabase()
  owner = await newAdmin(shop.db, 'owner', 'staff.manage')
})
afterAll(() => shop.drop())

/** Answers what is behind the link in the mail. */
async function invite(email: string, by = owner): Promise<string> {
  expect(await inviteStaff(shop.db, by, { email, role: 'support' })).toEqual({ kind: 'invited' })
  return lastSecret(shop.db, email)
}

const join = (secret: string) => joinStaff(shop.db, secret, VISITOR)
const openFor = async (email: string) =>
  (await getInvitations(shop.db, owner)).filter((invitation) => invitation.email === email)

async function idOf(email: string): Promise<string> {
  return (await findMemberByEmail(shop.db, email))?.id ?? ''
}

describe('an invitation', () => {
  test('is listed with its role, its end and who sent it, until it is used', async () => {
    const email = newEmail()
    const secret = await invite(email)
    expect(await openFor(email)).toEqual([
      { email, role: 'support', expiresAt: expect.any(Date) as Date, invitedBy: owner.email },
    ])
    expect((await join(secret)).kind).toBe('signed_in')
    expect(await openFor(email)).toEqual([])
    expect(await findActiveStaff(shop.db, await idOf(email))).toMatchObject({
      role: 'support',
      invitedBy: owner.memberId,
    })
  })

  test('takes the place of the one before', async () => {
    const email = newEmail()
    const first = await invite(email)
    const second = await invite(email)
    expect(await openFor(email)).toHaveLength(1)
    expect(await join(first)).toEqual({ kind: 'link_over' })
    expect((await join(second)).kind).toBe('signed_in')
  })

  test('of two owners at the same moment leaves one open', async () => {
    const email = newEmail()
    await Promise.all([invite(email), invite(email), invite(email)])
    expect(await openFor(email)).toHaveLength(1)
  })

  test('opens nothing once an owner has withdrawn it, and is withdrawn once', async () => {
    const email = newEmail()
    const secret = await invite(email)
    expect(await withdrawInvitation(shop.db, owner, email)).toEqual({ kind: 'withdrawn' })
    expect(await withdrawInvitation(shop.db, owner, email)).toEqual({ kind: 'not_found' })
    expect(await join(secret)).toEqual({ kind: 'link_over' })
    expect(await openFor(email)).toEqual([])
  })

  test('mailed before somebody was shut out does not let them in again, and one mailed afterwards does', async () => {
    const email = newEmail()
    const secret = await invite(email)
    const newcomer = await newAdmin(shop.db, 'support', 'desk.open')
    // They work here by another address, which has become this one since.
    await shop.db.execute(`update members set email = '${email}' where id = '${newcomer.memberId}'`)
    expect(await disableStaff(shop.db, owner, newcomer.memberId)).toEqual({ kind: 'changed' })
    expect(await openFor(email)).toEqual([])
    expect(await join(secret)).toEqual({ kind: 'link_over' })
    expect(await findActiveStaff(shop.db, newcomer.memberId)).toBeNull()
    expect((await join(await invite(email))).kind).toBe('signed_in')
    expect(await findActiveStaff(shop.db, newcomer.memberId)).not.toBeNull()
  })

  test('from an owner who was shut out or is none any more lets nobody in, and is not listed as open', async () => {
    for (const lose of [
      (memberId: string) => disableStaff(shop.db, owner, memberId),
      (memberId: string) => changeRole(shop.db, owner, { memberId, role: 'manager' }),
    ]) {
      const email = newEmail()
      const other = await newAdmin(shop.db, 'owner', 'staff.manage')
      const secret = await invite(email, other)
      expect(await lose(other.memberId)).toEqual({ kind: 'changed' })
      expect(await openFor(email)).toEqual([])
      expect(await join(secret)).toEqual({ kind: 'link_over' })
      expect(await idOf(email)).toBe('')
    }
  })

  test('lets nobody in whose sender has lost the role in any other way', async () => {
    const other = await newAdmin(shop.db, 'owner', 'staff.manage')
    const email = newEmail()
    const secret = await invite(email, other)
    await shop.db.execute(`update staff set role = 'support' where member_id = '${other.memberId}'`)
    expect(await join(secret)).toEqual({ kind: 'link_over' })
    expect(await idOf(email)).toBe('')
  })
})
