import 'server-only'

import { sealData, unsealData } from 'iron-session'
import { cookies } from 'next/headers'
import type { z } from 'zod'

import { getEnvironment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'

/** A cookie that the browser keeps and cannot read or change. */
export interface SealedCookie<T> {
  readonly name: string
  readonly schema: z.ZodType<T>
  readonly maxAgeSeconds: number
}

/** Browsers refuse a cookie above 4,096 bytes; what is longer was not set by us. */
const SEALED_LENGTH_MAX = 4_000

/** The content, or null when there is none or it is not ours. */
export async function readSealed<T>(cookie: SealedCookie<T>): Promise<T | null> {
  const sealed = (await cookies()).get(cookie.name)?.value
  return sealed ? unseal(cookie, sealed) : null
}

/** Null, and one line in the log, for what is tampered with, of an older form, too old or too large. */
export async function unseal<T>(cookie: SealedCookie<T>, sealed: string): Promise<T | null> {
  const refuse = (reason: string) => {
    getLog().warn({ cookieName: cookie.name, reason }, 'cookie refused')
    return null
  }
  if (sealed.length > SEALED_LENGTH_MAX) return refuse('oversized')
  let reason: string | null = null
  const content = await unsealData<unknown>(sealed, {
    password: getEnvironment().SESSION_SECRET,
    ttl: cookie.maxAgeSeconds,
    onUnsealError: (why) => {
      reason = why
    },
  })
  if (reason !== null) return refuse(reason)
  const parsed = cookie.schema.safeParse(content)
  return parsed.success ? parsed.data : refuse('unknown form')
}

/** @throws Error when the content does not fit a cookie: its schema allows too much. */
export async function seal<T>(cookie: SealedCookie<T>, content: T): Promise<string> {
  const sealed = await sealData(content, { password: getEnvironment().SESSION_SECRET, ttl: cookie.maxAgeSeconds })
  if (sealed.length > SEALED_LENGTH_MAX) throw new Error(`${cookie.name} does not fit a cookie`)
  return sealed
}

/** Only in server actions and route handlers: pages cannot set cookies. */
export async function writeSealed<T>(cookie: SealedCookie<T>, content: T): Promise<void> {
  ;(await cookies()).set(cookie.name, await seal(cookie, content), {
    httpOnly: true,
    secure: getEnvironment().APP_URL.startsWith('https://'),
    sameSite: 'lax',
    path: '/',
    maxAge: cookie.maxAgeSeconds,
  })
}
