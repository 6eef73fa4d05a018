import 'server-only'

import { randomInt } from 'node:crypto'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { noteSecondFactor } from '@/db/queries/member-sessions'
import { lockStaff, replaceRecoveryCodes, takeRecoveryCode, takeTotpStep, updateStaff } from '@/db/queries/staff'
import { RECOVERY_CODES } from '@/lib/domain/staff'
import { countMemberTry, takeBackTry } from '@/lib/members/limit-tries'
import { hashSecret } from '@/lib/members/member-token'
import type { Visitor } from '@/lib/members/open-session'
import { getLog } from '@/lib/runtime/log'

import type { StaffMember } from './staff-member'
import { makeTotpSecret, sealTotpSecret, totpStepOf, totpUri, unsealTotpSecret } from './totp'

export type SecondFactorOutcome =
  | { readonly kind: 'accepted' | 'refused' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }

/** Eight letters and digits that cannot be taken for each other: 39 bits, and twenty guesses an hour. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const normalise = (code: string) => code.toLowerCase().replaceAll(/[\s-]/g, '')

function makeRecoveryCode(): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

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
  const typed = normalise(code)
  if (!/^\d{6}$/.test(typed)) return takeRecoveryCode(tx, memberId, hashSecret(typed))
  const step = totpStepOf(await unsealTotpSecret(row.totpSecretSealed), typed)
  return step !== null && (await takeTotpStep(tx, memberId, step))
}

/** What somebody without a second factor sees: the same secret until it is confirmed, so that a reload does no harm. */
export async function beginSecondFactor(
  db: Database,
  person: StaffMember,
  shopName: string,
): Promise<{ readonly secret: string; readonly uri: string } | null> {
  const secret = await inTransaction(db, async (tx) => {
    const row = await lockStaff(tx, person.memberId)
    if (!row || row.disabledAt || row.totpConfirmedAt) return null
    if (row.totpSecretSealed) return unsealTotpSecret(row.totpSecretSealed)
    const made = makeTotpSecret()
    await updateStaff(tx, person.memberId, { totpSecretSealed: await sealTotpSecret(made) })
    return made
  })
  return secret === null ? null : { secret, uri: totpUri(secret, { shopName, email: person.email }) }
}

export type ConfirmSecondFactorOutcome =
  | { readonly kind: 'confirmed'; readonly recoveryCodes: readonly string[] }
  | Exclude<SecondFactorOutcome, { kind: 'accepted' | 'refused' }>
  | { readonly kind: 'refused' | 'sign_in_again' | 'set_up_already' }

/** The first code shows that the authenticator has the secret. The recovery codes are told here and never again. */
export async function confirmSecondFactor(
  db: Database,
  person: StaffMember,
  code: string,
  visitor: Visitor,
): Promise<ConfirmSecondFactorOutcome> {
  // Whoever finds an open browser must not make it their own.
  if (!person.fresh) return { kind: 'sign_in_again' }
  const counted = await countMemberTry(db, 'second_factor', person.email, visitor)
  if (counted.kind === 'slow_down') return counted
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode)
  return inTransaction(db, async (tx): Promise<ConfirmSecondFactorOutcome> => {
    const row = await lockStaff(tx, person.memberId)
    if (row?.totpConfirmedAt) return { kind: 'set_up_already' }
    if (!row?.totpSecretSealed || row.disabledAt) return { kind: 'refused' }
    const step = totpStepOf(await unsealTotpSecret(row.totpSecretSealed), normalise(code))
    if (step === null) return { kind: 'refused' }
    await updateStaff(tx, person.memberId, { totpConfirmedAt: new Date(), totpLastStep: step })
    const hashes = recoveryCodes.map((each) => hashSecret(normalise(each)))
    await replaceRecoveryCodes(tx, person.memberId, hashes)
    await noteSecondFactor(tx, person.sessionId)
    await appendAudit(tx, {
      actorId: person.memberId,
      actorEmail: person.email,
      network: visitor.network,
      action: 'staff.second_factor_set',
      subject: `member ${person.memberId}`,
      before: null,
      after: { kind: 'totp' },
    })
    return { kind: 'confirmed', recoveryCodes }
  })
}
