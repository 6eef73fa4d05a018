import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { claimGuestOrders } from '@/db/queries/member-orders'
import { findToken, insertToken, useToken, voidTokens } from '@/db/queries/member-tokens'
import {
  findMember,
  findMemberByEmail,
  keepFormerEmail,
  lockMember,
  markEmailVerified,
  updateMember,
} from '@/db/queries/members'
import { maskEmail } from '@/lib/domain/mask-email'
import { TOKEN_LIFE_MINUTES } from '@/lib/domain/member'
import { queueMail } from '@/lib/mail/queue-mail'

import { countMemberTry, type Caller } from './limit-tries'
import type { Member } from './member'
import { hashSecret, makeSecret } from './member-token'
import { mailToken, type MailedOutcome } from './request-link'

/**
 * Mails a link to the new address; nothing changes until it is confirmed. An address that has an account is mailed a link that
 * signs in there: what the page says is the same.
 */
export async function requestEmailChange(
  db: Database,
  member: Member,
  { email, caller }: { email: string; caller: Caller },
): Promise<MailedOutcome | { readonly kind: 'sign_in_again' }> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  const counted = await countMemberTry(db, 'mail', email, caller)
  if (counted.kind === 'slow_down') return counted
  await inTransaction(db, async (tx) => {
    const taken = await findMemberByEmail(tx, email)
    if (taken) await mailToken(tx, 'sign_in', { email, memberId: taken.id, data: { returnTo: '/account' } })
    else await mailEmailChange(tx, member, email)
  })
  return { kind: 'mailed' }
}

export type EmailChange =
  | { readonly kind: 'own'; readonly email: string }
  /** `account` is the asking account's address, masked. */
  | { readonly kind: 'sign_in_first'; readonly email: string; readonly account: string }

/** What a link would change, without using it up. Null when it is over. */
export async function readEmailChange(
  db: Database,
  secret: string,
  member: Member | null,
): Promise<EmailChange | null> {
  const token = await findToken(db, hashSecret(secret), ['email_change'])
  if (!token?.memberId) return null
  if (token.memberId === member?.memberId) return { kind: 'own', email: token.email }
  const asking = await findMember(db, token.memberId)
  return asking && { kind: 'sign_in_first', email: token.email, account: maskEmail(asking.email) }
}

/**
 * The button behind the link in the new address, for the member who asked and nobody else: an address opens an account and
 * brings its guest orders along, so whoever holds the mailbox must be whoever holds the account. Both addresses are informed.
 */
export async function confirmEmailChange(
  db: Database,
  secret: string,
  member: Member | null,
): Promise<{ readonly kind: 'changed' | 'link_over' | 'sign_in_first' }> {
  const hash = hashSecret(secret)
  const found = await findToken(db, hash, ['email_change'])
  if (!found) return { kind: 'link_over' }
  if (!member || found.memberId !== member.memberId) return { kind: 'sign_in_first' }
  return inTransaction(db, async (tx) => {
    const token = await useToken(tx, hash, ['email_change'])
    const asking = await lockMember(tx, member.memberId)
    if (!token || !asking || asking.disabledAt) return { kind: 'link_over' }
    if (await findMemberByEmail(tx, token.email)) return { kind: 'link_over' }
    await keepFormerEmail(tx, asking.id, asking.email)
    await updateMember(tx, asking.id, { email: token.email })
    await markEmailVerified(tx, asking.id)
    await voidTokens(tx, asking.id, ['password_reset', 'sign_in', 'email_change'])
    await claimGuestOrders(tx, asking.id, token.email)
    const mail = { kind: 'email_changed', newEmail: token.email } as const
    await queueMail(tx, mail, { to: asking.email, about: `${hash}:former` })
    await queueMail(tx, mail, { to: token.email, about: hash })
    return { kind: 'changed' }
  })
}

/** The mail says whose account asks: it goes to an address that may be somebody else's. */
async function mailEmailChange(tx: Transaction, member: Member, email: string): Promise<void> {
  const { secret, hash } = makeSecret()
  await insertToken(tx, { hash, kind: 'email_change', memberId: member.memberId, email, data: {} })
  const link = { path: `/confirm-address?token=${secret}`, minutes: TOKEN_LIFE_MINUTES.email_change }
  const mail = { kind: 'email_change', ...link, account: maskEmail(member.email) } as const
  await queueMail(tx, mail, { to: email, about: hash })
}
