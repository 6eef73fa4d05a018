import { setTimeout as delay } from 'node:timers/promises'

import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'
import type { TestPayPal } from '@/testing/test-paypal'

import type { Random } from './random'

const DISTURBED_ONE_IN = 4
const DELAY_MAX_SECONDS = 3
/** PayPal tries again after each of them; the shop must not believe any but `duplicate` and `delay`. */
const SPOILS = ['drop', 'duplicate', 'delay', 'wrong_signature', 'tampered_body', 'expired_certificate'] as const

/** Now and then something happens to the next event on its way. */
export async function disturbWebhooks(paypal: TestPayPal, random: Random): Promise<void> {
  if (!random.once(DISTURBED_ONE_IN)) return
  const [kind = 'drop'] = random.shuffle(SPOILS)
  await paypal.spoilWebhooks(kind, kind === 'delay' ? { seconds: random.between(1, DELAY_MAX_SECONDS) } : {})
}

/** Generous: the last of PayPal's tries is earlier, at the pace of a proof. */
const PATIENCE_MS = 600_000
const LOOK_EVERY_MS = 100

/** Until PayPal has nothing more to tell, whether or not it was heard. */
export async function awaitWebhooks(paypal: TestPayPal): Promise<void> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < PATIENCE_MS) {
    const deliveries = await paypal.webhookDeliveries()
    if (deliveries.every(({ state }) => state !== 'waiting')) return
    await delay(LOOK_EVERY_MS)
  }
  throw new Error('PayPal still has something to tell')
}

/** The events that the shop has answered with 200: PayPal forgets them. */
export async function listAcknowledged(paypal: TestPayPal): Promise<Set<string>> {
  const deliveries = await paypal.webhookDeliveries()
  return new Set(deliveries.filter(({ state }) => state === 'delivered').map(({ eventId }) => eventId))
}

/** I10: what was acknowledged is in the inbox, or PayPal would never tell of it again. */
export async function findLostEvents(db: Database, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`select id from webhook_events`)
  const kept = new Set(rows.map(({ id }) => id))
  return [...acknowledged].filter((id) => !kept.has(id)).map((id) => `I10: event ${id} was acknowledged and lost`)
}

export async function countEvents({ db }: { readonly db: Database }): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`select count(*)::int as n from webhook_events`)
  return rows[0]?.n ?? 0
}
