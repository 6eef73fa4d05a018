import type { Limit } from './rate-limit'

export type MemberTryKind = 'password' | 'mail' | 'passkey' | 'second_factor'

/** At whose account something is tried. All is hashed: the keys outlive the request. */
export interface AccountTry {
  /** Of the address that was typed, whether or not it has an account. */
  readonly accountHash: string | null
  /** Of account and browser, when the account's owner has signed in with this very browser before. */
  readonly deviceHash: string | null
  /** Of account and network, when the account's owner has signed in from this network before. */
  readonly homeHash: string | null
}

/**
 * How often somebody may try at an account before the shop asks for patience. A person mistypes a few times; a thousand tries
 * become ten, and then one in three minutes, from however many networks. That would lock its owner out as well, so a browser that
 * has been theirs counts for itself (OWASP's device cookies), and so does a network they have come from, because signing out takes
 * the browser's cookie along. From anywhere else the mailed link and a passkey open the account.
 */
export function accountLimits(what: MemberTryKind, { accountHash, deviceHash, homeHash }: AccountTry): Limit[] {
  const { account } = CAPACITY[what]
  if (isGuessing(what) && deviceHash !== null) return [{ key: `member:${what}:device:${deviceHash}`, ...DEVICE }]
  if (isGuessing(what) && homeHash !== null) return [{ key: `member:${what}:home:${homeHash}`, ...account }]
  return accountHash === null ? [] : [{ key: `member:${what}:account:${accountHash}`, ...account }]
}

/** And from one network, at however many accounts. `networkHash` is null where it cannot be told. */
export function networkLimits(what: MemberTryKind, networkHash: string | null): Limit[] {
  return networkHash === null ? [] : [{ key: `member:${what}:network:${networkHash}`, ...CAPACITY[what].network }]
}

/** A secret of the account's is being compared: tries add up to knowing it, so no turns are kept for whoever comes from elsewhere. */
export function isGuessing(what: MemberTryKind): what is 'password' | 'second_factor' {
  return what === 'password' || what === 'second_factor'
}

const DEVICE = { capacity: 10, perHour: 60, keepsTurns: false } as const

/** A network may be a whole campus behind one address. */
const CAPACITY = {
  password: {
    account: { capacity: 10, perHour: 20, keepsTurns: false },
    network: { capacity: 100, perHour: 600 },
  },
  mail: { account: { capacity: 5, perHour: 12 }, network: { capacity: 60, perHour: 240 } },
  second_factor: {
    account: { capacity: 10, perHour: 20, keepsTurns: false },
    network: { capacity: 100, perHour: 300 },
  },
  passkey: { account: { capacity: 20, perHour: 120 }, network: { capacity: 200, perHour: 1200 } },
} as const

/** "in 3 minutes", for whoever has to wait. */
export function waitText(seconds: number): string {
  if (seconds <= 60) return 'in a minute'
  return `in ${Math.ceil(seconds / 60)} minutes`
}
