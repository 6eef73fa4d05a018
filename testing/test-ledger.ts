import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'

import type { TestPayPal } from './test-paypal'

/** Minor units: what is left of a payment, before the fee, and what PayPal kept for itself. */
export interface Held {
  readonly left: number
  readonly fee: number
}

const COMES: readonly string[] = ['capture_completed', 'reversal_returned']
const GOES_BACK: readonly string[] = ['refund', 'reversal', 'dispute_lost']

/** By capture, what PayPal's own ledger says of this shop's money. A payment that never was money is not among them. */
export async function heldByCapture(paypal: TestPayPal): Promise<Map<string, Held>> {
  const held = new Map<string, Held>()
  for (const entry of await paypal.ledger()) {
    if (!entry.invoice_id?.startsWith('CW-')) continue
    const comes = COMES.includes(entry.kind) || (entry.kind === 'capture' && entry.status === 'COMPLETED')
    const goes = GOES_BACK.includes(entry.kind)
    if (!comes && !goes) continue
    const { left, fee } = held.get(entry.captureId) ?? { left: 0, fee: 0 }
    const moved = comes ? entry.amountMinor : -entry.amountMinor
    held.set(entry.captureId, { left: left + moved, fee: fee + entry.feeMinor })
  }
  return held
}

/** By capture, what the journal says. */
export async function bookedByCapture(db: Database): Promise<Map<string, Held>> {
  const { rows } = await db.execute<{ id: string; left: number; fee: number }>(sql`
    select c.paypal_capture_id as id, sum(p.amount_minor) filter (where p.account in ('paypal_balance', 'paypal_fees'))::int as left,
      coalesce(sum(p.amount_minor) filter (where p.account = 'paypal_fees'), 0)::int as fee
    from payment_captures c
    join journal_entries e on e.ref = c.paypal_capture_id
      or e.ref in (select paypal_refund_id from refunds r where r.paypal_capture_id = c.paypal_capture_id)
      or e.ref in (select b.transaction_id from refund_returns b join refunds r on r.id = b.refund_id
        where r.paypal_capture_id = c.paypal_capture_id)
    join journal_postings p on p.entry_id = e.id group by 1`)
  return new Map(rows.map(({ id, left, fee }) => [id, { left, fee }]))
}

/** The sum of each account, minor units. */
export async function balances(db: Database): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ account: string; minor: number }>(
    sql`select account, sum(amount_minor)::int as minor from journal_postings group by account`,
  )
  return Object.fromEntries(rows.map(({ account, minor }) => [account, minor]))
}
