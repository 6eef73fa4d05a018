import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { Secret } from 'otpauth'
import { z } from 'zod'

const StackSecrets = z.object({
  sessionSecret: z.string().min(32),
  /** How the demonstration's owner signs in. */
  owner: z.object({ email: z.string(), password: z.string(), totpSecret: z.string() }),
})
export type StackSecrets = z.infer<typeof StackSecrets>

export function makeSecrets(): StackSecrets {
  return {
    sessionSecret: randomBytes(32).toString('base64url'),
    owner: {
      email: 'owner@plotterhouse.example',
      password: randomBytes(9).toString('base64url'),
      totpSecret: new Secret({ size: 20 }).base32,
    },
  }
}

/** The secrets of one demonstration: made once, so that carts survive a restart. */
export async function readOrMakeSecrets(dataDir: string): Promise<StackSecrets> {
  const file = path.join(dataDir, 'demo-secrets.json')
  const text = await readFile(file, 'utf8').catch(() => null)
  const known: unknown = text === null ? {} : JSON.parse(text)
  const whole = StackSecrets.safeParse(known)
  if (whole.success) return whole.data
  // What an earlier version has kept stays, so that its carts do.
  const secrets = StackSecrets.parse({ ...makeSecrets(), ...(known as object) })
  await mkdir(dataDir, { recursive: true })
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}
