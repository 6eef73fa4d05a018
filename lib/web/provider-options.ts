import 'server-only'

import type { AuthOptions } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'

import type { IdentityProvider } from '@/lib/domain/member'
import type { ProvidedIdentity } from '@/lib/members/sign-in-with-identity'
import { listProviders, type ConfiguredProvider } from '@/lib/members/providers'
import { getEnvironment } from '@/lib/runtime/env'

/** What each provider's answer is turned into before anybody looks at it. `id` is what next-auth asks for. */
export type ProviderProfile = Omit<ProvidedIdentity, 'provider' | 'subject'> & { readonly id: string }

const Claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().nullish(),
  email_verified: z.unknown(),
  name: z.string().nullish(),
})

function fromClaims(raw: unknown): ProviderProfile {
  const { sub, email, email_verified, name } = Claims.parse(raw)
  return { id: sub, email: email ?? null, emailVerified: email_verified === true, name: name ?? '' }
}

/** OpenID Connect with everything that binds the answer to this browser: PKCE, state and nonce. */
function openIdConnect({ id, name, clientId, clientSecret }: ConfiguredProvider, issuer: string): OAuthConfig<unknown> {
  return {
    id,
    name,
    type: 'oauth',
    clientId,
    clientSecret,
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email profile' } },
    profile: fromClaims,
  }
}

const GitHubUser = z.object({ id: z.number(), name: z.string().nullish(), login: z.string() })
const GitHubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))
const GITHUB_API = 'https://api.github.com'

/** GitHub speaks OAuth without OpenID; which address is confirmed is asked for separately (docs.github.com/rest/users/emails). */
function github({ id, name, clientId, clientSecret }: ConfiguredProvider): OAuthConfig<unknown> {
  return {
    id,
    name,
    type: 'oauth',
    clientId,
    clientSecret,
    checks: ['pkce', 'state'],
    authorization: { url: 'https://github.com/login/oauth/authorize', params: { scope: 'read:user user:email' } },
    token: 'https://github.com/login/oauth/access_token',
    userinfo: {
      url: `${GITHUB_API}/user`,
      request: async ({ tokens }) => {
        const ask = async (path: string) => {
          const headers = { authorization: `Bearer ${tokens.access_token}`, 'user-agent': 'cartwright' }
          return (await fetch(GITHUB_API + path, { headers, signal: AbortSignal.timeout(10_000) })).json()
        }
        const user = GitHubUser.parse(await ask('/user'))
        const primary = GitHubEmails.parse(await ask('/user/emails')).find((email) => email.primary)
        const { email = null, verified = false } = primary ?? {}
        return { sub: String(user.id), email, email_verified: verified, name: user.name ?? user.login } as object
      },
    },
    profile: fromClaims,
  }
}

export function nextAuthProviders(): AuthOptions['providers'] {
  const build: Record<IdentityProvider, (provider: ConfiguredProvider) => OAuthConfig<unknown>> = {
    google: (provider) => openIdConnect(provider, 'https://accounts.google.com'),
    github,
    oidc: (provider) => openIdConnect(provider, getEnvironment().OIDC_ISSUER ?? ''),
  }
  // Its types know a user of its own; ours never leaves the callbacks of provider-door.ts.
  return listProviders().map((provider) => build[provider.id](provider)) as AuthOptions['providers']
}
