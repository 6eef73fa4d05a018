import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { noteSecondFactor } from '@/db/queries/member-sessions'
import { lockStaff, readFactors, updateStaff } from '@/db/queries/staff'
import { planFactorChange } from '@/lib/domain/staff'
import { countMemberTry } from '@/lib/members/limit-tries'
import type { Visitor } from '@/lib/members/open-session'

import { normaliseCode, writeRecoveryCodes } from './recovery-codes'
import type { SecondFactorOutcome } from './second-factor'
import type { StaffMember } from './staff-member'
import { makeTotpSecret, sealTotpSecret, totpStepOf, totpUri, unsealShownSecret } from './totp'

/**
 * The secret of an authenticator to be: the same until it is confirmed, so that a reload does no harm. The one that there is goes on
 * working until then. Null for whoever may not set one up now.
 */
export async function beginAuthenticator(
  db: Database,
  person: StaffMember,
  shopName: string,
): Promise<{ readonly secret: string; readonly uri: string } | null> {
  const secret = await inTransaction(db, async (tx) => {
    const row = await lockStaff(tx, person.memberId)
    const factors = await readFactors(tx, person.memberId)
    if (!row || !factors || planFactorChange(factors, person) !== 'allowed') return null
    const shown = await unsealShownSecret(row.totpNextSealed, person.sessionId)
    if (shown !== null) return shown
    const made = makeTotpSecret()
    await updateStaff(tx, person.memberId, { totpNextSealed: await sealTotpSecret(made, person.sessionId) })
    return made
  })
  return secret === null ? null : { secret, uri: totpUri(secret, { shopName, email: person.email }) }
}

export type ConfirmAuthenticatorOutcome =
  | { readonly kind: 'confirmed'; readonly recoveryCodes: readonly string[] }
  | Exclude<SecondFactorOutcome, { kind: 'accepted' | 'refused' }>
  | { readonly kind: 'refused' | 'sign_in_again' | 'step_up' }

/** The first code shows that the authenticator has the secret; from then on it is the only one. New recovery codes come with it. */
export async function confirmAuthenticator(
  db: Database,
  person: StaffMember,
  code: string,
  visitor: Visitor,
): Promise<ConfirmAuthenticatorOutcome> {
  const counted = await countMemberTry(db, 'second_factor', person.email, visitor)
  if (counted.kind === 'slow_down') return counted
  return inTransaction(db, async (tx): Promise<ConfirmAuthenticatorOutcome> => {
    const row = await lockStaff(tx, person.memberId)
    const before = await readFactors(tx, person.memberId)
    if (!row || !before) return { kind: 'refused' }
    // Whoever finds an open browser must not make it their own.
    const plan = planFactorChange(before, person)
    if (plan !== 'allowed') return { kind: plan }
    const shown = await unsealShownSecret(row.totpNextSealed, person.sessionId)
    const step = shown === null ? null : totpStepOf(shown, normaliseCode(code))
    if (step === null) return { kind: 'refused' }
    const next = { totpSecretSealed: row.totpNextSealed, totpNextSealed: null }
    await updateStaff(tx, person.memberId, { ...next, totpConfirmedAt: new Date(), totpLastStep: step })
    const recoveryCodes = await writeRecoveryCodes(tx, person.memberId)
    await noteSecondFactor(tx, person.sessionId)
    await appendAudit(tx, {
      actorId: person.memberId,
      actorEmail: person.email,
      network: visitor.network,
      action: 'staff.second_factor_set',
      subject: `member ${person.memberId}`,
      before,
      after: { kind: 'totp' },
    })
    return { kind: 'confirmed', recoveryCodes }
  })
}
