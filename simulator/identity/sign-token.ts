import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** Made when the first token is signed: most runs never sign one. */
let key: KeyObject | undefined

function privateKey(): KeyObject {
  return (key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
}

const KEY_ID = 'simulated'

/** A JSON Web Token under RS256 (RFC 7515), as every OpenID provider has to offer it. */
export function signToken(claims: Readonly<Record<string, unknown>>): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${encode(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey()).toString('base64url')}`
}

/** What whoever checks such a token fetches (RFC 7517). */
export function publicKeys(): { keys: object[] } {
  const jwk = createPublicKey(privateKey()).export({ format: 'jwk' })
  return { keys: [{ ...jwk, kid: KEY_ID, use: 'sig', alg: 'RS256' }] }
}
