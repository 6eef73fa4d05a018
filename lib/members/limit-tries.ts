import 'server-only'

import { createHash } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { isDeviceOf } from '@/db/queries/member-sessions'
import { isGuessing, memberLimits, type MemberTry } from '@/lib/domain/member-limits'
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
  what: MemberTry['what'],
  email: string | null,
  caller: Caller,
): Promise<TryOutcome> {
  if (getEnvironment().RATE_LIMITS === 'off') return { kind: 'admitted' }
  const { network } = caller
  const limits = await limitsFor(db, what, email, caller)
  // Whoever tries from elsewhere does not use up the turn that was promised here.
  const comesBack = hash(`${email}:${network}`)
  const outcome = await inTransaction(db, (tx) => countTry(tx, { limits, caller: comesBack, cost: 1 }))
  if (outcome.kind === 'slow_down') {
    getLog().warn({ what, network, retryAfterSeconds: outcome.retryAfterSeconds }, 'a sign-in was asked to wait')
  }
  return outcome
}

/** Whoever got in has not been guessing with that try. The others stay counted: they may have been somebody else's. */
export async function takeBackTry(db: Database, what: MemberTry['what'], email: string, caller: Caller): Promise<void> {
  const limits = await limitsFor(db, what, email, { ...caller, network: null })
  await inTransaction(db, (tx) => countCost(tx, limits, -1))
}

/** The device is looked for whether or not there is such an account: that takes as long. */
async function limitsFor(db: Database, what: MemberTry['what'], email: string | null, { network, deviceHash }: Caller) {
  const isKnown =
    isGuessing(what) &&
    email !== null &&
    deviceHash !== undefined &&
    (await isDeviceOf(db, email, deviceHash, { bySecondFactor: what === 'second_factor' }))
  return memberLimits({
    what,
    accountHash: email === null ? null : hash(email),
    deviceHash: isKnown ? hash(`${email}:${deviceHash}`) : null,
    networkHash: network === null ? null : hash(network),
  })
}

function hash(text: string): string {
  return createHash('sha256').update(`limit:${text}`).digest('base64url')
}
