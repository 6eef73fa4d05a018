import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { beginRun } from '@/db/queries/reconciliation'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { decideIncident } from '../incidents/decide-incident'
import { beginPaying, buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import type { PaymentGateway } from '@/lib/domain/payment-gateway'
import { captureBehindOurBack, loseAttempt, tamper } from '@/testing/tamper'
import { startTestPayPal } from '@/testing/test-paypal'
import { testServices } from '@/testing/test-shop'

import { closeAttempt } from '../close-attempt'
import { finalisePayment } from '../finalise-payment'
import type { PaymentServices } from '../payment-services'
import { sweepPayments } from '../sweep-payments'
import { syncRefunds } from '../sync-refunds'
import { reconcile } from './reconcile'
import { reconcileNightly } from './reconcile-nightly'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  await shop.paypal.set({ reportingLagSeconds: 0 })
})

const HOUR_MS = 3_600_000
const span = () => ({ from: new Date(Date.now() - HOUR_MS), to: new Date(Date.now() + HOUR_MS) })

async function run(by: PaymentServices = shop.services) {
  const outcome = await reconcile(by, span())
  if (outcome.kind !== 'compared') throw new Error(JSON.stringify(outcome))
  const { repaired = 0, incidentsRaised = 0, unclear = 0 } = outcome.runs[0] ?? {}
  return { repaired, incidentsRaised, unclear, settled: outcome.settled }
}

const AGREED = { repaired: 0, incidentsRaised: 0, unclear: 0, settled: 0 }

async function incidents(about: string) {
  const { rows } = await shop.db.execute(sql`
    select kind, resolution, order_id as "orderId", details from payment_incidents
    where key like ${`%${about}%`} order by opened_at`)
  return rows
}

describe('when PayPal and the shop agree', () => {
  test('nothing is done, whatever else moves in the account', async () => {
    await buy(shop, await newBuyer(shop.db))
    await beginPaying(shop, await newBuyer(shop.db))
    await shop.paypal.moveForeignMoney('12.00', { customId: randomUUID(), invoiceId: 'OTHER-1' })
    expect(await run()).toEqual(AGREED)
  })

  test('an order that PayPal does not list yet is no alarm', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.set({ reportingLagSeconds: 1800 })
    expect(await run()).toEqual(AGREED)
    expect(await incidents(order.paypalCaptureId)).toEqual([])
  })

  test('a list of many pages is read to its end', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    for (let index = 0; index < 205; index++) await shop.paypal.moveForeignMoney('1.00')
    const last = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.forgetRequests()
    expect(await run()).toEqual(AGREED)
    const pages = (await shop.paypal.requests()).filter(({ operation }) => operation === 'search_transactions')
    expect(pages.length).toBeGreaterThan(1)
    // Neither was asked for one by one: both stood in the list.
    const asked = (await shop.paypal.requests()).map(({ path }) => path).join(' ')
    expect(asked).not.toContain(order.paypalCaptureId)
    expect(asked).not.toContain(last.paypalCaptureId)
  })
})

async function attemptOf(cartId: string) {
  const { rows } = await shop.db.execute<{ id: string; state: string; orders: number }>(sql`
    select id, state, (select count(*)::int from orders where cart_id = ${cartId}) as orders
    from payment_attempts where cart_id = ${cartId}`)
  return rows[0]
}

