import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { noteSecondFactor } from '@/db/queries/member-sessions'
import { lockStaff, takeRecoveryCode, takeTotpStep } from '@/db/queries/staff'
import { countMemberTry, takeBackTry } from '@/lib/members/limit-tries'
import { hashSecret } from '@/lib/members/member-token'
import type { Visitor } from '@/lib/members/open-session'
import { getLog } from '@/lib/runtime/log'

import { normaliseCode } from './recovery-codes'
import type { StaffMember } from './staff-member'
import { totpStepOf, unsealTotpSecret } from './totp'

export type SecondFactorOutcome =
  | { readonly kind: 'accepted' | 'refused' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }

/** A code of the authenticator, or one of the recovery codes. Good once. */
export async function giveSecondFactor(
  db: Database,
  person: StaffMember,
  code: string,
  visitor: Visitor,
): Promise<SecondFactorOutcome> {
  const counted = await countMemberTry(db, 'second_factor', person.email, visitor)
  if (counted.kind === 'slow_down') return counted
  const { network } = visitor
  const isGood = await inTransaction(db, async (tx) => {
    const isTaken = await takeCode(tx, person.memberId, code)
    if (isTaken) await noteSecondFactor(tx, person.sessionId)
    return isTaken
  })
  if (isGood) await takeBackTry(db, 'second_factor', person.email, visitor)
  else getLog().warn({ memberId: person.memberId, network }, 'a second factor was refused')
  return { kind: isGood ? 'accepted' : 'refused' }
}

async function takeCode(tx: Transaction, memberId: string, code: string): Promise<boolean> {
  const row = await lockStaff(tx, memberId)
  if (!row?.totpSecretSealed || !row.totpConfirmedAt || row.disabledAt) return false
  const typed = normaliseCode(code)
  if (!/^\d{6}$/.test(typed)) return takeRecoveryCode(tx, memberId, hashSecret(typed))
  const step = totpStepOf(await unsealTotpSecret(row.totpSecretSealed), typed)
  return step !== null && (await takeTotpStep(tx, memberId, step))
}
