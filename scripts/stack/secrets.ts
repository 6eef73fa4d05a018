import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { z } from 'zod'

const StackSecrets = z.object({ sessionSecret: z.string().min(32) })
export type StackSecrets = z.infer<typeof StackSecrets>

/** The secrets of one demonstration: made once, so that carts survive a restart. */
export async function readOrMakeSecrets(dataDir: string): Promise<StackSecrets> {
  const file = path.join(dataDir, 'demo-secrets.json')
  const text = await readFile(file, 'utf8').catch(() => null)
  const known = text === null ? null : StackSecrets.safeParse(JSON.parse(text))
  if (known?.success) return known.data
  const secrets = { sessionSecret: randomBytes(32).toString('base64url') }
  await mkdir(dataDir, { recursive: true })
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}
