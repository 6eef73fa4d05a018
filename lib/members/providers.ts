import 'server-only'

import type { IdentityProvider } from '@/lib/domain/member'
import { getEnvironment } from '@/lib/runtime/env'

export interface ConfiguredProvider {
  readonly id: IdentityProvider
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where it asks people to sign in: the content policy must let a form lead there. */
  readonly origin: string
}

/** Those whose keys are in the environment; the others do not exist. */
export function listProviders(): ConfiguredProvider[] {
  const env = getEnvironment()
  const found: ConfiguredProvider[] = []
  const add = (
    { id, name, origin }: Pick<ConfiguredProvider, 'id' | 'name' | 'origin'>,
    clientId: string | undefined,
    clientSecret: string | undefined,
  ) => {
    if (clientId && clientSecret) found.push({ id, name, origin, clientId, clientSecret })
  }
  const google = { id: 'google', name: 'Google', origin: 'https://accounts.google.com' } as const
  add(google, env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET)
  const github = { id: 'github', name: 'GitHub', origin: 'https://github.com' } as const
  add(github, env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET)
  if (env.OIDC_ISSUER) {
    const oidc = { id: 'oidc', name: env.OIDC_NAME, origin: new URL(env.OIDC_ISSUER).origin } as const
    add(oidc, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET)
  }
  return found
}
