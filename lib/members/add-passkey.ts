import 'server-only'

import { randomUUID } from 'node:crypto'

import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'

import { inTransaction, type Database } from '@/db/client'
import { insertPasskey, listPasskeys } from '@/db/queries/member-keys'
import { insertChallenge, takeChallenge } from '@/db/queries/member-tokens'
import { PASSKEYS_MAX } from '@/lib/domain/member'
import { queueMail } from '@/lib/mail/queue-mail'
import { getLog } from '@/lib/runtime/log'

import type { Member } from './member'
import type { Visitor } from './open-session'
import { challengeOf } from './passkey-challenge'
import { relyingParty } from './relying-party'

export type AskForNewPasskeyOutcome =
  | { readonly kind: 'ask'; readonly options: PublicKeyCredentialCreationOptionsJSON }
  | { readonly kind: 'sign_in_again' | 'too_many' }

export async function askForNewPasskey(
  db: Database,
  member: Member,
  shopName: string,
): Promise<AskForNewPasskeyOutcome> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  const known = await listPasskeys(db, member.memberId)
  if (known.length >= PASSKEYS_MAX) return { kind: 'too_many' }
  const options = await generateRegistrationOptions({
    rpName: shopName,
    rpID: relyingParty().id,
    userName: member.email,
    userDisplayName: member.name || member.email,
    userID: new Uint8Array(Buffer.from(member.memberId.replaceAll('-', ''), 'hex')),
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await insertChallenge(db, options.challenge, member.memberId)
  return { kind: 'ask', options }
}

export async function addPasskey(
  db: Database,
  member: Member,
  response: RegistrationResponseJSON,
  { device }: Visitor,
): Promise<{ readonly kind: 'added' | 'refused' | 'sign_in_again' }> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  const challenge = challengeOf(response.response.clientDataJSON)
  const asked = challenge === null ? null : await takeChallenge(db, challenge)
  if (challenge === null || asked?.memberId !== member.memberId) return { kind: 'refused' }
  const credential = await verify(response, challenge)
  if (!credential) return { kind: 'refused' }
  const isNew = await inTransaction(db, async (tx) => {
    const inserted = await insertPasskey(tx, {
      id: credential.id,
      memberId: member.memberId,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      label: device,
    })
    const mail = { kind: 'way_in_changed', change: 'added', wayIn: `a passkey (${device})` } as const
    if (inserted) await queueMail(tx, mail, { to: member.email, about: randomUUID() })
    return inserted
  })
  return { kind: isNew ? 'added' : 'refused' }
}

async function verify(response: RegistrationResponseJSON, expectedChallenge: string) {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty()
  try {
    const expected = { expectedChallenge, expectedOrigin, expectedRPID, requireUserVerification: true }
    const { verified, registrationInfo } = await verifyRegistrationResponse({ response, ...expected })
    return verified ? registrationInfo.credential : null
  } catch (error) {
    getLog().warn({ cause: String(error) }, 'a new passkey was refused')
    return null
  }
}