describe('money that our books lack', () => {
  test.each<[string, (id: string) => ReturnType<typeof sql>]>([
    [
      'waiting for the buyer',
      (id) => sql`update payment_attempts set next_action_at = now() + interval '1 day' where paypal_order_id = ${id}`,
    ],
    [
      'capturing',
      (id) =>
        sql`update payment_attempts set state = 'capturing', next_action_at = now() + interval '1 day' where paypal_order_id = ${id}`,
    ],
    [
      'not yet told of its PayPal order',
      (id) =>
        sql`update payment_attempts set state = 'creating', paypal_order_id = null, approve_url = null where paypal_order_id = ${id}`,
    ],
  ])('finishes an attempt that is %s', async (_state, change) => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await captureBehindOurBack(shop, paypalOrderId)
    await tamper(shop.db, change(paypalOrderId))
    expect(await run()).toEqual({ ...AGREED, repaired: 1 })
    expect(await attemptOf(who.cart.cartId)).toMatchObject({ state: 'completed', orders: 1 })
    expect(await run()).toEqual(AGREED)
  })

  test('wakes an attempt that was closed and is no longer watched', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await closeAttempt(shop.db, (await attemptOf(who.cart.cartId))?.id ?? '', {
      by: 'expiry',
      reason: 'hold_expired',
    })
    await shop.db.execute(
      sql`update payment_attempts set next_action_at = null, watch_until = now() where cart_id = ${who.cart.cartId}`,
    )
    await captureBehindOurBack(shop, paypalOrderId)
    expect(await run()).toEqual({ ...AGREED, repaired: 1 })
    expect(await attemptOf(who.cart.cartId)).toMatchObject({ state: 'completed', orders: 1 })
  })

  test('has the worker look at a payment that PayPal still checks, and books it once it is there', async () => {
    const who = await newBuyer(shop.db)
    const captureId = await captureBehindOurBack(shop, await beginPaying(shop, who), 'pending')
    await shop.db.execute(
      sql`update payment_attempts set next_action_at = now() + interval '1 day' where cart_id = ${who.cart.cartId}`,
    )
    expect(await run()).toEqual(AGREED)
    await sweepPayments(shop.services)
    expect(await attemptOf(who.cart.cartId)).toMatchObject({ state: 'pending', orders: 0 })
    await shop.paypal.completeCapture(captureId)
    expect(await run()).toEqual({ ...AGREED, repaired: 1 })
    expect(await attemptOf(who.cart.cartId)).toMatchObject({ state: 'completed', orders: 1 })
  })

  test('becomes an incident, once, when it cannot be made into an order, with all that is needed to decide', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    const captureId = await captureBehindOurBack(shop, paypalOrderId)
    await loseAttempt(shop, paypalOrderId)
    await tamper(shop.db, sql`update variants set sku = sku || '-new' where id = ${who.variantId}`)
    expect(await run()).toEqual({ ...AGREED, incidentsRaised: 1 })
    expect(await run()).toEqual(AGREED)
    const [incident] = await incidents(captureId)
    expect(incident).toMatchObject({
      kind: 'money_without_order',
      resolution: null,
      details: {
        problem: 'unknown_item',
        payerEmail: 'buyer@example.com',
        items: expect.stringContaining('2 × Contour No. 14'),
      },
    })
    // The catalogue is mended: the order is made, and nobody needs to decide any more.
    await tamper(shop.db, sql`update variants set sku = replace(sku, '-new', '') where id = ${who.variantId}`)
    expect(await run()).toEqual({ ...AGREED, repaired: 1, settled: 1 })
    expect((await incidents(captureId))[0]).toMatchObject({ resolution: 'settled' })
  })

  test('is told too when it came by other means under an invoice id of ours', async () => {
    const { id } = await shop.paypal.moveForeignMoney('20.00', { invoiceId: 'CW-BYHAND' })
    expect(await run()).toEqual({ ...AGREED, incidentsRaised: 1 })
    expect(await incidents(id)).toMatchObject([{ kind: 'money_without_order', details: { problem: 'not_a_capture' } }])
    expect(await run()).toEqual(AGREED)
  })
})

