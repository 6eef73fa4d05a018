import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'
import { checkInvariants } from '@/db/queries/invariant-checks'
import type { LedgerEntry } from '@/simulator/ledger'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'

import { readLedger, type HeldCapture } from './read-ledger'

/**
 * Everything that is wrong between the shop's database and PayPal's ledger once nothing is under way any more: the shop's own
 * invariants, then what only a look at both sides can show.
 */
export async function judgeMoney(db: Database, entries: readonly LedgerEntry[]): Promise<string[]> {
  const held = readLedger(entries)
  return [
    ...(await listUnfinished(db)),
    ...(await listInvariantFindings(db)),
    ...(await compareOrders(db, held)),
    ...(await compareBooks(db, held)),
  ]
}

async function listInvariantFindings(db: Database): Promise<string[]> {
  const results = await checkInvariants(db)
  return results.flatMap(({ id, findings }) => findings.map(({ subject, detail }) => `${id}: ${subject}: ${detail}`))
}

/** I7 at rest: nothing is under way, so nothing holds stock. */
async function listUnfinished(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ what: string }>(sql`
    select 'attempt ' || id || ' is still ' || state as what from payment_attempts
      where state in ('creating', 'created', 'capturing', 'pending', 'refunding')
    union all select 'refund ' || id || ' is still ' || state from refunds where state in ('pending', 'sent')
    union all select 'variant ' || variant_id || ' has ' || held || ' held' from stock where held <> 0`)
  return rows.map(({ what }) => `I7: ${what}`)
}

interface OrderRow extends Record<string, unknown> {
  readonly orderNumber: string
  readonly paypalCaptureId: string
  readonly attemptId: string
  readonly totalMinor: number
  readonly currency: string
}

/** I1 and I6: an order if and only if PayPal holds the buyer's money for it. */
async function compareOrders(db: Database, held: ReadonlyMap<string, HeldCapture>): Promise<string[]> {
  const { rows: orders } = await db.execute<OrderRow>(sql`
    select order_number as "orderNumber", paypal_capture_id as "paypalCaptureId", attempt_id as "attemptId",
      total_minor::int as "totalMinor", currency from orders`)
  const wrong: string[] = []
  for (const order of orders) {
    const money = held.get(order.paypalCaptureId)
    if (!money) wrong.push(`I1: ghost order ${order.orderNumber}: PayPal holds no capture ${order.paypalCaptureId}`)
    else if (!isFor(money, order)) wrong.push(`I1: order ${order.orderNumber} is not what PayPal holds for it`)
  }
  const ordered = new Set(orders.map(({ paypalCaptureId }) => paypalCaptureId))
  for (const { paypalCaptureId, grossMinor, returnedMinor, takenMinor } of held.values()) {
    // A bank takes all of it also after part was refunded.
    if (returnedMinor - takenMinor > grossMinor || takenMinor > grossMinor) {
      wrong.push(`I6: ${paypalCaptureId} went back beyond its amount`)
    }
    if (!ordered.has(paypalCaptureId) && returnedMinor !== grossMinor) {
      wrong.push(`I6: ghost payment ${paypalCaptureId}: no order, and ${returnedMinor} of ${grossMinor} went back`)
    }
  }
  return wrong
}

function isFor(money: HeldCapture, order: OrderRow): boolean {
  return (
    money.grossMinor === order.totalMinor &&
    money.currency === order.currency &&
    money.attemptId === order.attemptId &&
    money.payee === SIMULATOR_ACCOUNT.merchantId
  )
}

/** I8: the journal's balance at PayPal is the ledger's, fees and all. */
async function compareBooks(db: Database, held: ReadonlyMap<string, HeldCapture>): Promise<string[]> {
  const { rows } = await db.execute<{ currency: string; account: string; minor: number }>(sql`
    select currency, account, sum(amount_minor)::int as minor from journal_postings
    where account in ('paypal_balance', 'paypal_fees') group by currency, account`)
  const books = new Map(rows.map(({ currency, account, minor }) => [`${currency} ${account}`, minor]))
  const ledger = new Map<string, number>()
  const add = (key: string, minor: number) => ledger.set(key, (ledger.get(key) ?? 0) + minor)
  for (const { currency, grossMinor, feeMinor, returnedMinor } of held.values()) {
    add(`${currency} paypal_balance`, grossMinor - feeMinor - returnedMinor)
    add(`${currency} paypal_fees`, feeMinor)
  }
  return [...new Set([...books.keys(), ...ledger.keys()])]
    .filter((key) => (books.get(key) ?? 0) !== (ledger.get(key) ?? 0))
    .map((key) => `I8: ${key}: the books say ${books.get(key) ?? 0}, PayPal's ledger ${ledger.get(key) ?? 0}`)
}
