import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'

/**
 * Lets the database's clock pass for the unfinished payments of one cart, or of all: leases run out and whatever waits is due.
 * With `holdToo` the buyer's quarter of an hour is over as well.
 */
export async function passTime(
  db: Database,
  cartId: string | null,
  options: { holdToo?: boolean } = {},
): Promise<void> {
  const which = cartId === null ? sql`true` : sql`cart_id = ${cartId}`
  const hold = options.holdToo ? sql`, hold_expires_at = now() - interval '1 second'` : sql``
  await db.execute(sql`update payment_attempts set next_action_at = now() - interval '1 second' ${hold}
    where ${which} and state in ('creating', 'created', 'capturing', 'pending')`)
  await db.execute(sql`update refunds set next_action_at = now() where state in ('pending', 'sent') and paypal_capture_id in (
    select c.paypal_capture_id from payment_captures c join payment_attempts on id = c.attempt_id where ${which})`)
}
