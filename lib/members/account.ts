import 'server-only'

import type { Database } from '@/db/client'
import { listIdentities, listPasskeys } from '@/db/queries/member-keys'
import { findMember, updateMember } from '@/db/queries/members'
import { inTransaction } from '@/db/client'
import type { IdentityProvider } from '@/lib/domain/member'

import type { Member } from './member'

export interface Profile {
  readonly name: string
  readonly email: string
  readonly hasPassword: boolean
  readonly wantsNews: boolean
  readonly wantsNewDeviceMail: boolean
  readonly deletionRequestedAt: Date | null
}

export async function getProfile(db: Database, member: Member): Promise<Profile> {
  const row = await findMember(db, member.memberId)
  if (!row) throw new Error('a session without a member')
  const { name, email, passwordHash, wantsNews, wantsNewDeviceMail, deletionRequestedAt } = row
  return { name, email, hasPassword: passwordHash !== null, wantsNews, wantsNewDeviceMail, deletionRequestedAt }
}

export interface KeyRing {
  readonly passkeys: readonly {
    id: string
    label: string
    isSecondFactor: boolean
    createdAt: Date
    lastUsedAt: Date | null
  }[]
  readonly identities: readonly { provider: IdentityProvider; email: string }[]
}

export async function getKeyRing(db: Database, member: Member): Promise<KeyRing> {
  const passkeys = await listPasskeys(db, member.memberId)
  return { passkeys, identities: await listIdentities(db, member.memberId) }
}

export async function changeProfile(
  db: Database,
  member: Member,
  change: { name: string } | { wantsNews: boolean; wantsNewDeviceMail: boolean },
): Promise<void> {
  await inTransaction(db, (tx) => updateMember(tx, member.memberId, change))
}
