import { createHash, createPublicKey, randomBytes, verify, type JsonWebKey } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator, type RunningSimulator } from './start-simulator'
import { MERCHANT } from './test-driver'

const account = { clientId: 'shop', clientSecret: 'secret', merchantId: MERCHANT }
const REDIRECT = 'http://localhost:3000/api/auth/callback/oidc'
const VERIFIER = randomBytes(32).toString('base64url')

let simulator: RunningSimulator
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, dataDir: null, ...account })
})
afterAll(() => simulator.close())

const at = (path: string) => `${simulator.url}/_identity${path}`

function request(more: Record<string, string> = {}): Record<string, string> {
  return {
    client_id: account.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid',
    state: 'a state',
    nonce: 'a nonce',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    ...more,
  }
}

/** Somebody fills the page in; answers where they are sent. */
async function agree(more: Record<string, string> = {}): Promise<URL> {
  const body = new URLSearchParams({ ...request(), email: 'A@example.com', name: 'A', verified: '1', ...more })
  const response = await fetch(at('/authorize'), { method: 'POST', body, redirect: 'manual' })
  return new URL(response.headers.get('location') ?? 'none:')
}

function redeem(code: string, { verifier = VERIFIER, redirect = REDIRECT, secret = account.clientSecret } = {}) {
  return fetch(at('/token'), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${account.clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  })
}

const codeOf = (way: URL) => way.searchParams.get('code') ?? ''

test('whoever agrees is sent back, and the shop gets a token about them that the published key has signed', async () => {
  const configuration = await (await fetch(at('/.well-known/openid-configuration'))).json()
  expect(configuration.issuer).toBe(at(''))
  const way = await agree()
  expect(way.searchParams.get('state')).toBe('a state')
  const { id_token } = await (await redeem(codeOf(way))).json()
  const [head, claims, signature] = (id_token as string).split('.')
  const { keys } = (await (await fetch(configuration.jwks_uri)).json()) as { keys: JsonWebKey[] }
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' })
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature ?? '', 'base64url'))).toBe(true)
  expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString())).toMatchObject({
    iss: configuration.issuer,
    aud: account.clientId,
    nonce: 'a nonce',
    email: 'A@example.com',
    email_verified: true,
    name: 'A',
  })
})

test('a code works once, with its verifier, at its address, for the shop', async () => {
  for (const wrong of [{ verifier: 'another' }, { redirect: 'http://localhost:3000/elsewhere' }]) {
    expect((await redeem(codeOf(await agree()), wrong)).status).toBe(400)
  }
  const code = codeOf(await agree())
  expect((await redeem(code, { secret: 'wrong' })).status).toBe(401)
  expect((await redeem(code)).status).toBe(200)
  expect((await redeem(code)).status).toBe(400)
})

test('whoever says no is sent back with that', async () => {
  expect((await agree({ action: 'deny' })).searchParams.get('error')).toBe('access_denied')
})

test('a way back to another machine, and another shop, are refused', async () => {
  for (const wrong of [
    { redirect_uri: 'https://elsewhere.example/' },
    { client_id: 'other' },
    { response_type: 'token' },
  ]) {
    const asked = new URLSearchParams(request(wrong))
    expect((await fetch(`${at('/authorize')}?${asked}`)).status).toBe(400)
    expect((await fetch(at('/authorize'), { method: 'POST', body: asked, redirect: 'manual' })).status).toBe(400)
  }
})
