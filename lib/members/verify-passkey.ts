import 'server-only'

import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server'

import type { PasskeyRow } from '@/db/queries/member-keys'
import { getLog } from '@/lib/runtime/log'

import { relyingParty } from './relying-party'

/** The authenticator's counter, or null for an answer that is not good. */
export async function verifyPasskey(
  passkey: PasskeyRow,
  response: AuthenticationResponseJSON,
  expectedChallenge: string,
): Promise<number | null> {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch (error) {
    getLog().warn({ cause: String(error), memberId: passkey.memberId }, 'a passkey was refused')
    return null
  }
}
