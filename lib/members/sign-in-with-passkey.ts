import 'server-only'

import {
  generateAuthenticationOptions,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { lockPasskey, notePasskeyUse, type PasskeyRow } from '@/db/queries/member-keys'
import { insertChallenge, takeChallenge } from '@/db/queries/member-tokens'
import { findMember } from '@/db/queries/members'

import { countMemberTry } from './limit-tries'
import { openSession, type SignInOutcome, type Visitor } from './open-session'
import { challengeOf } from './passkey-challenge'
import { relyingParty } from './relying-party'
import { verifyPasskey } from './verify-passkey'

/** What the browser is to have signed. It does not say whose: the passkey itself knows. */
export async function askForPasskey(db: Database): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({ rpID: relyingParty().id, userVerification: 'required' })
  await insertChallenge(db, options.challenge, null)
  return options
}

export type PasskeyOutcome =
  | SignInOutcome
  | { readonly kind: 'refused' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number }

export async function signInWithPasskey(
  db: Database,
  response: AuthenticationResponseJSON,
  visitor: Visitor,
): Promise<PasskeyOutcome> {
  const counted = await countMemberTry(db, 'passkey', response.id, visitor)
  if (counted.kind === 'slow_down') return counted
  const challenge = challengeOf(response.response.clientDataJSON)
  // Taken away in a transaction of its own: whatever comes of the answer, it cannot be given twice.
  const asked = challenge === null ? null : await takeChallenge(db, challenge)
  if (challenge === null || asked?.memberId !== null) return { kind: 'refused' }
  return inTransaction(db, async (tx) => {
    const passkey = await lockPasskey(tx, response.id)
    const counter = passkey ? await verifyPasskey(passkey, response, challenge) : null
    if (!passkey || counter === null) return { kind: 'refused' }
    return enter(tx, passkey, counter, visitor)
  })
}

async function enter(tx: Transaction, passkey: PasskeyRow, counter: number, visitor: Visitor): Promise<PasskeyOutcome> {
  await notePasskeyUse(tx, passkey.id, counter)
  const member = await findMember(tx, passkey.memberId)
  return member
    ? openSession(tx, member, 'passkey', visitor, { bySecondFactor: passkey.isSecondFactor })
    : { kind: 'refused' }
}
