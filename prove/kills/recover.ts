import { setTimeout as delay } from 'node:timers/promises'

import { sql } from 'drizzle-orm'

import { passTime } from '../harness/pass-time'
import { askUntilDefinite, beginAndApprove, type KillBuyer } from './kill-buyers'
import type { Lane } from './lane'

/** Generous: only something that never ends takes as long. */
const PATIENCE_MS = 180_000
const LOOK_EVERY_MS = 100

/** Waits, with time as it is, until everybody who approved has an order. Answers milliseconds since the death. */
export async function timeOrders(lane: Lane, buyers: readonly KillBuyer[], diedAt: number): Promise<number> {
  const cartIds = buyers.filter(({ http }) => http.approved.size > 0).map(({ http }) => http.cart.cartId)
  for (;;) {
    const { rows } = await lane.db.execute<{ orders: number }>(sql`
      select count(*)::int as orders from orders where cart_id in ${cartIds}`)
    const elapsedMs = performance.now() - diedAt
    if (rows[0]?.orders === cartIds.length || elapsedMs > PATIENCE_MS) return elapsedMs
    await delay(LOOK_EVERY_MS)
  }
}

/** Until when, milliseconds from now, the database keeps others away from a payment that was approved. */
export async function readLongestWait({ db }: Lane, buyers: readonly KillBuyer[]): Promise<number> {
  const approved = buyers.flatMap(({ http }) => [...http.approved])
  if (approved.length === 0) return 0
  const { rows } = await db.execute<{ ms: number }>(sql`
    select coalesce(max(extract(epoch from next_action_at - now())), 0)::float8 * 1000 as ms from payment_attempts
    where paypal_order_id in ${approved} and state in ('creating', 'created', 'capturing')`)
  return Math.max(Math.round(rows[0]?.ms ?? 0), 0)
}

/** Who comes back after the crash does what a buyer does: presses again, or waits on the page. */
export async function comeBack(lane: Lane, buyers: readonly KillBuyer[]): Promise<void> {
  const back = async (buyer: KillBuyer) => {
    if (buyer.http.approved.size === 0) await beginAndApprove(lane, buyer)
    // Leases of the dead run out meanwhile; nobody's hold does.
    await askUntilDefinite(buyer, 'finish', () => passTime(lane.db, buyer.http.cart.cartId))
  }
  await Promise.all(buyers.filter(({ returns }) => returns).map(back))
}
