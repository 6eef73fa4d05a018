import { createHash, randomBytes } from 'node:crypto'

/** What somebody has agreed to, until the shop fetches it. */
export type Grant = {
  redirectUri: string
  codeChallenge: string
  nonce: string | undefined
  person: Person
}

/** `emailVerified: false` is a provider that has never asked whether the address is theirs. */
export type Person = { subject: string; email: string; emailVerified: boolean; name: string }

export type Codes = {
  issue(grant: Grant): string
  /** The grant behind a code: once, at the address it was made for, to whoever began it (RFC 7636). */
  redeem(asked: { code: string; redirectUri: string; codeVerifier: string }): Grant | null
}

export function createCodes(): Codes {
  const waiting = new Map<string, Grant>()
  return {
    issue: (grant) => {
      const code = randomBytes(24).toString('base64url')
      waiting.set(code, grant)
      return code
    },
    redeem: ({ code, redirectUri, codeVerifier }) => {
      const grant = waiting.get(code)
      waiting.delete(code)
      const challenge = createHash('sha256').update(codeVerifier).digest('base64url')
      return grant?.redirectUri === redirectUri && grant.codeChallenge === challenge ? grant : null
    },
  }
}
