import 'server-only'

import {
  generateAuthenticationOptions,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { listPasskeys, lockPasskey, makeSecondFactor, notePasskeyUse, type PasskeyRow } from '@/db/queries/member-keys'
import { noteSecondFactor } from '@/db/queries/member-sessions'
import { insertChallenge, takeChallenge } from '@/db/queries/member-tokens'
import { lockStaff, readFactors } from '@/db/queries/staff'
import { isSetUp, planFactorChange } from '@/lib/domain/staff'
import { countMemberTry, takeBackTry } from '@/lib/members/limit-tries'
import type { Visitor } from '@/lib/members/open-session'
import { challengeOf } from '@/lib/members/passkey-challenge'
import { relyingParty } from '@/lib/members/relying-party'
import { verifyPasskey } from '@/lib/members/verify-passkey'

import type { SecondFactorOutcome } from './second-factor'
import type { StaffMember } from './staff-member'

/** What a passkey of this person is to sign. Whoever has no second factor yet may make one of any passkey that they have. */
export async function askForPasskeyFactor(
  db: Database,
  person: StaffMember,
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const own = await listPasskeys(db, person.memberId)
  const asked = person.isSetUp ? own.filter((passkey) => passkey.isSecondFactor) : own
  if (asked.length === 0) return null
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    userVerification: 'required',
    allowCredentials: asked.map(({ id }) => ({ id })),
  })
  await insertChallenge(db, options.challenge, person.memberId)
  return options
}

export type PasskeyFactorOutcome = SecondFactorOutcome | { readonly kind: 'sign_in_again' }

/** The session that is there has a second factor from this moment: nobody signs in anew for it. */
export async function givePasskeyFactor(
  db: Database,
  person: StaffMember,
  response: AuthenticationResponseJSON,
  visitor: Visitor,
): Promise<PasskeyFactorOutcome> {
  const counted = await countMemberTry(db, 'second_factor', person.email, visitor)
  if (counted.kind === 'slow_down') return counted
  const challenge = challengeOf(response.response.clientDataJSON)
  // Taken away in a transaction of its own: whatever comes of the answer, it cannot be given twice.
  const asked = challenge === null ? null : await takeChallenge(db, challenge)
  if (challenge === null || asked?.memberId !== person.memberId) return { kind: 'refused' }
  const outcome = await inTransaction(db, async (tx): Promise<PasskeyFactorOutcome> => {
    const row = await lockStaff(tx, person.memberId)
    const passkey = await lockPasskey(tx, response.id)
    if (!row || row.disabledAt || passkey?.memberId !== person.memberId) return { kind: 'refused' }
    const counter = await verifyPasskey(passkey, response, challenge)
    if (counter === null) return { kind: 'refused' }
    const obstacle = passkey.isSecondFactor ? null : await makeFirstFactor(tx, person, passkey, visitor)
    if (obstacle) return obstacle
    await notePasskeyUse(tx, passkey.id, counter)
    await noteSecondFactor(tx, person.sessionId)
    return { kind: 'accepted' }
  })
  if (outcome.kind === 'accepted') await takeBackTry(db, 'second_factor', person.email, visitor)
  return outcome
}

/** A passkey that only signed in becomes a second factor for whoever has none, and for nobody else. */
async function makeFirstFactor(
  tx: Transaction,
  person: StaffMember,
  passkey: PasskeyRow,
  { network }: Visitor,
): Promise<PasskeyFactorOutcome | null> {
  const before = await readFactors(tx, person.memberId)
  if (!before || isSetUp(before)) return { kind: 'refused' }
  if (planFactorChange(before, person) !== 'allowed') return { kind: 'sign_in_again' }
  await makeSecondFactor(tx, passkey.id)
  await appendAudit(tx, {
    actorId: person.memberId,
    actorEmail: person.email,
    network,
    action: 'staff.second_factor_set',
    subject: `member ${person.memberId}`,
    before,
    after: { kind: 'passkey' },
  })
  return null
}
