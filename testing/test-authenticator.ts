import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** User present and user verified; with attested credential data (WebAuthn level 3, 6.1). */
const PRESENT_VERIFIED = 0x05
const ATTESTED = 0x40

/** A passkey in software, which can be told to lie. */
export function createAuthenticator({ origin = 'http://localhost:3000', rpId = 'localhost' } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0

  function authenticatorData(flags: number, attested: Buffer = Buffer.alloc(0)): Buffer {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), head, attested])
  }

  function clientData(type: 'webauthn.create' | 'webauthn.get', challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  function shared() {
    const encoded = id.toString('base64url')
    return { id: encoded, rawId: encoded, type: 'public-key', clientExtensionResults: {} } as const
  }

  return {
    id: id.toString('base64url'),
    /** What its use counter says at the next answer. */
    setCounter: (value: number) => (counter = value),
    create(challenge: string): RegistrationResponseJSON {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      // A COSE key: EC2, ES256, P-256 (RFC 9053, 7.1.1).
      const coseKey = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]),
      )
      const idLength = Buffer.alloc(2)
      idLength.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), idLength, id, coseKey])
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(authenticatorData(PRESENT_VERIFIED | ATTESTED, attested))],
        ]) as never,
      )
      return {
        ...shared(),
        response: {
          clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
          attestationObject: Buffer.from(attestation).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    answer(challenge: string, flags = PRESENT_VERIFIED): AuthenticationResponseJSON {
      counter++
      const data = authenticatorData(flags)
      const client = clientData('webauthn.get', challenge)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return {
        ...shared(),
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, privateKey).toString('base64url'),
        },
      }
    },
  }
}
