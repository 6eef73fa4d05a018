import { sql } from 'drizzle-orm'

import { readPayment, type FinishOutcome } from '@/lib/payments/finish-payment'
import type { LedgerEntry } from '@/simulator/ledger'

import { judgeMoney } from '../harness/judge-money'
import { readLedger } from '../harness/read-ledger'
import type { BankActs } from './bank'
import { wasOrdered } from './faults'
import type { Scheduler } from './scheduler'
import type { Shopper } from './shopper'
import type { World } from './world'

/** Whether anything is still under way; `refunds` that PayPal has and takes its time with may be left aside. */
export async function isQuiet(world: World, apartFrom: 'nothing' | 'sent refunds' = 'nothing'): Promise<boolean> {
  const counts = apartFrom === 'nothing'
  const { rows } = await world.db.execute(sql`
    select 1 from payment_attempts a where state in ('creating', 'created', 'capturing', 'pending', 'refunding')
      and (${counts} or not exists (
        select 1 from refunds r join payment_captures c using (paypal_capture_id) where c.attempt_id = a.id and r.state = 'sent'))
    union all select 1 from refunds where state = 'pending' or (state = 'sent' and ${counts})
    union all select 1 from webhook_events where done_at is null limit 1`)
  return rows.length === 0
}

export interface Witnesses {
  readonly shoppers: readonly Shopper[]
  readonly scheduler: Scheduler
  /** Captures that left while their attempt was not fenced, and refunds without a row. */
  readonly sentTooEarly: readonly string[]
  /** Ends without money that were told while PayPal had it. */
  readonly falseNos: readonly string[]
  /** Refunds that somebody made on PayPal's own site. */
  readonly madeOnSite: ReadonlySet<string>
  /** Webhooks that the door has answered with 200: PayPal forgets them. */
  readonly acknowledged: ReadonlySet<string>
  readonly bank: Readonly<BankActs>
}

/** Everything that is wrong once faults have stopped and the shop has had its time: empty when the promise was kept. */
export async function judge(
  world: World,
  { shoppers, scheduler, sentTooEarly, falseNos, madeOnSite, acknowledged, bank }: Witnesses,
): Promise<string[]> {
  const wrong: string[] = [...sentTooEarly, ...falseNos]
  for (const { task, error } of scheduler.failures()) {
    if (!wasOrdered(error)) wrong.push(`${task} met an error that nobody ordered: ${describe(error)}`)
  }
  if (!(await isQuiet(world))) wrong.push('I14: not quiet after twenty ticks')
  const ledger = await world.paypal.ledger()
  const toldToPeople = (await lookForRefusals(world, ledger)).concat(await lookForUntold(world, bank))
  wrong.push(...toldToPeople, ...withoutRefused(await judgeMoney(world.db, ledger), await listKept(world, ledger)))
  wrong.push(...(await compareWithWhatWasTold(world, shoppers)))
  wrong.push(...(await askOnceMore(world, shoppers, ledger)))
  wrong.push(...(await lookAtKeys(world)))
  wrong.push(...(await lookForUnaskedRefunds(world, madeOnSite)))
  wrong.push(...(await lookForLostEvents(world, acknowledged)))
  if (world.controlled.deadlocks > 0) wrong.push(`the shop made ${world.controlled.deadlocks} deadlocks of its own`)
  return wrong
}

/** What PayPal has taken and in the end could not give back: its captures, and the refunds. */
function listRefused(ledger: readonly LedgerEntry[]): LedgerEntry[] {
  return ledger.filter(({ kind }) => kind === 'refund_failed')
}

/** The captures whose money PayPal keeps: a refund came to nothing, or a chargeback forbids it and a person has been told. */
async function listKept(world: World, ledger: readonly LedgerEntry[]): Promise<(string | null)[]> {
  const { rows } = await world.db.execute<{ id: string }>(sql`
    select r.paypal_capture_id as id from refunds r join payment_incidents i
      on i.kind = 'refund_refused' and i.paypal_capture_id = r.paypal_capture_id
    where r.state = 'failed' and r.last_issue = 'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK' and i.resolution is null`)
  return [...listRefused(ledger).map(({ captureId }) => captureId), ...rows.map(({ id }) => id)]
}

/** A refund that comes back after days leaves money without an order: the invariants must name it, and a person decide. */
function withoutRefused(wrong: readonly string[], captureIds: readonly (string | null)[]): string[] {
  const refused = captureIds.flatMap((captureId) => [
    `I6: capture ${captureId}: no order,`,
    `I6: ghost payment ${captureId}: no order,`,
  ])
  return wrong.filter((finding) => !refused.some((expected) => finding.startsWith(expected)))
}

/** I6: what PayPal could not give back is known here, and put before a person. */
async function lookForRefusals(world: World, ledger: readonly LedgerEntry[]): Promise<string[]> {
  const wrong: string[] = []
  for (const { refundId } of listRefused(ledger)) {
    const { rows } = await world.db.execute<{ state: string; told: boolean }>(sql`
      select state, exists (
        select 1 from payment_incidents
        where key = 'refund_refused:' || r.id or position(r.id::text in details ->> 'alsoRefused') > 0
      ) as told
      from refunds r where paypal_refund_id = ${refundId}`)
    const [refund] = rows
    if (refund?.state !== 'failed')
      wrong.push(`I6: refund ${refundId} has failed at PayPal, here it is ${refund?.state}`)
    else if (!refund.told) wrong.push(`I6: nobody is told that refund ${refundId} has failed`)
  }
  return wrong
}

