import 'server-only'

import { hkdfSync } from 'node:crypto'

import { decode, encode } from 'next-auth/jwt'
import { cookies } from 'next/headers'
import { z } from 'zod'

import { SESSION_LIFE_DAYS } from '@/lib/domain/member'
import { getEnvironment } from '@/lib/runtime/env'

import { hasSecureCookies } from './secure-cookies'

/** What next-auth's token carries, and nothing else: no name, no role. The session's row decides. */
const Token = z.object({ sub: z.uuid(), sid: z.string().min(40).max(64) })
export type SessionToken = z.infer<typeof Token>

export const SESSION_MAX_AGE_SECONDS = SESSION_LIFE_DAYS * 24 * 60 * 60

/** The prefix makes browsers refuse the cookie from anywhere but this host by https. */
export function sessionCookieName(): string {
  return hasSecureCookies() ? '__Host-cartwright_session' : 'cartwright_session'
}

export function sessionCookieOptions() {
  return { httpOnly: true, secure: hasSecureCookies(), sameSite: 'lax', path: '/' } as const
}

/** Derived from the one secret of the shop, so that there is no further one to configure. */
export function authSecret(): string {
  const key = hkdfSync('sha256', getEnvironment().SESSION_SECRET, '', 'cartwright member sessions', 32)
  return Buffer.from(key).toString('base64url')
}

/** Readable by the header, so that catalogue pages can stay static. It says that somebody is signed in, not who, and decides nothing. */
const MEMBER_FLAG = 'cartwright_member'

/** Only in server actions and route handlers: pages cannot set cookies. */
export async function writeSessionCookie(token: SessionToken): Promise<void> {
  const value = await encode({ token, secret: authSecret(), maxAge: SESSION_MAX_AGE_SECONDS })
  const jar = await cookies()
  jar.set(sessionCookieName(), value, { ...sessionCookieOptions(), maxAge: SESSION_MAX_AGE_SECONDS })
  await writeMemberFlag()
}

export async function writeMemberFlag(): Promise<void> {
  const jar = await cookies()
  jar.set(MEMBER_FLAG, '1', { ...sessionCookieOptions(), httpOnly: false, maxAge: SESSION_MAX_AGE_SECONDS })
}

/** Null for a cookie that is not ours, or none. */
export async function readSessionCookie(): Promise<SessionToken | null> {
  const value = (await cookies()).get(sessionCookieName())?.value
  if (!value || value.length > 4_000) return null
  const token = await decode({ token: value, secret: authSecret() }).catch(() => null)
  return Token.safeParse(token).data ?? null
}

/** Everything this shop has put into the browser. What is not named here would outlive a sign-out. */
export async function forgetBrowser(): Promise<void> {
  await forgetCookies(/^(__Host-|__Secure-)?(cartwright_|next-auth)/)
}

/** What belongs to whoever was signed in; a session is about to take the place of theirs. */
export async function forgetMember(): Promise<void> {
  await forgetCookies(/^cartwright_(?!session|member|device)/)
}

async function forgetCookies(pattern: RegExp): Promise<void> {
  const jar = await cookies()
  for (const { name } of jar.getAll()) {
    // Spelled out: a browser drops a __Host- cookie only when it is told to by a cookie it would accept.
    if (pattern.test(name)) jar.set(name, '', { path: '/', maxAge: 0, secure: hasSecureCookies(), sameSite: 'lax' })
  }
}
