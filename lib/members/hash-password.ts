import 'server-only'

import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice: argon2id (2), 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Each costs 19 MiB and a core: more at once would be somebody else's way to stop the shop. */
const AT_ONCE_MAX = 4

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE_MAX) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The place is handed on, so that nobody can slip in between.
    if (next) next()
    else running--
  }
}

/** One spelling for what different keyboards send for the same characters (NIST SP 800-63B). */
function normalise(password: string): string {
  return password.normalize('NFKC')
}

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalise(password), OPTIONS))
}

/** Belongs to nobody: compared against when there is no account, so that the answer takes as long. */
let nobodysHash: Promise<string> | undefined

/** False when there is no hash to compare with, after the same work. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password')
  const against = passwordHash ?? (await nobodysHash)
  const matches = await inTurn(() => verify(against, normalise(password)))
  return matches && passwordHash !== null
}