describe('money of ours that moved in a way our books do not know', () => {
  test.each([
    ['T0106', '-20.00'],
    ['T0114', '-15.00'],
    ['T1900', '-3.00'],
    ['T0200', '-1.00'],
    ['T1104', '-5.00'],
    ['T1107', '5.00'],
    ['T1108', '-0.49'],
    ['T1109', '0.49'],
    ['T1201', '5.00'],
    ['T1202', '-5.00'],
    ['T1207', '-5.00'],
    ['T7777', '-5.00'],
  ])('%s of %s becomes an incident, once, with all that is needed to decide', async (eventCode, amount) => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.moveForeignMoney(amount, { eventCode, referenceId: order.paypalCaptureId })
    expect(await run()).toEqual({ ...AGREED, incidentsRaised: 1 })
    expect(await run()).toEqual(AGREED)
    expect(await incidents(id)).toMatchObject([
      {
        kind: 'money_unexplained',
        orderId: order.id,
        details: {
          eventCode,
          direction: amount.startsWith('-') ? 'went out' : 'came in',
          refersTo: order.paypalCaptureId,
          orderNumber: order.orderNumber,
          capturedMinor: order.totalMinor,
        },
      },
    ])
    // Nothing has come into the books by it.
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('is told too when it names a refund, or bears an invoice id of ours', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const refund = await shop.paypal.refundOnSite(order.paypalCaptureId, '5.00')
    await shop.paypal.moveForeignMoney('-0.10', { eventCode: 'T1108', referenceId: refund.id })
    await shop.paypal.moveForeignMoney('-0.20', { eventCode: 'T1900', invoiceId: 'CW-BYHAND-2' })
    expect(await run()).toEqual({ ...AGREED, repaired: 1, incidentsRaised: 2 })
    expect(await run()).toEqual(AGREED)
  })

  test('a hold or an authorisation moves nothing, and a stranger’s fee is not ours', async () => {
    const { paypalCaptureId: referenceId } = await buy(shop, await newBuyer(shop.db))
    for (const eventCode of ['T1110', 'T1111', 'T1300', 'T1500', 'T2105', 'T2106']) {
      await shop.paypal.moveForeignMoney('-5.00', { eventCode, referenceId })
    }
    await shop.paypal.moveForeignMoney('-20.00', { eventCode: 'T0106', referenceId: 'NOTOURS0000000001' })
    expect(await run()).toEqual(AGREED)
  })
})

describe('what happened to money after it was captured', () => {
  test('refunds made at PayPal’s own site and chargebacks come into the books once', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.refundOnSite(order.paypalCaptureId, '5.00')
    await shop.paypal.reverseCapture(order.paypalCaptureId, '7.00')
    expect(await run()).toEqual({ ...AGREED, repaired: 2 })
    expect(await run()).toEqual(AGREED)
    const { rows } = await shop.db.execute(sql`
      select reason, amount_minor::int as minor, state from refunds where paypal_capture_id = ${order.paypalCaptureId} order by minor`)
    expect(rows).toEqual([
      { reason: 'paypal', minor: 500, state: 'completed' },
      { reason: 'reversal', minor: 700, state: 'completed' },
    ])
    expect((await shop.db.execute(sql`select kind from order_holds where order_id = ${order.id}`)).rows).toEqual([
      { kind: 'reversal' },
    ])
  })

  test('a chargeback that was taken for a refund is booked anew as what it is', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    await syncRefunds(shop.services, order.paypalCaptureId)
    expect(await run()).toEqual({ ...AGREED, repaired: 1 })
    expect(await run()).toEqual(AGREED)
    const { rows } = await shop.db.execute(sql`select reason, state from refunds where paypal_refund_id = ${id}`)
    expect(rows).toEqual([{ reason: 'reversal', state: 'completed' }])
    await shop.paypal.returnReversal(id)
    expect(await run()).toEqual({ ...AGREED, repaired: 1 })
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('a fee that PayPal told of later is booked, once', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    const captureId = await captureBehindOurBack(shop, paypalOrderId)
    const seen = await shop.services.gateway.getCapture(captureId)
    if (seen.kind !== 'found' || !seen.capture.amount) throw new Error('no capture')
    const attemptId = (await attemptOf(who.cart.cartId))?.id ?? ''
    await finalisePayment(shop.services, attemptId, { ...seen.capture, amount: seen.capture.amount, feeMinor: null })
    expect(await run()).toEqual({ ...AGREED, repaired: 1 })
    expect(await run()).toEqual(AGREED)
    const { rows } = await shop.db.execute(sql`
      select p.account, p.amount_minor::int as minor from journal_postings p join journal_entries e on e.id = p.entry_id
      where e.kind = 'fee' and e.ref = ${captureId} order by p.account`)
    const fee = seen.capture.feeMinor ?? 0
    expect(fee).toBeGreaterThan(0)
    expect(rows).toEqual([
      { account: 'paypal_balance', minor: -fee },
      { account: 'paypal_fees', minor: fee },
    ])
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })
})

