import 'server-only'

import { z } from 'zod'

import { SESSION_LIFE_DAYS } from '@/lib/domain/member'
import { makeSecret } from '@/lib/members/member-token'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const Device = z.object({ version: z.literal(1), key: z.string().min(40).max(64) })
type Device = z.infer<typeof Device>

/** Outlives a session, so that signing in again on the same browser is not reported as a new device. Signing out takes it away. */
const DEVICE: SealedCookie<Device> = {
  name: 'cartwright_device',
  schema: Device,
  maxAgeSeconds: 60 * 60 * 24 * SESSION_LIFE_DAYS * 2,
}

/** What this browser alone has; made when it has nothing yet. */
export async function readOrMakeDeviceKey(): Promise<string> {
  const known = await readSealed(DEVICE)
  const key = known?.key ?? makeSecret().secret
  await writeSealed(DEVICE, { version: 1, key })
  return key
}
