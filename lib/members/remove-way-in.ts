import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { deleteIdentity, deletePasskey, lockPasskey } from '@/db/queries/member-keys'
import { lockMember, readWaysIn, updateMember, type MemberRow } from '@/db/queries/members'
import { lockStaff, readFactors } from '@/db/queries/staff'
import { hasWayIn, type IdentityProvider } from '@/lib/domain/member'
import { isSetUp, planFactorChange } from '@/lib/domain/staff'
import { queueMail } from '@/lib/mail/queue-mail'

import type { Member } from './member'

const WORDS = { passkey: 'a passkey', identity: 'an account elsewhere', password: 'the password' } as const

export type RemoveOutcome = {
  readonly kind: 'removed' | 'not_found' | 'last_way_in' | 'sign_in_again' | 'second_factor' | 'last_second_factor'
}

export async function removePasskey(db: Database, member: Member, id: string): Promise<RemoveOutcome> {
  return remove(db, member, 'passkey', async (tx) => {
    const obstacle = await judgeFactorLoss(tx, member, id)
    return obstacle ?? deletePasskey(tx, member.memberId, id)
  })
}

export async function disconnectIdentity(
  db: Database,
  member: Member,
  provider: IdentityProvider,
): Promise<RemoveOutcome> {
  return remove(db, member, 'identity', (tx) => deleteIdentity(tx, member.memberId, provider))
}

export async function removePassword(db: Database, member: Member): Promise<RemoveOutcome> {
  return remove(db, member, 'password', async (tx, { passwordHash }) => {
    await updateMember(tx, member.memberId, { passwordHash: null })
    return passwordHash !== null
  })
}

/**
 * What keeps whoever works here from removing a passkey that is a second factor. Without the last one they would set up another by
 * signing in alone, so that somebody with their password could as well.
 */
async function judgeFactorLoss(tx: Transaction, member: Member, id: string): Promise<RemoveOutcome | null> {
  await lockStaff(tx, member.memberId)
  const factors = await readFactors(tx, member.memberId)
  const passkey = await lockPasskey(tx, id)
  if (!factors || passkey?.memberId !== member.memberId || !passkey.isSecondFactor) return null
  if (planFactorChange(factors, member) !== 'allowed') return { kind: 'second_factor' }
  return isSetUp({ ...factors, passkeys: factors.passkeys - 1 }) ? null : { kind: 'last_second_factor' }
}

class LastWayIn extends Error {}

/** Under the member's lock: two removals at once cannot each count on what the other takes. What was the last is put back. */
async function remove(
  db: Database,
  member: Member,
  what: 'passkey' | 'identity' | 'password',
  take: (tx: Transaction, locked: MemberRow) => Promise<boolean | RemoveOutcome>,
): Promise<RemoveOutcome> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  return inTransaction(db, async (tx): Promise<RemoveOutcome> => {
    const locked = await lockMember(tx, member.memberId)
    const taken = locked ? await take(tx, locked) : false
    if (typeof taken === 'object') return taken
    if (!taken) return { kind: 'not_found' }
    if (!hasWayIn(await readWaysIn(tx, member.memberId))) throw new LastWayIn()
    const mail = { kind: 'way_in_changed', change: 'removed', wayIn: WORDS[what] } as const
    await queueMail(tx, mail, { to: member.email, about: randomUUID() })
    return { kind: 'removed' }
  }).catch((error: unknown) => {
    if (error instanceof LastWayIn) return { kind: 'last_way_in' }
    throw error
  })
}
