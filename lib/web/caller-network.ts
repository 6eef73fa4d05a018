import 'server-only'

import { headers } from 'next/headers'

import { callerAddress, networkOf } from '@/lib/domain/network'
import { getEnvironment } from '@/lib/runtime/env'

/** The network that the request came from, told by our own proxies or by the connection; null when it cannot be told. */
export async function readCallerNetwork(): Promise<string | null> {
  const address = callerAddress((await headers()).get('x-forwarded-for'), getEnvironment().TRUSTED_PROXIES)
  return address === null ? null : networkOf(address)
}
