import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import type { HttpContext, HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { createCodes } from './codes'
import { identityPage, refusalPage } from './identity-page'
import { publicKeys, signToken } from './sign-token'

const TOKEN_LIFETIME = 600

/** What the shop sends with the browser; the form of the page carries it on. */
const PARAMETERS = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'nonce', 'code_challenge'] as const

/**
 * An OpenID Connect provider (Core 1.0, authorization code with PKCE) at `/_identity`, for whoever has the shop's own credentials.
 * It believes whatever people say of themselves.
 */
export function identityRoutes(simulator: Simulator): Hono<HttpEnv> {
  const { clientId, clientSecret } = simulator.config
  const issuer = () => `${simulator.origin()}/_identity`
  const codes = createCodes()
  const routes = new Hono<HttpEnv>()
  routes.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })

  routes.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer: issuer(),
      authorization_endpoint: `${issuer()}/authorize`,
      token_endpoint: `${issuer()}/token`,
      jwks_uri: `${issuer()}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    }),
  )
  routes.get('/keys', (c) => c.json(publicKeys()))

  routes.get('/authorize', (c) => {
    const asked = readAsked((name) => c.req.query(name))
    const problem = problemOf(asked, clientId)
    return problem === null ? c.html(identityPage(asked)) : c.html(refusalPage(problem), 400)
  })
  routes.post('/authorize', async (c) => {
    const form = await c.req.parseBody()
    const field = (name: string) => (typeof form[name] === 'string' ? form[name] : undefined)
    const asked = readAsked(field)
    const problem = problemOf(asked, clientId)
    if (problem !== null) return c.html(refusalPage(problem), 400)
    const email = (field('email') ?? '').trim()
    if (field('action') === 'deny' || email === '') return back(c, asked, { error: 'access_denied' })
    const subject = createHash('sha256').update(email.toLowerCase()).digest('hex')
    const person = { subject, email, emailVerified: field('verified') === '1', name: (field('name') ?? '').trim() }
    const { redirect_uri: redirectUri = '', code_challenge: codeChallenge = '', nonce } = asked
    return back(c, asked, { code: codes.issue({ redirectUri, codeChallenge, nonce, person }) })
  })

  routes.post('/token', async (c) => {
    const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    if (c.req.header('authorization') !== expected) return c.json({ error: 'invalid_client' }, 401)
    const form = new URLSearchParams(await c.req.text())
    const [code, redirectUri, codeVerifier] = ['code', 'redirect_uri', 'code_verifier'].map(
      (name) => form.get(name) ?? '',
    )
    const grant = codes.redeem({ code: code ?? '', redirectUri: redirectUri ?? '', codeVerifier: codeVerifier ?? '' })
    if (grant === null) return c.json({ error: 'invalid_grant' }, 400)
    const { subject, email, emailVerified, name } = grant.person
    const now = Math.floor(Date.now() / 1000)
    const idToken = signToken({
      iss: issuer(),
      sub: subject,
      aud: clientId,
      iat: now,
      exp: now + TOKEN_LIFETIME,
      ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
      email,
      email_verified: emailVerified,
      name,
    })
    return c.json({ access_token: code, token_type: 'Bearer', expires_in: TOKEN_LIFETIME, id_token: idToken })
  })
  return routes
}

function readAsked(field: (name: string) => string | undefined): Record<string, string> {
  const found = PARAMETERS.map((name) => [name, field(name)] as const)
  return Object.fromEntries(
    found.filter((entry): entry is [(typeof PARAMETERS)[number], string] => entry[1] !== undefined),
  )
}

/** People are sent back to shops on this machine alone. */
function problemOf(asked: Readonly<Record<string, string>>, clientId: string): string | null {
  if (asked['client_id'] !== clientId) return 'The shop is not known here.'
  const address = asked['redirect_uri'] ?? ''
  if (!URL.canParse(address) || new URL(address).hostname !== 'localhost') return 'The way back leads elsewhere.'
  if (asked['response_type'] !== 'code' || !asked['code_challenge']) return 'The shop asks in a way that is not safe.'
  return null
}

function back(
  c: HttpContext,
  asked: Readonly<Record<string, string>>,
  answer: Readonly<Record<string, string>>,
): Response {
  const url = new URL(asked['redirect_uri'] ?? '')
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (asked['state'] !== undefined) url.searchParams.set('state', asked['state'])
  return c.redirect(url.href, 303)
}
