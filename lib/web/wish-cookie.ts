import 'server-only'

import { cookies } from 'next/headers'
import { z } from 'zod'

import { GUEST_WISHES_MAX, MARKED_WISHES_MAX } from '@/lib/domain/member'

import { getEnvironment } from '@/lib/runtime/env'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const Wishes = z.object({ version: z.literal(1), productIds: z.array(z.int().positive()).max(GUEST_WISHES_MAX) })

/** A guest's wish list, newest first. */
const WISHES: SealedCookie<z.infer<typeof Wishes>> = {
  name: 'cartwright_wishes',
  schema: Wishes,
  maxAgeSeconds: 60 * 60 * 24 * 180,
}

export async function readWishCookie(): Promise<number[]> {
  return (await readSealed(WISHES))?.productIds ?? []
}

export async function writeWishCookie(productIds: readonly number[]): Promise<void> {
  const kept = productIds.slice(0, GUEST_WISHES_MAX)
  await writeSealed(WISHES, { version: 1, productIds: kept })
  await markWishes(kept)
}

/** Readable by product pages, so that they can stay static. It decides nothing, and signing out takes it away. */
export async function markWishes(productIds: readonly number[]): Promise<void> {
  ;(await cookies()).set('cartwright_wished', productIds.slice(0, MARKED_WISHES_MAX).join('.'), {
    httpOnly: false,
    secure: getEnvironment().APP_URL.startsWith('https://'),
    sameSite: 'lax',
    path: '/',
    maxAge: WISHES.maxAgeSeconds,
  })
}

/** Once it is kept in the account. */
export async function deleteWishCookie(): Promise<void> {
  ;(await cookies()).delete(WISHES.name)
}