describe('orders without their money', () => {
  test('an order whose capture PayPal does not know is told, and settled when PayPal shows it again', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    // Long enough ago for PayPal to list it.
    await tamper(
      shop.db,
      sql`update payment_captures set recorded_at = now() - interval '10 minutes'
      where paypal_capture_id = ${order.paypalCaptureId}`,
    )
    const elsewhere = await startTestPayPal()
    try {
      expect(await run(testServices(shop.db, elsewhere))).toMatchObject({ repaired: 0, unclear: 0 })
    } finally {
      await elsewhere.close()
    }
    expect(await incidents(order.paypalCaptureId)).toMatchObject([
      { kind: 'order_without_money', orderId: order.id, resolution: null, details: { paypalStatus: null } },
    ])
    const holds = async () =>
      (
        await shop.db.execute<{ kind: string; open: boolean }>(
          sql`select kind, released_at is null as open from order_holds where order_id = ${order.id}`,
        )
      ).rows
    expect(await holds()).toEqual([{ kind: 'unpaid', open: true }])
    expect((await run()).settled).toBeGreaterThan(0)
    expect(await incidents(order.paypalCaptureId)).toMatchObject([{ resolution: 'settled' }])
    expect(await holds()).toEqual([{ kind: 'unpaid', open: false }])
    const gone = await startTestPayPal()
    try {
      await run(testServices(shop.db, gone))
    } finally {
      await gone.close()
    }
    expect(await holds()).toEqual([{ kind: 'unpaid', open: true }])
    await run()
  })

  test('an order of another amount than PayPal holds is told, and told again when it had settled', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const change = (minor: number) =>
      tamper(
        shop.db,
        sql`update payment_captures set amount_minor = ${minor} where paypal_capture_id = ${order.paypalCaptureId}`,
      )
    await change(order.totalMinor + 1)
    expect(await run()).toEqual({ ...AGREED, incidentsRaised: 1 })
    await change(order.totalMinor)
    expect(await run()).toEqual({ ...AGREED, settled: 1 })
    await change(order.totalMinor + 2)
    expect(await run()).toEqual({ ...AGREED, incidentsRaised: 1 })
    expect(await incidents(order.paypalCaptureId)).toMatchObject([
      { kind: 'amount_differs', resolution: null, details: { paypalAmountMinor: order.totalMinor } },
    ])
    await change(order.totalMinor)
    await run()
  })
})

test('a chargeback that is won after its order was cancelled is told, until the money has gone back', async () => {
  const order = await buy(shop, await newBuyer(shop.db))
  const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
  expect(await run()).toEqual({ ...AGREED, repaired: 1 })
  await shop.db.execute(sql`update order_holds set released_at = now() where order_id = ${order.id}`)
  await shop.db.execute(sql`update orders set state = 'cancelled' where id = ${order.id}`)
  await shop.paypal.returnReversal(id)
  expect(await run()).toMatchObject({ repaired: 1 })
  const key = `${order.paypalCaptureId}:returned`
  expect(await incidents(key)).toMatchObject([{ kind: 'amount_differs', orderId: order.id, resolution: null }])
  const subject = `order ${order.orderNumber}`
  expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toMatchObject([{ subject }])
  const { rows } = await shop.db.execute<{ id: string }>(
    sql`select id from payment_incidents where key = ${`amount_differs:${key}`}`,
  )
  const decision = { incidentId: rows[0]?.id ?? '', decision: 'refund', by: 'ada@example.com', note: '' } as const
  expect(await decideIncident(shop.services, decision)).toMatchObject({ kind: 'decided' })
  const back = await shop.db.execute(
    sql`select reason, state, amount_minor::int as minor from refunds where order_id = ${order.id} and returned_minor = 0`,
  )
  expect(back.rows).toEqual([{ reason: 'merchant', state: 'completed', minor: order.totalMinor }])
  expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
})

