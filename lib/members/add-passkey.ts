import 'server-only'

import { randomUUID } from 'node:crypto'

import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'

import { inTransaction, type Database, type Queryable, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { insertPasskey, listPasskeys } from '@/db/queries/member-keys'
import { noteSecondFactor } from '@/db/queries/member-sessions'
import { insertChallenge, takeChallenge } from '@/db/queries/member-tokens'
import { lockStaff, readFactors } from '@/db/queries/staff'
import { PASSKEYS_MAX } from '@/lib/domain/member'
import { isSetUp, planFactorChange, type Factors } from '@/lib/domain/staff'
import { queueMail } from '@/lib/mail/queue-mail'
import { getLog } from '@/lib/runtime/log'

import type { Member } from './member'
import type { Visitor } from './open-session'
import { challengeOf } from './passkey-challenge'
import { relyingParty } from './relying-party'

export type AskForNewPasskeyOutcome =
  | { readonly kind: 'ask'; readonly options: PublicKeyCredentialCreationOptionsJSON }
  | { readonly kind: 'sign_in_again' | 'second_factor' | 'too_many' }

export async function askForNewPasskey(
  db: Database,
  member: Member,
  shopName: string,
): Promise<AskForNewPasskeyOutcome> {
  const standing = await judgeStanding(db, member)
  if (standing.kind !== 'allowed') return standing
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

type Standing =
  /** `factors`: what they have to come into /admin with; null for whoever does not work here. */
  { readonly kind: 'allowed'; readonly factors: Factors | null } | { readonly kind: 'sign_in_again' | 'second_factor' }

/**
 * Who may add a passkey now. Of whoever works here it becomes a second factor: it takes the one they have, or else the first factor
 * alone would make the second.
 */
async function judgeStanding(db: Queryable, member: Member): Promise<Standing> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  const factors = await readFactors(db, member.memberId)
  if (factors && planFactorChange(factors, member) !== 'allowed') return { kind: 'second_factor' }
  return { kind: 'allowed', factors }
}

export type AddPasskeyOutcome = { readonly kind: 'added' | 'refused' | 'sign_in_again' | 'second_factor' }

export async function addPasskey(
  db: Database,
  member: Member,
  response: RegistrationResponseJSON,
  visitor: Visitor,
): Promise<AddPasskeyOutcome> {
  if (!member.fresh) return { kind: 'sign_in_again' }
  const challenge = challengeOf(response.response.clientDataJSON)
  const asked = challenge === null ? null : await takeChallenge(db, challenge)
  if (challenge === null || asked?.memberId !== member.memberId) return { kind: 'refused' }
  const credential = await verify(response, challenge)
  if (!credential) return { kind: 'refused' }
  return inTransaction(db, async (tx): Promise<AddPasskeyOutcome> => {
    // Two who set up the first second factor at once come one after the other: for the later one it is not the first.
    await lockStaff(tx, member.memberId)
    const standing = await judgeStanding(tx, member)
    if (standing.kind !== 'allowed') return standing
    const isNew = await insertPasskey(tx, {
      id: credential.id,
      memberId: member.memberId,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      label: visitor.device,
      isSecondFactor: standing.factors !== null,
    })
    if (!isNew) return { kind: 'refused' }
    const mail = { kind: 'way_in_changed', change: 'added', wayIn: `a passkey (${visitor.device})` } as const
    await queueMail(tx, mail, { to: member.email, about: randomUUID() })
    if (standing.factors) await becomeFactor(tx, member, standing.factors, visitor)
    return { kind: 'added' }
  })
}

/** Written down, and the first one is given with its being set up. */
async function becomeFactor(tx: Transaction, member: Member, before: Factors, { network }: Visitor): Promise<void> {
  if (!isSetUp(before)) await noteSecondFactor(tx, member.sessionId)
  await appendAudit(tx, {
    actorId: member.memberId,
    actorEmail: member.email,
    network,
    action: 'staff.second_factor_set',
    subject: `member ${member.memberId}`,
    before,
    after: { kind: 'passkey' },
  })
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
