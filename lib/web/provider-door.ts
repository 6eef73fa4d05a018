import 'server-only'

import { createHash, randomBytes } from 'node:crypto'

import NextAuth, { type AuthOptions } from 'next-auth'
import { cookies } from 'next/headers'
import { NextRequest } from 'next/server'

import { IDENTITY_PROVIDERS, type IdentityProvider } from '@/lib/domain/member'
import { parseReturnPath } from '@/lib/domain/return-path'
import { memberDatabase } from '@/lib/members/member-services'
import type { SignInOutcome } from '@/lib/members/open-session'
import type { Member } from '@/lib/members/member'
import { listProviders } from '@/lib/members/providers'
import { signInWithIdentity, type IdentityOutcome } from '@/lib/members/sign-in-with-identity'
import { getEnvironment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'

import { noteConnecting, takeConnecting } from './connect-cookie'
import { getCurrentMember } from './current-member'
import { enterAsMember } from './enter-as-member'
import { nextAuthProviders, type ProviderProfile } from './provider-options'
import { seeOther } from './see-other'
import { hasSecureCookies } from './secure-cookies'
import { authSecret, SESSION_MAX_AGE_SECONDS, sessionCookieName, sessionCookieOptions } from './session-cookie'
import { readVisitor } from './visitor'

type SignedIn = Extract<SignInOutcome, { kind: 'signed_in' }>

/** The provider of that name, if it is configured. */
export function findProvider(name: string): IdentityProvider | null {
  const id = IDENTITY_PROVIDERS.find((known) => known === name)
  return id && listProviders().some((provider) => provider.id === id) ? id : null
}

/**
 * Sends the browser to a provider. next-auth asks for a token of its own against forged posts; the caller has checked the
 * request's origin, so a fresh pair is made here, and the form works without one.
 */
export async function leaveForProvider(
  provider: IdentityProvider,
  { returnTo, connecting }: { returnTo: string; connecting: Member | null },
): Promise<Response> {
  await noteConnecting(connecting?.memberId ?? null)
  const token = randomBytes(32).toString('hex')
  const hash = createHash('sha256').update(`${token}${authSecret()}`).digest('hex')
  const name = hasSecureCookies() ? '__Host-next-auth.csrf-token' : 'next-auth.csrf-token'
  ;(await cookies()).set(name, `${token}|${hash}`, sessionCookieOptions())
  const form = new URLSearchParams({ csrfToken: token, callbackUrl: origin() + returnTo })
  const request = new NextRequest(`${origin()}/api/auth/signin/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  return whereItLeads(await runNextAuth(request, ['signin', provider], () => undefined))
}

/** The way back: whoever the provider says this is signs in, or connects the account. */
export async function returnFromProvider(request: Request, provider: IdentityProvider): Promise<Response> {
  let signedIn: SignedIn | undefined
  const response = await runNextAuth(new NextRequest(request.url), ['callback', provider], (outcome) => {
    signedIn = outcome
  })
  if (signedIn) await enterAsMember(signedIn, 'set')
  return whereItLeads(response)
}

async function runNextAuth(
  request: NextRequest,
  nextauth: string[],
  onSignIn: (outcome: SignedIn) => void,
): Promise<Response> {
  // next-auth reads its own address from there and nowhere else.
  process.env['NEXTAUTH_URL'] = origin()
  return NextAuth(request, { params: Promise.resolve({ nextauth }) }, options(onSignIn)) as Promise<Response>
}

function options(onSignIn: (outcome: SignedIn) => void): AuthOptions {
  let signedIn: SignedIn | undefined
  return {
    providers: nextAuthProviders(),
    secret: authSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_SECONDS },
    useSecureCookies: hasSecureCookies(),
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    callbacks: {
      async signIn({ user, account }) {
        const provider = IDENTITY_PROVIDERS.find((known) => known === account?.provider)
        if (!provider) return false
        const { id: subject, ...profile } = user as unknown as ProviderProfile
        const member = await getCurrentMember()
        const connect = (await takeConnecting()) === member?.memberId
        const context = { member, connect, visitor: await readVisitor() }
        const outcome = await signInWithIdentity(memberDatabase(), { provider, subject, ...profile }, context)
        if (outcome.kind !== 'signed_in') return origin() + elsewhere(outcome)
        signedIn = outcome
        onSignIn(outcome)
        return true
      },
      // Nothing of the provider's goes into the cookie.
      jwt: () => (signedIn ? { sub: signedIn.memberId, sid: signedIn.secret } : {}),
      redirect: ({ url }) => origin() + parseReturnPath(url.startsWith(origin()) ? url.slice(origin().length) : url),
    },
    logger: {
      error: (code) => getLog().warn({ code }, 'sign-in with a provider failed'),
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

function elsewhere(outcome: Exclude<IdentityOutcome, SignedIn>): string {
  switch (outcome.kind) {
    case 'connected':
      return '/account/security?done=connected'
    case 'sign_in_again':
      return '/sign-in?to=/account/security'
    default:
      return `/sign-in?problem=${outcome.kind}`
  }
}

/** As 303, and never to a page of next-auth's own: it has none here. */
function whereItLeads(response: Response): Response {
  const location = response.headers.get('location') ?? ''
  const lost = location === '' || location.startsWith(`${origin()}/api/auth/`) || location.includes('error=')
  const answer = seeOther(lost ? '/sign-in?problem=provider_failed' : location.replace(origin(), '') || '/')
  for (const cookie of response.headers.getSetCookie()) answer.headers.append('set-cookie', cookie)
  return answer
}

function origin(): string {
  return new URL(getEnvironment().APP_URL).origin
}
