import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { checkInvariants } from '@/db/queries/invariant-checks'
import { raiseIncident } from '@/db/queries/payment-incidents'
import type { Decision } from '@/lib/domain/payment-incident'
import { captureLate } from '@/testing/late-capture'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'
import { bookedByCapture, heldByCapture } from '@/testing/test-ledger'
import { letTimePass } from '@/testing/test-shop'

import { finalisePayment } from './finalise-payment'
import { decideIncident } from './incidents/decide-incident'
import { reconcile } from './reconciliation/reconcile'
import { requestRefund } from './request-refund'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'
import { syncRefunds } from './sync-refunds'

/** What banks take and give back, and what people and PayPal do meanwhile. */
let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  await shop.paypal.set({ reportingLagSeconds: 0 })
})

async function compare() {
  const hour = 3_600_000
  const outcome = await reconcile(shop.services, {
    from: new Date(Date.now() - hour),
    to: new Date(Date.now() + hour),
  })
  if (outcome.kind !== 'compared') throw new Error(JSON.stringify(outcome))
  const { repaired = 0, incidentsRaised = 0, unclear = 0 } = outcome.runs[0] ?? {}
  return { repaired, incidentsRaised, unclear }
}

/** The worker, for as long as there is something to do. */
async function work(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await shop.db.execute(sql`update refunds set next_action_at = now() where next_action_at is not null`)
    await sweepRefunds(shop.services)
    await shop.db.execute(sql`update payment_attempts set next_action_at = now() where state = 'refunding'`)
    await sweepPayments(shop.services)
  }
}

async function takeIn(late: BoughtOrder & { cartId: string }): Promise<void> {
  await letTimePass(shop.db, late.cartId)
  await sweepPayments(shop.services)
}

/** Somebody refunds at PayPal's site, and it is under way there. */
async function refundOnSite({ paypalCaptureId }: BoughtOrder, minor: number): Promise<string> {
  await shop.paypal.set({ refundsStayPending: true })
  const draft = { reference: `site-${randomUUID()}`, paypalCaptureId, noteToPayer: '' }
  const amount = { minor, currency: 'USD' } as const
  const outcome = await shop.services.gateway.refundCapture({ ...draft, amount }, draft.reference)
  await shop.paypal.set({ refundsStayPending: false })
  if (outcome.kind !== 'pending') throw new Error(outcome.kind)
  return outcome.paypalRefundId
}

async function refundsOf({ paypalCaptureId }: BoughtOrder) {
  const { rows } = await shop.db.execute<{ reason: string; state: string; minor: number }>(sql`
    select reason, state, amount_minor::int as minor from refunds where paypal_capture_id = ${paypalCaptureId} order by created_at`)
  return rows.map(({ reason, state, minor }) => `${reason} ${state} ${minor}`)
}

async function incidentsOf({ paypalCaptureId }: BoughtOrder) {
  const { rows } = await shop.db.execute<{ id: string; kind: string; resolution: string | null }>(sql`
    select id, kind, resolution from payment_incidents where paypal_capture_id = ${paypalCaptureId} order by opened_at`)
  return rows
}

async function attemptState({ attemptId }: { attemptId: string }) {
  const { rows } = await shop.db.execute<{ state: string }>(
    sql`select state from payment_attempts where id = ${attemptId}`,
  )
  return rows[0]?.state
}

async function holdsOf({ id }: BoughtOrder) {
  const { rows } = await shop.db.execute<{ kind: string; open: boolean }>(
    sql`select kind, released_at is null as open from order_holds where order_id = ${id} order by placed_at`,
  )
  return rows.map(({ kind, open }) => `${kind} ${open ? 'open' : 'over'}`)
}

async function decide(order: BoughtOrder, decision: Decision) {
  const open = (await incidentsOf(order)).find(({ resolution }) => resolution === null)
  if (!open) throw new Error('no incident is open')
  const by = { by: 'ada@example.com', note: 'Looked at it' }
  return decideIncident(shop.services, { incidentId: open.id, decision, ...by })
}

async function expectSound({ paypalCaptureId }: BoughtOrder, leftMinor: number): Promise<void> {
  expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  const held = (await heldByCapture(shop.paypal)).get(paypalCaptureId)
  expect(held?.left).toBe(leftMinor)
  expect((await bookedByCapture(shop.db)).get(paypalCaptureId)).toEqual(held)
}

const NO = { issue: 'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK' }

