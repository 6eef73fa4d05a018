import 'server-only'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { cache } from 'react'

import { findMemberBySecret, type Member } from '@/lib/members/member'

import { readSessionCookie } from './session-cookie'

/** Who is signed in, asked of the database once in each request. */
export const getCurrentMember = cache(async (): Promise<Member | null> => {
  const token = await readSessionCookie()
  const member = token ? await findMemberBySecret(token.sid) : null
  return member?.memberId === token?.sub ? member : null
})

/** The member, or on to the sign-in page and back to `path` from there. Each page and action asks for itself. */
export async function requireMember(path: string): Promise<Member> {
  const member = await getCurrentMember()
  if (!member) redirect(signInPath(path))
  return member
}

/** The sign-in page, which leads back to `path`. */
export function signInPath(path: string): Route {
  return `/sign-in?to=${encodeURIComponent(path)}` as Route
}
