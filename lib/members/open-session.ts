import 'server-only'

import { randomUUID } from 'node:crypto'

import type { Transaction } from '@/db/client'
import { claimGuestOrders } from '@/db/queries/member-orders'
import { insertSession, readDeviceHistory } from '@/db/queries/member-sessions'
import type { MemberRow } from '@/db/queries/members'
import type { SessionMethod } from '@/lib/domain/member'
import { queueMail } from '@/lib/mail/queue-mail'
import { getLog } from '@/lib/runtime/log'

import { makeSecret } from './member-token'

/** The browser that signs in. */
export interface Visitor {
  readonly device: string
  readonly network: string | null
  /** Of a secret that this browser alone has; its label is that of many. */
  readonly deviceHash: string
}

export type SignInOutcome =
  | { readonly kind: 'signed_in'; readonly memberId: string; readonly secret: string }
  | { readonly kind: 'disabled' }

/**
 * Whoever has proved to be this member gets a session under a new secret: one that somebody planted before is worth nothing.
 * Earlier guest orders with the proved address become theirs, and a device not seen before is reported by mail. `bySecondFactor`:
 * they came by what is a second factor of theirs.
 */
export async function openSession(
  tx: Transaction,
  member: MemberRow,
  method: SessionMethod,
  { device, network, deviceHash }: Visitor,
  { bySecondFactor = false } = {},
): Promise<SignInOutcome> {
  if (member.disabledAt) return { kind: 'disabled' }
  const history = await readDeviceHistory(tx, member.id, { device, network, deviceHash })
  const { secret, hash } = makeSecret()
  const id = randomUUID()
  const browser = { device, network, deviceHash }
  await insertSession(tx, { id, secretHash: hash, memberId: member.id, method, ...browser, bySecondFactor })
  if (member.emailVerifiedAt) await claimGuestOrders(tx, member.id, member.email)
  if (history.any && !history.sameDevice && member.wantsNewDeviceMail) {
    await queueMail(tx, { kind: 'new_device', device, network }, { to: member.email, about: id })
  }
  getLog().info({ memberId: member.id, method }, 'member signed in')
  return { kind: 'signed_in', memberId: member.id, secret }
}
