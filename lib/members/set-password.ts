import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { revokeOtherSessions } from '@/db/queries/member-sessions'
import { findToken, useToken, voidTokens } from '@/db/queries/member-tokens'
import { findMember, lockMember, updateMember } from '@/db/queries/members'
import { queueMail } from '@/lib/mail/queue-mail'

import type { ConfirmLinkOutcome } from './confirm-link'
import { hashPassword } from './hash-password'
import { judgeNewPassword } from './judge-password'
import type { Member } from './member'
import { hashSecret } from './member-token'
import { openSession, type Visitor } from './open-session'

type Invalid = { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> }

/** A new password by a mailed link. Everybody who was signed in, perhaps with the old one, is signed out. */
export async function resetPassword(
  db: Database,
  { secret, password, visitor }: { secret: string; password: string; visitor: Visitor },
): Promise<ConfirmLinkOutcome | Invalid> {
  const hash = hashSecret(secret)
  const token = await findToken(db, hash, ['password_reset'])
  const before = token?.memberId ? await findMember(db, token.memberId) : null
  if (!before) return { kind: 'link_over' }
  const problem = await judgeNewPassword(db, password, [before.email, before.name])
  if (problem) return { kind: 'invalid', errors: { password: problem } }
  const passwordHash = await hashPassword(password)
  return inTransaction(db, async (tx) => {
    if (!(await useToken(tx, hash, ['password_reset']))) return { kind: 'link_over' }
    const member = await lockMember(tx, before.id)
    // The link proves the address it was sent to; when that is another one by now, it proves nothing.
    if (!member || member.email !== token?.email) return { kind: 'link_over' }
    await updateMember(tx, member.id, { passwordHash })
    await voidTokens(tx, member.id, ['password_reset', 'sign_in'])
    await revokeOtherSessions(tx, member.id, null)
    await queueMail(tx, { kind: 'password_changed' }, { to: member.email, about: hash })
    const outcome = await openSession(tx, member, 'link', visitor)
    return outcome.kind === 'signed_in' ? { ...outcome, returnTo: token.data.returnTo ?? '/account' } : outcome
  })
}

/** The signed-in member's own change. Other devices are signed out; this one stays. */
export async function changePassword(
  db: Database,
  member: Member,
  password: string,
): Promise<{ readonly kind: 'changed' } | { readonly kind: 'sign_in_again' } | Invalid> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  const problem = await judgeNewPassword(db, password, [member.email, member.name])
  if (problem) return { kind: 'invalid', errors: { password: problem } }
  const passwordHash = await hashPassword(password)
  await inTransaction(db, async (tx) => {
    await updateMember(tx, member.memberId, { passwordHash })
    await voidTokens(tx, member.memberId, ['password_reset', 'sign_in'])
    await revokeOtherSessions(tx, member.memberId, member.sessionId)
    await queueMail(tx, { kind: 'password_changed' }, { to: member.email, about: randomUUID() })
  })
  return { kind: 'changed' }
}
