import { randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'

import { sql } from 'drizzle-orm'

import { answerWebhook } from '@/lib/web/webhook-door'

import { forgeChecksum } from './forge-checksum'
import type { Random } from './random'
import type { Scheduler } from './scheduler'
import type { World } from './world'

/** Looks for events at most so often: as long as most schedules are, so that he is still there when money has moved. */
const LOOKS_MAX = 60

/** Brings PayPal's webhooks to the door: late, in any order, several times, or never. */
export async function deliverMail(
  world: World,
  scheduler: Scheduler,
  random: Random,
  acknowledged: Set<string>,
): Promise<void> {
  let letters = 2 + random.below(6)
  for (let looks = 0; looks < LOOKS_MAX && letters > 0; looks++) {
    await scheduler.yield('on the way')
    const events = await world.paypal.webhookEvents()
    // Nothing to bring yet, or he takes his time.
    if (events.length === 0 || random.chance(0.5)) continue
    letters--
    const event = random.pick(events)
    const sent = await world.signed(event.id)
    if (random.chance(0.1)) await knock(world, sent.headers, await forge(world, sent.body))
    for (let times = random.pick([1, 1, 1, 2]); times > 0; times--) {
      // What cannot be kept now must not be acknowledged.
      world.controlled.isAwayFor = random.chance(0.15) ? 'postman' : null
      if ((await knock(world, sent.headers, sent.body)) === 200) acknowledged.add(event.id)
      world.controlled.isAwayFor = null
    }
  }
}

async function knock(world: World, headers: Headers, body: string | null): Promise<number> {
  if (body === null) return 0
  const request = new Request('http://localhost/api/paypal/webhooks', { method: 'POST', headers, body })
  return (await answerWebhook(world.services, request)).status
}

/** Says that an attempt which nobody paid is paid, under the signature of another event. */
async function forge(world: World, genuine: string): Promise<string | null> {
  const { rows } = await world.db.execute<{ id: string; amount: number; order: string }>(sql`
    select id, amount_minor::int as amount, paypal_order_id as "order" from payment_attempts
    where state = 'created' and paypal_order_id is not null order by created_at, id limit 1`)
  const [attempt] = rows
  if (!attempt) return null
  const resource = {
    id: 'FORGEDCAPTURE1234',
    status: 'COMPLETED',
    amount: { currency_code: 'USD', value: (attempt.amount / 100).toFixed(2) },
    custom_id: attempt.id,
    supplementary_data: { related_ids: { order_id: attempt.order } },
  }
  const event = {
    id: `WH-${randomUUID()}`,
    event_version: '1.0',
    create_time: new Date(world.now()).toISOString(),
    resource_type: 'capture',
    event_type: 'PAYMENT.CAPTURE.COMPLETED',
    resource,
    summary: '~',
  }
  return forgeChecksum(JSON.stringify(event), crc32(genuine))
}