describe('money that became no order', () => {
  test('goes back to the buyer each time that a bank gives some of it back', async () => {
    const late = await captureLate(shop)
    const first = await shop.paypal.reverseCapture(late.paypalCaptureId, '10.00')
    const second = await shop.paypal.reverseCapture(late.paypalCaptureId, '20.00')
    await takeIn(late)
    await work()
    expect(await attemptState(late)).toBe('refunded')
    await shop.paypal.returnReversal(first.id)
    await shop.paypal.returnReversal(second.id)
    await compare()
    expect(await attemptState(late)).toBe('refunding')
    await work()
    expect(await attemptState(late)).toBe('refunded')
    await expectSound(late, 0)
  })

  test('is before a person again when a bank gives back what had its last part refused', async () => {
    const late = await captureLate(shop)
    const first = await shop.paypal.reverseCapture(late.paypalCaptureId, '10.00')
    await takeIn(late)
    await work()
    await shop.paypal.returnReversal(first.id)
    await compare()
    const all = await shop.paypal.reverseCapture(late.paypalCaptureId, String(late.totalMinor / 100))
    await shop.paypal.fault('refund', 'refuse', NO)
    await work()
    expect((await refundsOf(late)).at(-1)).toBe('merchant failed 1000')
    await compare()
    expect(await incidentsOf(late)).toMatchObject([{ kind: 'refund_refused', resolution: 'settled' }])
    await shop.paypal.returnReversal(all.id)
    await compare()
    expect(await incidentsOf(late)).toMatchObject([{ kind: 'refund_refused', resolution: null }])
    expect(await attemptState(late)).toBe('review')
    expect(await decide(late, 'refund')).toMatchObject({ kind: 'decided' })
    await work()
    expect(await attemptState(late)).toBe('refunded')
    await expectSound(late, 0)
  })

  test('sends what is left of its last part when somebody gave some of it back at PayPal’s site', async () => {
    const late = await captureLate(shop)
    const site = await refundOnSite(late, 4_000)
    await takeIn(late)
    await work()
    await shop.paypal.failRefund(site)
    await shop.paypal.fault('refund', 'refuse', NO)
    await work()
    expect((await refundsOf(late)).at(-1)).toBe('merchant failed 4000')
    await shop.paypal.refundOnSite(late.paypalCaptureId, '10.00')
    await syncRefunds(shop.services, late.paypalCaptureId)
    await shop.db
      .execute(sql`update payment_incidents set resolution = 'settled', resolved_at = now(), resolved_by = 'system'
      where paypal_capture_id = ${late.paypalCaptureId} and details ->> 'paypalRefundId' = ${site}`)
    const { rows } = await shop.db.execute<{ id: string }>(sql`select i.id from payment_incidents i join refunds r
      on i.key = 'refund_refused:' || r.id where r.paypal_capture_id = ${late.paypalCaptureId} and r.reason = 'merchant'`)
    const decision = { incidentId: rows[0]?.id ?? '', decision: 'refund', by: 'ada@example.com', note: '' } as const
    expect(await decideIncident(shop.services, decision)).toMatchObject({ kind: 'decided' })
    await work()
    expect(await attemptState(late)).toBe('refunded')
    await expectSound(late, 0)
  })

  test('and that a bank took before its refund was asked for is known for what it was when it comes again', async () => {
    const late = await captureLate(shop)
    const { id } = await shop.paypal.reverseCapture(late.paypalCaptureId)
    const seen = await shop.services.gateway.getCapture(late.paypalCaptureId)
    if (seen.kind !== 'found' || !seen.capture.amount) throw new Error(seen.kind)
    // The process dies after this commit, before it has looked at what went back.
    const { capture } = seen
    await finalisePayment(shop.services, late.attemptId, {
      ...capture,
      amount: seen.capture.amount,
      refundedMinor: late.totalMinor,
    })
    await shop.paypal.fault('refund', 'refuse', NO)
    await sweepRefunds(shop.services)
    await syncRefunds(shop.services, late.paypalCaptureId)
    expect(await attemptState(late)).toBe('refunded')
    await shop.paypal.returnReversal(id)
    await compare()
    expect(await incidentsOf(late)).toMatchObject([{ kind: 'refund_refused', resolution: null }])
    expect(await attemptState(late)).toBe('review')
    expect(await decide(late, 'refund')).toMatchObject({ kind: 'decided' })
    await work()
    expect(await attemptState(late)).toBe('refunded')
    await expectSound(late, 0)
  })

  test('and of which a bank took all while its refund was to be sent goes back by itself when it comes again', async () => {
    const late = await captureLate(shop)
    await takeIn(late)
    const { id } = await shop.paypal.reverseCapture(late.paypalCaptureId)
    await compare()
    await work()
    expect(await attemptState(late)).toBe('refunded')
    expect(await incidentsOf(late)).toEqual([])
    await shop.paypal.returnReversal(id)
    await compare()
    await work()
    expect(await refundsOf(late)).toEqual([
      `unfulfillable completed ${late.totalMinor}`,
      `reversal completed ${late.totalMinor}`,
    ])
    await expectSound(late, 0)
  })
})

