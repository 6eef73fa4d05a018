import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { findIdentity, insertIdentity } from '@/db/queries/member-keys'
import { findMember, findMemberByEmail, insertMember } from '@/db/queries/members'
import { Email } from '@/lib/domain/checkout'
import { MemberName, PROVIDER_NAMES, type IdentityProvider } from '@/lib/domain/member'
import { queueMail } from '@/lib/mail/queue-mail'

import type { Member } from './member'
import { openSession, type SignInOutcome, type Visitor } from './open-session'

/** What a provider says of a person. */
export interface ProvidedIdentity {
  readonly provider: IdentityProvider
  readonly subject: string
  readonly email: string | null
  /** The provider's own word that the address is theirs; anything but a plain yes is a no. */
  readonly emailVerified: boolean
  readonly name: string
}

export type IdentityOutcome =
  | SignInOutcome
  | { readonly kind: 'connected' }
  /** `provider_known`: there is an account with the address; only its member can connect the two, once signed in. */
  | { readonly kind: 'provider_address' | 'provider_known' | 'provider_taken' | 'sign_in_again' }
  /** Signed in, with an account elsewhere that is not connected to anything: that is asked for in its own place. */
  | { readonly kind: 'provider_unconnected' }

/**
 * Somebody comes back from a provider. It opens the account it is connected to, or a new one. Signed in, only who has asked
 * to `connect` it connects it: whoever meant to sign in may be another person at the same browser. An e-mail address alone never opens or connects an account that exists.
 */
export async function signInWithIdentity(
  db: Database,
  identity: ProvidedIdentity,
  { member, connect: mayConnect, visitor }: { member: Member | null; connect: boolean; visitor: Visitor },
): Promise<IdentityOutcome> {
  return inTransaction(db, async (tx) => {
    const known = await findIdentity(tx, identity.provider, identity.subject)
    if (known) {
      if (member && member.memberId !== known.memberId) return { kind: 'provider_taken' }
      const owner = await findMember(tx, known.memberId)
      if (!owner) throw new Error('an identity without a member')
      return openSession(tx, owner, identity.provider, visitor)
    }
    if (member && !mayConnect) return { kind: 'provider_unconnected' }
    const email = identity.emailVerified ? (Email.safeParse(identity.email).data ?? null) : null
    if (email === null) return { kind: 'provider_address' }
    return member ? connect(tx, member, identity, email) : openAccount(tx, identity, email, visitor)
  })
}

async function connect(
  tx: Transaction,
  member: Member,
  { provider, subject }: ProvidedIdentity,
  email: string,
): Promise<IdentityOutcome> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  const isNew = await insertIdentity(tx, { provider, subject, memberId: member.memberId, email })
  if (!isNew) return { kind: 'provider_taken' }
  const mail = { kind: 'way_in_changed', change: 'added', wayIn: `an account at ${PROVIDER_NAMES[provider]}` } as const
  await queueMail(tx, mail, { to: member.email, about: randomUUID() })
  return { kind: 'connected' }
}

async function openAccount(
  tx: Transaction,
  { provider, subject, name }: ProvidedIdentity,
  email: string,
  visitor: Visitor,
): Promise<IdentityOutcome> {
  if (await findMemberByEmail(tx, email)) return { kind: 'provider_known' }
  const called = MemberName.safeParse(name).data ?? ''
  const member = await insertMember(tx, { id: randomUUID(), email, name: called, passwordHash: null })
  if (!(await insertIdentity(tx, { provider, subject, memberId: member.id, email }))) return { kind: 'provider_taken' }
  return openSession(tx, member, provider, visitor)
}
