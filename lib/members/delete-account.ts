import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { deleteMember, hasMemberToDelete, lockMemberToDelete } from '@/db/queries/member-export'
import { revokeOtherSessions } from '@/db/queries/member-sessions'
import { requestDeletion, withdrawDeletion } from '@/db/queries/members'
import { findActiveStaff } from '@/db/queries/staff'
import { DELETION_COOLING_DAYS } from '@/lib/domain/member'
import { queueMail } from '@/lib/mail/queue-mail'
import { getLog } from '@/lib/runtime/log'

import type { Member } from './member'

/**
 * Asks for the end of an account. Until then it works as before, on this device, and the request can be taken back. Whoever works
 * here is taken off the staff first, or the shop might lose its last owner by it.
 */
export async function askForDeletion(
  db: Database,
  member: Member,
): Promise<{ readonly kind: 'asked' | 'sign_in_again' | 'works_here' }> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  return inTransaction(db, async (tx) => {
    if (await findActiveStaff(tx, member.memberId)) return { kind: 'works_here' }
    await requestDeletion(tx, member.memberId)
    await revokeOtherSessions(tx, member.memberId, member.sessionId)
    const mail = { kind: 'account_deletion', days: DELETION_COOLING_DAYS } as const
    await queueMail(tx, mail, { to: member.email, about: randomUUID() })
    return { kind: 'asked' }
  })
}

export async function keepAccount(db: Database, member: Member): Promise<void> {
  await inTransaction(db, (tx) => withdrawDeletion(tx, member.memberId))
}

/** The worker's part: ends the accounts that are due, one in a transaction. Returns how many. */
export async function finishDeletions(db: Database): Promise<number> {
  if (!(await hasMemberToDelete(db))) return 0
  for (let ended = 0; ; ended++) {
    const id = await inTransaction(db, async (tx) => {
      const due = await lockMemberToDelete(tx)
      if (!due) return null
      await deleteMember(tx, due)
      await queueMail(tx, { kind: 'account_deleted' }, { to: due.email, about: due.id })
      return due.id
    })
    if (id === null) return ended
    getLog().info({ memberId: id }, 'account deleted')
  }
}
