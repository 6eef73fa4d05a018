import { sql, type SQL } from 'drizzle-orm'

import type { Database } from '@/db/client'

import type { TestShop } from './test-buyer'

/** Changes rows that triggers call history: what only a restored disk or a careless hand can do. */
export async function tamper(db: Database, statement: SQL): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(statement)
  })
}

/** PayPal has taken the money of an order; the shop has not heard of it. @returns the capture's id. */
export async function captureBehindOurBack(
  shop: TestShop,
  paypalOrderId: string,
  funding = 'balance',
): Promise<string> {
  await shop.paypal.approve(paypalOrderId, funding)
  const outcome = await shop.services.gateway.captureOrder(paypalOrderId, `behind-${paypalOrderId}`)
  if (outcome.kind !== 'captured') throw new Error(outcome.kind)
  return outcome.capture.paypalCaptureId
}

/** An attempt of which nothing is left, as after a restore from a backup. */
export async function loseAttempt(shop: TestShop, paypalOrderId: string): Promise<void> {
  const attempt = sql`select id from payment_attempts where paypal_order_id = ${paypalOrderId}`
  await tamper(
    shop.db,
    sql`update stock s set held = held - h.quantity from stock_holds h
    where h.variant_id = s.variant_id and h.state = 'held' and h.attempt_id in (${attempt})`,
  )
  await tamper(shop.db, sql`delete from stock_holds where attempt_id in (${attempt})`)
  await tamper(shop.db, sql`delete from payment_attempts where paypal_order_id = ${paypalOrderId}`)
}
