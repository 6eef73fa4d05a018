import { sql } from 'drizzle-orm'

import { readPayment, type FinishOutcome } from '@/lib/payments/finish-payment'

import { readLedger } from '../harness/read-ledger'
import type { Shopper } from './shopper'
import type { World } from './world'

/**
 * What PayPal has of an order whose buyer is told that it is over without money, minor units; 0 when something else is said. A call
 * that was sent before a decline, or before the amount was changed at PayPal, may still arrive when all is over: nobody can know of
 * that one yet, and the watch on closed attempts sends its money back.
 */
export async function keptIfOver(world: World, paypalOrderId: string, { kind }: FinishOutcome): Promise<number> {
  if (kind !== 'closed') return 0
  const { rows } = await world.monitor.query(
    `select 1 from public.payment_attempts
     where paypal_order_id = $1 and capture_seq = 0 and close_reason is distinct from 'mismatch'`,
    [paypalOrderId],
  )
  if (rows.length === 0) return 0
  const held = [...readLedger(await world.paypal.ledger()).values()]
  return held
    .filter((capture) => capture.paypalOrderId === paypalOrderId)
    .reduce((sum, { grossMinor, returnedMinor }) => sum + grossMinor - returnedMinor, 0)
}

/** I11, also while the shop still has to come to its end: nobody who looks is told of an end without the money that PayPal has. */
export async function findFalseNos(world: World, shoppers: readonly Shopper[]): Promise<string[]> {
  const { rows } = await world.db.execute<{ id: string }>(sql`
    select paypal_order_id as id from payment_attempts where state = 'closed' and paypal_order_id is not null`)
  const closed = new Set(rows.map(({ id }) => id))
  const wrong: string[] = []
  for (const { paypalOrderIds, buyerKey } of shoppers) {
    for (const paypalOrderId of new Set(paypalOrderIds.filter((id) => closed.has(id)))) {
      const outcome = await readPayment(world.services, { paypalOrderId, buyerKey })
      const keptMinor = await keptIfOver(world, paypalOrderId, outcome)
      if (keptMinor !== 0) wrong.push(`I11: told closed while PayPal had ${keptMinor} of ${paypalOrderId}`)
    }
  }
  return wrong
}
