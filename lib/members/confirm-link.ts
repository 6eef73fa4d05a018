import 'server-only'

import { randomUUID } from 'node:crypto'

import { getDatabase, inTransaction, type Database } from '@/db/client'
import { findToken, useToken } from '@/db/queries/member-tokens'
import { insertMember, markEmailVerified } from '@/db/queries/members'
import type { TokenKind } from '@/lib/domain/member'

import { hashPassword } from './hash-password'
import { judgeNewPassword } from './judge-password'
import { hashSecret } from './member-token'
import { openSession, type SignInOutcome, type Visitor } from './open-session'

/** What a link is good for, without using it up: programs that look into mails open links too. */
export async function readLink(
  secret: string,
  kinds: readonly TokenKind[],
): Promise<{ readonly email: string; readonly name: string; readonly returnTo: string } | null> {
  const token = await findToken(getDatabase(), hashSecret(secret), kinds)
  return token ? { email: token.email, name: token.data.name ?? '', returnTo: token.data.returnTo ?? '/account' } : null
}

export type ConfirmLinkOutcome =
  | (Extract<SignInOutcome, { kind: 'signed_in' }> & { readonly returnTo: string })
  | Extract<SignInOutcome, { kind: 'disabled' }>
  | { readonly kind: 'link_over' }

/** The button behind a mailed sign-in link. The address is proved by it; without an account one is opened. */
export async function confirmSignInLink(
  db: Database,
  { secret, visitor }: { secret: string; visitor: Visitor },
): Promise<ConfirmLinkOutcome> {
  return inTransaction(db, async (tx) => {
    const token = await useToken(tx, hashSecret(secret), ['sign_in'])
    if (!token) return { kind: 'link_over' }
    const member = await insertMember(tx, { id: randomUUID(), email: token.email, name: '', passwordHash: null })
    await markEmailVerified(tx, member.id)
    const outcome = await openSession(tx, { ...member, emailVerifiedAt: new Date() }, 'link', visitor)
    return outcome.kind === 'signed_in' ? { ...outcome, returnTo: token.data.returnTo ?? '/account' } : outcome
  })
}

export type ConfirmRegistrationOutcome =
  | ConfirmLinkOutcome
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> }

/**
 * The end of a registration: the password is chosen here, by whoever reads the mail, and not before, by whoever typed the
 * address. Empty means none. An account that has come into being meanwhile keeps its own password.
 */
export async function confirmRegistration(
  db: Database,
  input: { secret: string; name: string; password: string; visitor: Visitor },
): Promise<ConfirmRegistrationOutcome> {
  const hash = hashSecret(input.secret)
  const token = await findToken(db, hash, ['register'])
  if (!token) return { kind: 'link_over' }
  const problem = input.password === '' ? null : await judgeNewPassword(db, input.password, [token.email, input.name])
  if (problem) return { kind: 'invalid', errors: { password: problem } }
  const passwordHash = input.password === '' ? null : await hashPassword(input.password)
  return inTransaction(db, async (tx) => {
    if (!(await useToken(tx, hash, ['register']))) return { kind: 'link_over' }
    const member = await insertMember(tx, { id: randomUUID(), email: token.email, name: input.name, passwordHash })
    const outcome = await openSession(tx, member, 'link', input.visitor)
    return outcome.kind === 'signed_in' ? { ...outcome, returnTo: token.data.returnTo ?? '/account' } : outcome
  })
}
