import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { findMemberByEmail } from '@/db/queries/members'
import { PASSWORD_MAX } from '@/lib/domain/password'

import { verifyPassword } from './hash-password'
import { countMemberTry, takeBackTry } from './limit-tries'
import { openSession, type SignInOutcome, type Visitor } from './open-session'

export type PasswordOutcome =
  | SignInOutcome
  /** No such account, no password, or another one: not told apart, neither by words nor by time. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }

export async function signInWithPassword(
  db: Database,
  { email, password, visitor }: { email: string; password: string; visitor: Visitor },
): Promise<PasswordOutcome> {
  const counted = await countMemberTry(db, 'password', email, visitor)
  if (counted.kind === 'slow_down') return counted
  const member = await findMemberByEmail(db, email)
  const right = await verifyPassword(password.slice(0, PASSWORD_MAX + 1), member?.passwordHash ?? null)
  if (!right || !member) return { kind: 'wrong' }
  await takeBackTry(db, 'password', email, visitor)
  return inTransaction(db, (tx) => openSession(tx, member, 'password', visitor))
}
