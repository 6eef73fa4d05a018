import 'server-only'

import { createHash } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { isDeviceOf, isNetworkOf } from '@/db/queries/member-sessions'
import { accountLimits, isGuessing, networkLimits, type MemberTryKind } from '@/lib/domain/member-limits'
import { getEnvironment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'
import { countCost, countTry, type TryOutcome } from '@/lib/web/rate-limit'

export interface Caller {
  /** As `networkOf` tells it; null when it cannot be told. */
  readonly network: string | null
  /** Of what this browser alone has, where a browser that is known counts for itself. */
  readonly deviceHash?: string
}

/** Counts one try, committed before anything is compared: tries at the same moment cannot slip through together. */
export async function countMemberTry(
  db: Database,
  what: MemberTryKind,
  email: string | null,
  caller: Caller,
): Promise<TryOutcome> {
  if (getEnvironment().RATE_LIMITS === 'off') return { kind: 'admitted' }
  const { network } = caller
  const limits = [
    ...(await limitsOfAccount(db, what, email, caller)),
    ...networkLimits(what, network === null ? null : hash(network)),
  ]
  // Whoever tries from elsewhere does not use up the turn that was promised here.
  const comesBack = hash(`${email}:${network}`)
  const outcome = await inTransaction(db, (tx) => countTry(tx, { limits, caller: comesBack, cost: 1 }))
  if (outcome.kind === 'slow_down') {
    getLog().warn({ what, network, retryAfterSeconds: outcome.retryAfterSeconds }, 'a sign-in was asked to wait')
  }
  return outcome
}

/** Whoever got in has not been guessing with that try. The others stay counted: they may have been somebody else's. */
export async function takeBackTry(db: Database, what: MemberTryKind, email: string, caller: Caller): Promise<void> {
  const limits = await limitsOfAccount(db, what, email, caller)
  await inTransaction(db, (tx) => countCost(tx, limits, -1))
}

/** Device and network are looked for whether or not there is such an account: that takes as long. */
async function limitsOfAccount(
  db: Database,
  what: MemberTryKind,
  email: string | null,
  { network, deviceHash }: Caller,
) {
  const guesses = isGuessing(what) && email !== null
  const isKnown =
    guesses &&
    deviceHash !== undefined &&
    (await isDeviceOf(db, email, deviceHash, { bySecondFactor: what === 'second_factor' }))
  // Whoever has got hold of a password may have signed in with it from theirs: a second factor is not tried more often for that.
  const isHome = guesses && what === 'password' && network !== null && (await isNetworkOf(db, email, network))
  return accountLimits(what, {
    accountHash: email === null ? null : hash(email),
    deviceHash: isKnown ? hash(`${email}:${deviceHash}`) : null,
    homeHash: isHome ? hash(`${email}:${network}`) : null,
  })
}

function hash(text: string): string {
  return createHash('sha256').update(`limit:${text}`).digest('base64url')
}
