import 'server-only'

import { z } from 'zod'

const ClientData = z.object({ challenge: z.string().min(16).max(128) })

/** The challenge an authenticator says it answers (WebAuthn 5.8.1); whether it was ours is asked of the database. */
export function challengeOf(clientDataJSON: string): string | null {
  try {
    return ClientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))).challenge
  } catch {
    return null
  }
}
