import 'server-only'

import { randomUUID } from 'node:crypto'

import { getDatabase, inTransaction, type Database, type Queryable } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import {
  findToken,
  insertToken,
  listInvitations,
  useToken,
  voidInvitations,
  type Invitation,
  type TokenRow,
} from '@/db/queries/member-tokens'
import { findMemberByEmail, insertMember, markEmailVerified } from '@/db/queries/members'
import { findActiveStaff, insertStaff, lockOwners, type StaffRow } from '@/db/queries/staff'
import { TOKEN_LIFE_MINUTES } from '@/lib/domain/member'
import { can, type Role } from '@/lib/domain/staff'
import { queueMail } from '@/lib/mail/queue-mail'
import { hashSecret, makeSecret } from '@/lib/members/member-token'
import { openSession, type SignInOutcome, type Visitor } from '@/lib/members/open-session'

import { actorOf, type Admin } from './admin'

export type { Invitation }

/**
 * Mails somebody a way in. Nothing is theirs until they press the button behind the link. One invitation is open for an address: a
 * new one takes the place of the one before, or that one would let them in again after they were shut out.
 */
export async function inviteStaff(
  db: Database,
  admin: Admin<'staff.manage'>,
  { email, role }: { email: string; role: Role },
): Promise<{ readonly kind: 'invited' | 'works_here' }> {
  const { secret, hash } = makeSecret()
  return inTransaction(db, async (tx) => {
    // Two who invite the same person at once come one after the other.
    await lockOwners(tx)
    const member = await findMemberByEmail(tx, email)
    if (member && (await findActiveStaff(tx, member.id))) return { kind: 'works_here' }
    await voidInvitations(tx, email)
    const data = { role, invitedBy: admin.memberId }
    await insertToken(tx, { hash, kind: 'staff_invite', memberId: null, email, data })
    const path = `/admin/join?key=${secret}`
    const mail = {
      kind: 'staff_invite',
      path,
      minutes: TOKEN_LIFE_MINUTES.staff_invite,
      invitedBy: admin.email,
    } as const
    await queueMail(tx, mail, { to: email, about: randomUUID() })
    await appendAudit(tx, {
      ...actorOf(admin),
      action: 'staff.invited',
      subject: `address ${email}`,
      before: null,
      after: { role },
    })
    return { kind: 'invited' }
  })
}

export async function getInvitations(db: Database, _admin: Admin<'staff.manage'>): Promise<Invitation[]> {
  return listInvitations(db)
}

/** The link that was mailed opens nothing any more. */
export async function withdrawInvitation(
  db: Database,
  admin: Admin<'staff.manage'>,
  email: string,
): Promise<{ readonly kind: 'withdrawn' | 'not_found' }> {
  return inTransaction(db, async (tx) => {
    if ((await voidInvitations(tx, email)) === 0) return { kind: 'not_found' }
    await appendAudit(tx, {
      ...actorOf(admin),
      action: 'staff.invitation_withdrawn',
      subject: `address ${email}`,
      before: null,
      after: null,
    })
    return { kind: 'withdrawn' }
  })
}

/** What an invitation is for, without using it up; null when it is over, or never was one. */
export async function readInvitation(secret: string): Promise<{ readonly email: string; readonly role: Role } | null> {
  const db = getDatabase()
  const token = await findToken(db, hashSecret(secret), ['staff_invite'])
  return token?.data.role && (await findInviter(db, token)) ? { email: token.email, role: token.data.role } : null
}

/** Whoever sent an invitation; null when they may let nobody in any more. */
async function findInviter(db: Queryable, { data }: TokenRow): Promise<StaffRow | null> {
  const inviter = data.invitedBy ? await findActiveStaff(db, data.invitedBy) : null
  return inviter && can(inviter.role, 'staff.manage') ? inviter : null
}

export type JoinOutcome = Extract<SignInOutcome, { kind: 'signed_in' | 'disabled' }> | { readonly kind: 'link_over' }

/** The button behind an invitation: the address is proved by it, an account is opened if there is none, and the role is theirs. */
export async function joinStaff(db: Database, secret: string, visitor: Visitor): Promise<JoinOutcome> {
  return inTransaction(db, async (tx) => {
    // Before the link is used up, as whoever shuts people out does: either it was too late for that, or it lets nobody in.
    await lockOwners(tx)
    const token = await useToken(tx, hashSecret(secret), ['staff_invite'])
    const inviter = token && (await findInviter(tx, token))
    if (!token?.data.role || !inviter) return { kind: 'link_over' }
    const { email } = token
    await voidInvitations(tx, email)
    const member = await insertMember(tx, { id: randomUUID(), email, name: '', passwordHash: null })
    await markEmailVerified(tx, member.id)
    const outcome = await openSession(tx, { ...member, emailVerifiedAt: new Date() }, 'link', visitor)
    if (outcome.kind !== 'signed_in') return outcome
    // An old invitation does not change what somebody who works here already may do.
    if (!(await findActiveStaff(tx, member.id))) {
      await insertStaff(tx, { memberId: member.id, role: token.data.role, invitedBy: inviter.memberId })
      await appendAudit(tx, {
        actorId: member.id,
        actorEmail: email,
        network: visitor.network,
        action: 'staff.joined',
        subject: `member ${member.id}`,
        before: null,
        after: { role: token.data.role },
      })
    }
    return outcome
  })
}
