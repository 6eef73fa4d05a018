import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { insertToken } from '@/db/queries/member-tokens'
import { findMemberByEmail, type MemberRow } from '@/db/queries/members'
import { TOKEN_LIFE_MINUTES, type TokenData } from '@/lib/domain/member'
import { queueMail } from '@/lib/mail/queue-mail'

import { countMemberTry, type Caller } from './limit-tries'
import { makeSecret } from './member-token'

export type MailedOutcome =
  | { readonly kind: 'mailed' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }

/**
 * Mails a link that signs in. An address without an account gets one too, which opens an account once it is confirmed: so
 * the answer, the work and the time are the same for both.
 */
export async function requestLink(
  db: Database,
  { email, returnTo, caller }: { email: string; returnTo: string; caller: Caller },
): Promise<MailedOutcome> {
  return mailLink(db, email, caller, () => ({ kind: 'sign_in', data: { returnTo } }))
}

/** Mails a link that opens an account; who has one is mailed a link that signs in instead. */
export async function register(
  db: Database,
  { email, name, returnTo, caller }: { email: string; name: string; returnTo: string; caller: Caller },
): Promise<MailedOutcome> {
  return mailLink(db, email, caller, (member) =>
    member ? { kind: 'sign_in', data: { returnTo } } : { kind: 'register', data: { name, returnTo } },
  )
}

/** Mails a link that sets a new password; who has no account is mailed one that signs in, and opens an account. */
export async function forgotPassword(
  db: Database,
  { email, returnTo, caller }: { email: string; returnTo: string; caller: Caller },
): Promise<MailedOutcome> {
  return mailLink(db, email, caller, (member) => ({ kind: member ? 'password_reset' : 'sign_in', data: { returnTo } }))
}

/** One try, one look, one token, one mail, whatever the address. */
async function mailLink(
  db: Database,
  email: string,
  caller: Caller,
  choose: (member: MemberRow | null) => { kind: keyof typeof MAILS; data: TokenData },
): Promise<MailedOutcome> {
  const counted = await countMemberTry(db, 'mail', email, caller)
  if (counted.kind === 'slow_down') return counted
  await inTransaction(db, async (tx) => {
    const member = await findMemberByEmail(tx, email)
    const { kind, data } = choose(member)
    await mailToken(tx, kind, { email, memberId: member?.id ?? null, data })
  })
  return { kind: 'mailed' }
}

const MAILS = {
  sign_in: { kind: 'sign_in_link', path: '/sign-in/link' },
  register: { kind: 'verify_address', path: '/register/confirm' },
  password_reset: { kind: 'password_reset', path: '/reset-password' },
} as const

/** Writes a token and queues the mail with its link, together or not at all. */
export async function mailToken(
  tx: Transaction,
  kind: keyof typeof MAILS,
  { email, memberId, data }: { email: string; memberId: string | null; data: TokenData },
): Promise<void> {
  const { secret, hash } = makeSecret()
  await insertToken(tx, { hash, kind, memberId, email, data })
  const mail = MAILS[kind]
  const path = `${mail.path}?token=${secret}`
  await queueMail(tx, { kind: mail.kind, path, minutes: TOKEN_LIFE_MINUTES[kind] }, { to: email, about: hash })
}
