import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Simulator } from '../simulator'

/** Seconds a token lives: 9 hours, as PayPal's. */
export const TOKEN_LIFETIME = 32_400

/** Issues a bearer token. It carries its own expiry and signature, so that it outlives a restart of the simulator. */
export function issueToken(simulator: Simulator): string {
  const expiresAt = simulator.clock.now() + TOKEN_LIFETIME * 1000
  const payload = `${expiresAt}.${randomBytes(12).toString('hex')}`
  return `A21.${payload}.${sign(simulator, payload)}`
}

export function isTokenValid(simulator: Simulator, authorization: string | undefined): boolean {
  const match = /^Bearer (A21\.(\d+)\.([0-9a-f]+)\.([\w-]+))$/.exec(authorization ?? '')
  if (match === null) return false
  const [, token = '', expiresAt = '0', nonce = '', signature = ''] = match
  if (simulator.revokedTokens.has(token) || Number(expiresAt) < simulator.clock.now()) return false
  const expected = Buffer.from(sign(simulator, `${expiresAt}.${nonce}`))
  return expected.length === signature.length && timingSafeEqual(expected, Buffer.from(signature))
}

/** Makes the presented token useless from now on. */
export function revokeToken(simulator: Simulator, authorization: string | undefined): void {
  simulator.revokedTokens.add((authorization ?? '').replace(/^Bearer /, ''))
}

function sign(simulator: Simulator, payload: string): string {
  return createHmac('sha256', simulator.config.clientSecret).update(payload).digest('base64url')
}