describe('a refund of an order that PayPal refused because a bank had the money', () => {
  async function refusedByBank(): Promise<BoughtOrder> {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.fault('refund', 'refuse', NO)
    const request = { kind: 'amount', amountMinor: 2_000 } as const
    await requestRefund(shop.services, {
      refundId: randomUUID(),
      orderNumber: order.orderNumber,
      request,
      noteToPayer: '',
    })
    return order
  }

  test('is before a person again once the bank has given it back', async () => {
    const order = await refusedByBank()
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    await compare()
    expect(await incidentsOf(order)).toMatchObject([{ resolution: 'settled' }])
    await shop.paypal.returnReversal(id)
    await compare()
    expect(await incidentsOf(order)).toMatchObject([{ kind: 'refund_refused', resolution: null }])
    expect(await decide(order, 'refund')).toMatchObject({ kind: 'decided' })
    await expectSound(order, order.totalMinor - 2_000)
  })

  test('also when somebody had ignored it for as long as the bank had the money, but not each night anew', async () => {
    const order = await refusedByBank()
    expect(await decide(order, 'ignore')).toMatchObject({ kind: 'decided' })
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    await compare()
    await shop.paypal.returnReversal(id)
    await compare()
    expect(await incidentsOf(order)).toMatchObject([{ kind: 'refund_refused', resolution: null }])
    expect(await decide(order, 'ignore')).toMatchObject({ kind: 'decided' })
    await compare()
    expect(await incidentsOf(order)).toMatchObject([{ resolution: 'ignored' }])
  })
})

describe('a bank that gives back in other portions than it took', () => {
  const giveBack = (order: BoughtOrder, amount: string) =>
    shop.paypal.moveForeignMoney(amount, { eventCode: 'T1202', referenceId: order.paypalCaptureId })
  const bookedLeft = async (order: BoughtOrder) => (await bookedByCapture(shop.db)).get(order.paypalCaptureId)?.left

  test('is in the books with each of them, and what came again can be refunded', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.reverseCapture(order.paypalCaptureId, '40.00')
    await giveBack(order, '25.00')
    expect(await compare()).toEqual({ repaired: 2, incidentsRaised: 0, unclear: 0 })
    expect(await compare()).toEqual({ repaired: 0, incidentsRaised: 0, unclear: 0 })
    expect(await bookedLeft(order)).toBe(order.totalMinor - 1_500)
    expect(await holdsOf(order)).toEqual(['reversal open'])
    const refund = { refundId: randomUUID(), orderNumber: order.orderNumber, noteToPayer: '' }
    const request = { kind: 'amount', amountMinor: order.totalMinor - 1_499 } as const
    expect(await requestRefund(shop.services, { ...refund, request })).toEqual({
      kind: 'too_much',
      leftMinor: order.totalMinor - 1_500,
    })
    await giveBack(order, '15.00')
    expect(await compare()).toEqual({ repaired: 1, incidentsRaised: 0, unclear: 0 })
    expect(await holdsOf(order)).toEqual(['reversal over'])
    expect(await bookedLeft(order)).toBe(order.totalMinor)
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('may give back at once what it took in two', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.reverseCapture(order.paypalCaptureId, '10.00')
    await shop.paypal.reverseCapture(order.paypalCaptureId, '20.00')
    await giveBack(order, '30.00')
    expect(await compare()).toEqual({ repaired: 3, incidentsRaised: 0, unclear: 0 })
    expect(await compare()).toEqual({ repaired: 0, incidentsRaised: 0, unclear: 0 })
    expect(await holdsOf(order)).toEqual(['reversal over', 'reversal over'])
    expect(await bookedLeft(order)).toBe(order.totalMinor)
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })
})

describe('what came again while PayPal did not say what was taken', () => {
  test('waits for that, and is nobody’s business', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    await shop.paypal.returnReversal(id)
    await shop.paypal.fault('get_refund', 'error_before')
    expect(await compare()).toEqual({ repaired: 0, incidentsRaised: 0, unclear: 2 })
    expect(await compare()).toEqual({ repaired: 2, incidentsRaised: 0, unclear: 0 })
    expect(await incidentsOf(order)).toEqual([])
    await expectSound(order, order.totalMinor)
  })

  test('settles once it is booked, if somebody had been told of it', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    const returned = await shop.paypal.returnReversal(id)
    const { paypalCaptureId } = order
    await raiseIncident(shop.db, { kind: 'refund_unmatched', subject: returned.returned?.id ?? '', paypalCaptureId })
    await compare()
    expect(await incidentsOf(order)).toMatchObject([{ kind: 'refund_unmatched', resolution: 'settled' }])
  })
})
