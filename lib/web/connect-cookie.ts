import 'server-only'

import { cookies } from 'next/headers'
import { z } from 'zod'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const Connect = z.object({ version: z.literal(1), memberId: z.uuid() })

/** Long enough to sign in at a provider. */
const CONNECT: SealedCookie<z.infer<typeof Connect>> = {
  name: 'cartwright_connect',
  schema: Connect,
  maxAgeSeconds: 60 * 15,
}

/** Who has pressed Connect and is on the way to a provider; null when the way there is one to sign in. */
export async function noteConnecting(memberId: string | null): Promise<void> {
  if (memberId !== null) await writeSealed(CONNECT, { version: 1, memberId })
  else (await cookies()).delete(CONNECT.name)
}

/** The member who pressed Connect before leaving, once. */
export async function takeConnecting(): Promise<string | null> {
  const noted = await readSealed(CONNECT)
  ;(await cookies()).delete(CONNECT.name)
  return noted?.memberId ?? null
}