/** I6: whatever else moved is put before a person. */
async function lookForUntold(world: World, { unexplained }: Readonly<BankActs>): Promise<string[]> {
  const { rows } = await world.db.execute<{ key: string }>(sql`select key from payment_incidents`)
  const keys = rows.map(({ key }) => key)
  return unexplained
    .filter(({ id }) => !keys.some((key) => key.includes(id)))
    .map(({ id, eventCode }) => `I6: nobody is told of ${eventCode} ${id}, which PayPal lists`)
}

/** I11: nobody is told of an order that is not there, of a refund beside an order, or of an end without money that PayPal has. */
async function compareWithWhatWasTold(world: World, shoppers: readonly Shopper[]): Promise<string[]> {
  const wrong: string[] = []
  for (const shopper of shoppers) {
    for (const { paypalOrderId, kind, keptMinor } of shopper.told) {
      if (keptMinor !== 0) wrong.push(`I11: told ${kind} while PayPal had ${keptMinor} of ${paypalOrderId}`)
      const { rows } = await world.db.execute<{ own: boolean; any: boolean }>(sql`
        select exists (select 1 from orders where attempt_id = a.id) as own,
          exists (select 1 from orders where cart_id = a.cart_id) as any
        from payment_attempts a where paypal_order_id = ${paypalOrderId}`)
      const [order] = rows
      if (kind === 'order_placed' && !order?.any)
        wrong.push(`I11: told of an order that is not there: ${paypalOrderId}`)
      if (kind === 'refunded' && order?.own)
        wrong.push(`I11: told of a refund, but there is an order: ${paypalOrderId}`)
    }
  }
  return wrong
}

/** I11: whoever comes back in the end is told what is true, and not that it is open. */
async function askOnceMore(
  world: World,
  shoppers: readonly Shopper[],
  ledger: readonly LedgerEntry[],
): Promise<string[]> {
  const kept = new Map<string, number>()
  for (const { paypalOrderId, grossMinor, returnedMinor } of readLedger(ledger).values()) {
    kept.set(paypalOrderId, (kept.get(paypalOrderId) ?? 0) + grossMinor - returnedMinor)
  }
  const wrong: string[] = []
  for (const { paypalOrderIds, buyerKey } of shoppers) {
    for (const paypalOrderId of new Set(paypalOrderIds)) {
      const { kind } = await readPayment(world.services, { paypalOrderId, buyerKey })
      const keptMinor = kept.get(paypalOrderId) ?? 0
      if (NOT_AN_END.includes(kind)) wrong.push(`I11: told ${kind} in the end: ${paypalOrderId}`)
      if (SAYS_NO.includes(kind) && keptMinor !== 0) {
        wrong.push(`I11: told ${kind} in the end, and PayPal has ${keptMinor} of ${paypalOrderId}`)
      }
    }
  }
  return wrong
}

const NOT_AN_END: readonly FinishOutcome['kind'][] = ['unknown', 'pending', 'not_found']
const SAYS_NO: readonly FinishOutcome['kind'][] = ['closed', 'declined', 'not_approved']

/** I5: no request key with another body, one create key for an attempt, and a new capture key only after a definite no. */
async function lookAtKeys(world: World): Promise<string[]> {
  const wrong: string[] = []
  const bodies = new Map<string, string>()
  const refundKeys = new Map<string, string>()
  const captureKeys = new Map<string, Set<string>>()
  const definiteNos = new Map<string, number>()
  for (const request of await world.paypal.requests()) {
    const { requestId, path, operation } = request
    if (operation === 'create_order' || operation === 'capture' || operation === 'refund') {
      if (!requestId) {
        wrong.push(`I5: ${operation} without a request key`)
        continue
      }
      const body = `${path} ${JSON.stringify(request.body)}`
      if ((bodies.get(requestId) ?? body) !== body) wrong.push(`I5: key ${requestId} came with another body`)
      bodies.set(requestId, body)
    }
    if (operation === 'refund' && requestId) {
      const reference = String((request.body as { custom_id?: string } | null)?.custom_id)
      const first = refundKeys.get(reference) ?? requestId
      if (first !== requestId) wrong.push(`I5: refund ${reference} was sent under two keys`)
      refundKeys.set(reference, first)
    }
    if (operation !== 'capture' || !requestId) continue
    const keys = captureKeys.get(path) ?? new Set()
    if (!keys.has(requestId) && keys.size > (definiteNos.get(path) ?? 0)) {
      wrong.push(`I5: a new capture key before a definite no: ${path}`)
    }
    captureKeys.set(path, keys.add(requestId))
    if (request.status === 422) definiteNos.set(path, (definiteNos.get(path) ?? 0) + 1)
  }
  return wrong
}

/** Money goes back because a row says so, or because somebody did it on PayPal's own site. */
async function lookForUnaskedRefunds(world: World, madeOnSite: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await world.db.execute<{ id: string }>(
    sql`select paypal_refund_id as id from refunds where reason <> 'paypal' and paypal_refund_id is not null`,
  )
  const asked = new Set(rows.map(({ id }) => id))
  return (await world.paypal.ledger())
    .filter(({ kind, refundId }) => kind === 'refund' && refundId !== null && !asked.has(refundId))
    .filter(({ refundId }) => !madeOnSite.has(refundId ?? ''))
    .map(({ refundId }) => `I6: nobody asked for refund ${refundId}`)
}

/** I10: what was acknowledged is in the inbox. */
async function lookForLostEvents(world: World, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await world.db.execute<{ id: string }>(sql`select id from webhook_events`)
  const kept = new Set(rows.map(({ id }) => id))
  return [...acknowledged].filter((id) => !kept.has(id)).map((id) => `I10: event ${id} was acknowledged and lost`)
}

function describe(error: unknown): string {
  const messages: string[] = []
  for (let current = error; current instanceof Error; current = current.cause) messages.push(current.message)
  return messages.join(' <- ').slice(0, 300)
}