test('what a bank took, gave back and took again is booked in that order, in one run', async () => {
  const order = await buy(shop, await newBuyer(shop.db))
  const first = await shop.paypal.reverseCapture(order.paypalCaptureId)
  await shop.paypal.returnReversal(first.id)
  const second = await shop.paypal.reverseCapture(order.paypalCaptureId)
  await shop.paypal.returnReversal(second.id)
  await shop.paypal.reverseCapture(order.paypalCaptureId, '7.00')
  expect(await run()).toEqual({ ...AGREED, repaired: 5 })
  expect(await run()).toEqual(AGREED)
  expect(await incidents(order.paypalCaptureId)).toEqual([])
})

describe('runs', () => {
  test('one runs at a time, and one whose process died does not stand in the way for ever', async () => {
    const dead = await beginRun(shop.db, { ...span(), nightly: true, requestedBy: null })
    expect(await reconcile(shop.services, span())).toEqual({ kind: 'busy' })
    await shop.db.execute(sql`update reconciliation_runs set lease_until = now() where id = ${dead?.id}`)
    expect(await run()).toEqual(AGREED)
    const { rows } = await shop.db.execute(sql`select failure from reconciliation_runs where id = ${dead?.id}`)
    expect(rows).toEqual([{ failure: 'its process died' }])
  })

  test('a night is compared once, by whichever process is first, and again only after a failure', async () => {
    const another = await openTestShop()
    const { services, db, paypal } = another
    try {
      await paypal.fault('search_transactions', 'error_before')
      expect(await reconcileNightly(services)).toBe(true)
      expect(await reconcileNightly(services)).toBe(false)
      await db.execute(sql`update reconciliation_runs set started_at = now() - interval '2 hours'`)
      expect(await reconcileNightly(services)).toBe(true)
      await db.execute(sql`update reconciliation_runs set started_at = now() - interval '2 hours'`)
      expect(await reconcileNightly(services)).toBe(false)
      const { rows } = await db.execute(
        sql`select failure is null as ok, nightly from reconciliation_runs order by finished_at`,
      )
      expect(rows).toEqual([
        { ok: false, nightly: true },
        { ok: true, nightly: true },
      ])
    } finally {
      await another.close()
    }
  })

  test('a night that was missed is made good from where the last one ended', async () => {
    const another = await openTestShop()
    const { services, db, paypal } = another
    try {
      await db.execute(sql`insert into reconciliation_runs (nightly, span_from, span_to, started_at, finished_at, lease_until)
        values (true, now() - interval '43 days', now() - interval '40 days', now() - interval '40 days', now() - interval '40 days', now())`)
      await paypal.forgetRequests()
      await reconcileNightly(services)
      const { rows } = await db.execute(sql`
        select round(extract(epoch from now() - min(span_from)) / 86400)::int as days, count(*)::int as runs
        from reconciliation_runs where started_at > now() - interval '1 hour'`)
      expect(rows).toEqual([{ days: 47, runs: 2 }])
    } finally {
      await another.close()
    }
  })

  test('a list that PayPal finds too long is asked for in halves', async () => {
    await buy(shop, await newBuyer(shop.db))
    const { from, to } = span()
    const asked: number[] = []
    const gateway: PaymentGateway = {
      ...shop.services.gateway,
      listTransactions: async (part) => {
        const hours = (part.to.getTime() - part.from.getTime()) / HOUR_MS
        asked.push(hours)
        return hours > 0.5 ? { kind: 'too_many' } : shop.services.gateway.listTransactions(part)
      },
    }
    const outcome = await reconcile({ ...shop.services, gateway }, { from, to })
    const whole = await reconcile(shop.services, { from, to })
    expect(outcome).toMatchObject({ kind: 'compared', runs: [{ repaired: 0, incidentsRaised: 0 }] })
    expect(asked.filter((hours) => hours === 0.5)).toHaveLength(4)
    const seen = [outcome, whole].map((each) => (each.kind === 'compared' ? each.runs[0]?.transactionsSeen : null))
    // What happened in the very moment of the cut stands in both halves.
    expect(seen[0]).toBeGreaterThanOrEqual(seen[1] ?? Infinity)
  })

  test('without the permission for it the run says what to allow', async () => {
    await shop.paypal.fault('search_transactions', 'refuse', { issue: 'PERMISSION_DENIED' })
    const outcome = await reconcile(shop.services, span())
    expect(outcome).toMatchObject({ kind: 'failed', cause: expect.stringContaining('Transaction search') })
  })
})
