import { setTimeout as delay } from 'node:timers/promises'

import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'

import type { HttpBuyer } from './http-buyer'
import { passTime } from './pass-time'

/** Generous: only something that never ends takes as long. */
const PATIENCE_MS = 600_000
/** Time is moved this often while anything is under way: a lease that ends early is a driver that was slow. */
const PASS_EVERY_MS = 1_000

/**
 * Moves time until nothing is under way: for `cartIds` alone, or for everybody and in the inbox of events. Leases run out again and again; holds only of
 * those who have not approved, because whoever has must get an order however slow this machine is. False: it does not end.
 */
export async function settle(
  db: Database,
  buyers: readonly HttpBuyer[],
  cartIds: readonly string[] | null = null,
): Promise<boolean> {
  const paying = new Set(buyers.filter(({ approved }) => approved.size > 0).map(({ cart }) => cart.cartId))
  const startedAt = performance.now()
  while (performance.now() - startedAt < PATIENCE_MS) {
    const open = (await listOpen(db)).filter((cartId) => cartIds === null || cartIds.includes(cartId))
    const events = cartIds === null ? await hastenEvents(db) : 0
    if (open.length === 0 && events === 0) return true
    for (const cartId of open) await passTime(db, cartId, { holdToo: !paying.has(cartId) })
    await delay(PASS_EVERY_MS)
  }
  return false
}

/** Has the events of the inbox looked at now. @returns how many are not dealt with. */
async function hastenEvents(db: Database): Promise<number> {
  const { rowCount } = await db.execute(sql`update webhook_events set next_action_at = now() where done_at is null`)
  return rowCount ?? 0
}

async function listOpen(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ cart: string }>(sql`
    select distinct cart_id as cart from payment_attempts
    where state in ('creating', 'created', 'capturing', 'pending', 'refunding')`)
  return rows.map(({ cart }) => cart)
}
