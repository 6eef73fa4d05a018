import 'server-only'

import { headers } from 'next/headers'

import { deviceLabel } from '@/lib/domain/device-label'
import { hashSecret } from '@/lib/members/member-token'
import type { Visitor } from '@/lib/members/open-session'

import { readCallerNetwork } from './caller-network'
import { readOrMakeDeviceKey } from './device-cookie'

/**
 * The browser behind this request, as its owner would recognise it, on its way to sign in. Only in server actions and route
 * handlers: it is given a secret to be known by the next time.
 */
export async function readVisitor(): Promise<Visitor> {
  return {
    device: deviceLabel((await headers()).get('user-agent')),
    network: await readCallerNetwork(),
    deviceHash: hashSecret(await readOrMakeDeviceKey()),
  }
}
