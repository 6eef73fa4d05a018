import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'

import type { RefundRequest } from '@/lib/domain/refund-request'
import { requestRefund } from '@/lib/payments/request-refund'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'
import { sweepEvents } from '@/lib/webhooks/sweep-events'

import { settleRefunds } from './bank'
import type { Random } from './random'
import type { Scheduler } from './scheduler'
import { atPayPal } from './shopper'
import type { World } from './world'

/** The worker's rounds, as `lib/worker/run-worker.ts` makes them. */
export async function work(world: World, scheduler: Scheduler, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await scheduler.yield('tick')
    await workOnce(world)
  }
}

export async function workOnce(world: World): Promise<void> {
  await sweepEvents(world.services)
  await sweepPayments(world.services)
  await sweepRefunds(world.services)
}

/** Somebody at the desk gives money back, here or on PayPal's own site, and repeats clicks. */
export async function refund(
  world: World,
  scheduler: Scheduler,
  random: Random,
  madeOnSite: Set<string>,
): Promise<void> {
  const rows: { number: string; capture: string }[] = []
  for (let looks = 0; looks < 60 && rows.length === 0; looks++) {
    await scheduler.yield('look for an order')
    const found = await world.services.db.execute<{ number: string; capture: string }>(
      sql`select order_number as number, paypal_capture_id as capture from orders order by placed_at, attempt_id`,
    )
    rows.push(...found.rows)
  }
  if (rows.length === 0) return
  const { number: orderNumber, capture } = random.pick(rows)
  if (random.chance(0.3)) {
    await atPayPal(async () => madeOnSite.add((await world.paypal.refundOnSite(capture, '1.00')).id))
  }
  const request: RefundRequest = random.pick([
    { kind: 'rest', restock: true },
    { kind: 'amount', amountMinor: 500 },
    { kind: 'lines', lines: [{ position: 0, quantity: 1, restock: true }], withDelivery: false },
  ] as const)
  const input = { refundId: randomUUID(), orderNumber, request, noteToPayer: '' }
  await requestRefund(world.services, input)
  if (random.chance(0.3)) await requestRefund(world.services, input)
}

/** Hours and days pass, prices change, pieces come in. */
export async function letTheWorldTurn(
  world: World,
  scheduler: Scheduler,
  random: Random,
  variantIds: readonly number[],
): Promise<void> {
  const turns = random.below(5)
  for (let turn = 0; turn < turns; turn++) {
    await scheduler.yield('the world turns')
    const what = random.below(6)
    if (what < 3) await world.advance(random.pick([1, 50, 50, 200, 1_000, 12_000]))
    else if (what === 3) {
      await world.services.db.execute(
        sql`update variants set price_minor = price_minor + 100 where id = ${random.pick(variantIds)}`,
      )
    } else if (what === 4) {
      await world.services.db.execute(
        sql`update stock set on_hand = on_hand + 1 where variant_id = ${random.pick(variantIds)}`,
      )
    } else {
      await settlePending(world, random)
      await settleRefunds(world, random)
    }
  }
}

/** PayPal decides about payments that it was still checking. */
export async function settlePending(world: World, random: Random): Promise<void> {
  for (const id of await pendingCaptures(world)) {
    const decide = random.chance(0.6) ? world.paypal.completeCapture : world.paypal.denyCapture
    await atPayPal(() => decide(id))
  }
}

async function pendingCaptures(world: World): Promise<string[]> {
  const entries = await world.paypal.ledger()
  const decided = new Set(
    entries.filter(({ kind }) => kind === 'capture_completed' || kind === 'capture_denied').map((e) => e.captureId),
  )
  return entries
    .filter((entry) => entry.kind === 'capture' && entry.status === 'PENDING' && !decided.has(entry.captureId))
    .map((entry) => entry.captureId)
}
