import 'server-only'

import { createHash, timingSafeEqual } from 'node:crypto'

import { getDatabase } from '@/db/client'
import { listInvariantChecks } from '@/db/queries/invariant-checks'
import { countOpenIncidents } from '@/db/queries/payment-incidents'
import { requireShopSettings } from '@/db/queries/shop'
import { getEnvironment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'

/** True when the database answers and the shop has been set up. The cause of a no is for the log, not for the public. */
export async function checkReadiness(): Promise<boolean> {
  try {
    await requireShopSettings(getDatabase())
    return true
  } catch (error) {
    getLog().warn({ cause: String(error) }, 'not ready')
    return false
  }
}

export interface InvariantState {
  readonly invariant: string
  readonly rowsSeen: number
  readonly violations: number
  readonly checkedAt: string
}

/** The worker looks every ten minutes: what it has not looked at for this long nobody vouches for. */
export const LOOK_MAX_AGE_MS = 30 * 60_000

export interface MoneyState {
  /** The worker has looked lately, and nothing was wrong. */
  readonly isMoneyRight: boolean
  /** How much waits for a person's decision. */
  readonly openIncidents: number
  readonly invariants: readonly InvariantState[]
}

/** How the money is by the worker's last look, for operators. */
export async function readMoneyState(): Promise<MoneyState> {
  const db = getDatabase()
  const checks = (await listInvariantChecks(db)).filter(({ invariant }) => invariant !== 'turn')
  const oldest = Date.now() - LOOK_MAX_AGE_MS
  return {
    isMoneyRight:
      checks.length > 0 &&
      checks.every(({ violations, checkedAt }) => violations === 0 && checkedAt.getTime() > oldest),
    openIncidents: await countOpenIncidents(db),
    invariants: checks.map(({ checkedAt, ...row }) => ({ ...row, checkedAt: checkedAt.toISOString() })),
  }
}

/** Whether an `authorization` header is the operators'. Nobody is one while OPERATOR_TOKEN is not set. */
export function isOperator(header: string | null): boolean {
  const token = getEnvironment().OPERATOR_TOKEN
  if (token === undefined || header === null) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(`Bearer ${token}`), digest(header))
}
