import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkInvariants } from '@/db/queries/invariant-checks'
import type { RefundRequest } from '@/lib/domain/refund-request'
import { captureLate } from '@/testing/late-capture'
import { captureBehindOurBack } from '@/testing/tamper'
import {
  beginPaying,
  buy,
  heldAtPayPal,
  newBuyer,
  openTestShop,
  type BoughtOrder,
  type TestShop,
} from '@/testing/test-buyer'
import { letTimePass, readStock } from '@/testing/test-shop'

import { reconcile } from './reconciliation/reconcile'
import { recordPayPalRefund } from './record-paypal-refund'
import { recoverCapture } from './recover-capture'
import { refundKey } from './request-keys'
import { requestRefund } from './request-refund'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'
import { syncRefunds } from './sync-refunds'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

const refund = (order: BoughtOrder, request: RefundRequest, refundId: string = randomUUID()) =>
  requestRefund(shop.services, { refundId, orderNumber: order.orderNumber, request, noteToPayer: 'Sorry' })

async function sweepNow(): Promise<void> {
  await shop.db.execute(sql`update refunds set next_action_at = now() where next_action_at is not null`)
  await sweepRefunds(shop.services)
}

async function refundsOf(order: BoughtOrder) {
  const { rows } = await shop.db.execute<{ state: string; reason: string; amount: number }>(sql`
    select state, reason, amount_minor::int as amount from refunds where paypal_capture_id = ${order.paypalCaptureId}
    order by created_at`)
  return rows
}

async function balanceOf(order: BoughtOrder): Promise<number> {
  const { rows } = await shop.db.execute<{ balance: number }>(sql`
    select coalesce(sum(p.amount_minor), 0)::int as balance from journal_postings p
    join journal_entries e on e.id = p.entry_id
    where p.account = 'paypal_balance' and (e.ref = ${order.paypalCaptureId}
      or e.ref in (select paypal_refund_id from refunds where paypal_capture_id = ${order.paypalCaptureId}))`)
  return rows[0]?.balance ?? 0
}

async function expectBooksAgree(order: BoughtOrder): Promise<void> {
  const held = await heldAtPayPal(shop, order.paypalOrderId)
  const { rows } = await shop.db.execute<{ fee: number }>(
    sql`select fee_minor::int as fee from payment_captures where paypal_capture_id = ${order.paypalCaptureId}`,
  )
  expect(await balanceOf(order)).toBe(held - (rows[0]?.fee ?? 0))
}

describe('giving money back', () => {
  test('one line goes back with its tax, and its piece to the shelf', async () => {
    const who = await newBuyer(shop.db, { onHand: 5 })
    const order = await buy(shop, who)
    const lines = [{ position: 0, quantity: 1, restock: true }]
    const outcome = await refund(order, { kind: 'lines', lines, withDelivery: false })
    expect(outcome).toMatchObject({ kind: 'requested', refund: { state: 'completed', amountMinor: 3_003 } })
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 3_003)
    expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 4, held: 0 })
    await expectBooksAgree(order)
  })

  test('the delivery charge goes back once, whoever asks, and the database itself refuses it twice', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const request: RefundRequest = { kind: 'lines', lines: [], withDelivery: true }
    const [charge] = (
      await shop.db.execute<{ minor: number }>(
        sql`select delivery_minor::int as minor from orders where id = ${order.id}`,
      )
    ).rows
    const outcomes = await Promise.all([refund(order, request), refund(order, request)])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['delivery_gone', 'requested'])
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - (charge?.minor ?? 0))
    const again = shop.db
      .execute(sql`insert into refunds (id, paypal_capture_id, order_id, amount_minor, delivery_minor, currency, reason, state, next_action_at)
      values (gen_random_uuid(), ${order.paypalCaptureId}, ${order.id}, 1, 1, 'USD', 'merchant', 'pending', now() + interval '1 year')`)
    await expect(again).rejects.toMatchObject({ cause: { constraint: 'refund_delivery_fits_order' } })
  })

  test('without restock the shelf stays as it is', async () => {
    const who = await newBuyer(shop.db, { onHand: 5 })
    const order = await buy(shop, who)
    await refund(order, { kind: 'rest', restock: false })
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 3, held: 0 })
  })

  test('the same form sent twice is one refund', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const id = randomUUID()
    const request: RefundRequest = { kind: 'amount', amountMinor: 500 }
    await Promise.all([refund(order, request, id), refund(order, request, id)])
    await refund(order, request, id)
    await sweepNow()
    expect(await refundsOf(order)).toEqual([{ state: 'completed', reason: 'merchant', amount: 500 }])
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
  })

  test('several at once never give back more than was paid', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const amountMinor = Math.floor(order.totalMinor / 3) + 1
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => refund(order, { kind: 'amount', amountMinor })))
    expect(outcomes.filter(({ kind }) => kind === 'requested')).toHaveLength(2)
    expect(outcomes.filter(({ kind }) => kind === 'too_much')).toHaveLength(4)
    await expectBooksAgree(order)
  })

  test('the database itself refuses more than was captured, and an item twice', async () => {
    const order = await buy(shop, await newBuyer(shop.db, { quantity: 1 }))
    const write = (amount: number) =>
      shop.db
        .execute(sql`insert into refunds (id, paypal_capture_id, order_id, amount_minor, currency, reason, state, next_action_at)
        values (gen_random_uuid(), ${order.paypalCaptureId}, ${order.id}, ${amount}, 'USD', 'merchant', 'pending', now() + interval '1 year')`)
    await expect(write(order.totalMinor + 1)).rejects.toMatchObject({
      cause: { constraint: 'refunds_stay_within_capture' },
    })
    await refund(order, { kind: 'lines', lines: [{ position: 0, quantity: 1, restock: false }], withDelivery: false })
    const again = refund(order, {
      kind: 'lines',
      lines: [{ position: 0, quantity: 1, restock: false }],
      withDelivery: false,
    })
    expect(await again).toMatchObject({ kind: 'too_many', leftQuantity: 0 })
  })

  test.each(['drop_before', 'drop_after', 'error_before', 'error_after', 'malformed', 'rate_limit', 'not_found_page'])(
    'when PayPal’s answer is %s the refund is made once',
    async (fault) => {
      const who = await newBuyer(shop.db)
      const order = await buy(shop, who)
      await shop.paypal.fault('refund', fault)
      await refund(order, { kind: 'lines', lines: [{ position: 0, quantity: 1, restock: true }], withDelivery: false })
      await sweepNow()
      await sweepNow()
      expect(await refundsOf(order)).toEqual([{ state: 'completed', reason: 'merchant', amount: 3_003 }])
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 3_003)
      expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 9, held: 0 })
      await expectBooksAgree(order)
    },
  )

  test('a refund that PayPal refuses fails with an incident, changes nothing, and can be asked for again', async () => {
    const who = await newBuyer(shop.db)
    const order = await buy(shop, who)
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_TIME_LIMIT_EXCEEDED' })
    const outcome = await refund(order, { kind: 'rest', restock: true })
    expect(outcome).toMatchObject({
      kind: 'requested',
      refund: { state: 'failed', lastIssue: 'REFUND_TIME_LIMIT_EXCEEDED' },
    })
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor)
    expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 8, held: 0 })
    const { rows } = await shop.db.execute(
      sql`select kind from payment_incidents where paypal_capture_id = ${order.paypalCaptureId}`,
    )
    expect(rows).toEqual([{ kind: 'refund_refused' }])
    expect(await refund(order, { kind: 'rest', restock: true })).toMatchObject({ refund: { state: 'completed' } })
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
  })

  test('a refund that the merchant’s balance does not cover yet is asked for again later, as another request', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const refundId = randomUUID()
    await shop.paypal.forgetRequests()
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_FAILED_INSUFFICIENT_FUNDS' })
    const outcome = await refund(order, { kind: 'amount', amountMinor: 500 }, refundId)
    expect(outcome).toMatchObject({
      refund: { state: 'pending', sendSeq: 1, lastIssue: 'REFUND_FAILED_INSUFFICIENT_FUNDS' },
    })
    // Not before somebody can have filled it.
    await sweepRefunds(shop.services)
    await sweepNow()
    const asked = (await shop.paypal.requests()).filter(({ operation }) => operation === 'refund')
    expect(asked.map(({ requestId }) => requestId)).toEqual([
      refundKey({ id: refundId, sendSeq: 0 }),
      refundKey({ id: refundId, sendSeq: 1 }),
    ])
    expect(await refundsOf(order)).toEqual([{ state: 'completed', reason: 'merchant', amount: 500 }])
    await expectBooksAgree(order)
  })

  describe('when the call was lost and PayPal no longer shows the order', () => {
    async function loseCall(amountMinor: number, fault = 'drop_before'): Promise<BoughtOrder> {
      const order = await buy(shop, await newBuyer(shop.db))
      await shop.paypal.fault('refund', fault)
      await refund(order, { kind: 'amount', amountMinor })
      await shop.paypal.fault('get_order', 'refuse', { issue: 'INVALID_RESOURCE_ID' })
      return order
    }

    test('the refund is sent again while nothing has gone back', async () => {
      const order = await loseCall(500)
      await sweepNow()
      expect(await refundsOf(order)).toEqual([{ state: 'completed', reason: 'merchant', amount: 500 }])
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })

    test('the refund is sent again under its key, and made once', async () => {
      const order = await loseCall(500, 'drop_after')
      await sweepNow()
      expect(await refundsOf(order)).toEqual([{ state: 'completed', reason: 'merchant', amount: 500 }])
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })

    test('a person looks once no key is sure to be remembered', async () => {
      const order = await loseCall(500, 'drop_after')
      await shop.db.execute(
        sql`update refunds set created_at = now() - interval '41 days' where paypal_capture_id = ${order.paypalCaptureId}`,
      )
      await sweepNow()
      expect(await refundsOf(order)).toMatchObject([{ state: 'failed' }])
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })
  })

  test('an order that is not there has nothing to give back', async () => {
    const missing = { orderNumber: 'CW-NONE', request: { kind: 'rest' as const, restock: false } }
    const outcome = await requestRefund(shop.services, { ...missing, refundId: randomUUID(), noteToPayer: '' })
    expect(outcome).toEqual({ kind: 'not_found' })
  })
})

describe('what happens at PayPal’s own site', () => {
  /** Somebody signs in at PayPal and refunds there. */
  async function refundAtPayPal(order: BoughtOrder, amountMinor: number): Promise<void> {
    const draft = { reference: `site-${randomUUID()}`, paypalCaptureId: order.paypalCaptureId, noteToPayer: '' }
    const amount = { minor: amountMinor, currency: 'USD' as const }
    const outcome = await shop.services.gateway.refundCapture({ ...draft, amount }, draft.reference)
    if (outcome.kind !== 'refunded') throw new Error(JSON.stringify(outcome))
  }

  test('a refund made there comes in once, however often we look', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await refundAtPayPal(order, 1_000)
    await Promise.all([1, 2, 3].map(() => syncRefunds(shop.services, order.paypalCaptureId)))
    await syncRefunds(shop.services, order.paypalCaptureId)
    expect(await refundsOf(order)).toEqual([{ state: 'completed', reason: 'paypal', amount: 1_000 }])
    await expectBooksAgree(order)
  })

  test('an order of which all money went back there is held until staff have looked', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const holds = async () =>
      (await shop.db.execute(sql`select kind, ref from order_holds where order_id = ${order.id}`)).rows
    await refundAtPayPal(order, 1_000)
    await syncRefunds(shop.services, order.paypalCaptureId)
    expect(await holds()).toEqual([])
    await refundAtPayPal(order, order.totalMinor - 1_000)
    await syncRefunds(shop.services, order.paypalCaptureId)
    expect(await holds()).toEqual([{ kind: 'unpaid', ref: order.paypalCaptureId }])
  })

  test('what went back there cannot go back again here', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await refundAtPayPal(order, order.totalMinor - 100)
    const outcome = await refund(order, { kind: 'amount', amountMinor: 200 })
    expect(outcome).toMatchObject({ refund: { state: 'failed', lastIssue: 'REFUNDED_AT_PAYPAL' } })
    expect((await refundsOf(order)).filter(({ state }) => state === 'completed')).toHaveLength(1)
    await expectBooksAgree(order)
  })

  test('a refund that failed here and was carried out after all takes the room of one that was not sent', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const first = randomUUID()
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_TIME_LIMIT_EXCEEDED' })
    expect(await refund(order, { kind: 'rest', restock: false }, first)).toMatchObject({ refund: { state: 'failed' } })
    await shop.paypal.fault('refund', 'drop_before')
    expect(await refund(order, { kind: 'rest', restock: false })).toMatchObject({ refund: { state: 'pending' } })
    // A second copy of the first request was still on its way.
    await shop.services.gateway.refundCapture(
      {
        reference: first,
        paypalCaptureId: order.paypalCaptureId,
        amount: { minor: order.totalMinor, currency: 'USD' },
        noteToPayer: '',
      },
      refundKey({ id: first, sendSeq: 0 }),
    )
    await sweepNow()
    expect((await refundsOf(order)).map(({ state }) => state)).toEqual(['completed', 'failed'])
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    await expectBooksAgree(order)
  })

  test.each(['worker', 'comparison'])(
    'when half of a late capture went back there, the %s gives back the other half',
    async (finder) => {
      const order = await captureLate(shop)
      await refundAtPayPal(order, order.totalMinor / 2)
      if (finder === 'comparison') await recoverCapture(shop.services, order.paypalCaptureId)
      await letTimePass(shop.db, order.cartId)
      await sweepPayments(shop.services)
      await sweepNow()
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
      expect((await refundsOf(order)).map(({ state, reason }) => [reason, state])).toEqual([
        ['unfulfillable', 'completed'],
        ['paypal', 'completed'],
      ])
      await expectBooksAgree(order)
    },
  )

  /** PayPal answers about an order once and then no more, as it is for a process that dies after it. */
  function answersOnce() {
    const { gateway } = shop.services
    let isAsked = false
    const getOrder: typeof gateway.getOrder = async (id) => {
      if (isAsked) return { kind: 'unknown', cause: 'nobody is there to hear it', debugId: null }
      isAsked = true
      return gateway.getOrder(id)
    }
    return { ...shop.services, gateway: { ...gateway, getOrder } }
  }

  test('when the look at what went back of a late capture comes to nothing, the sweep looks again', async () => {
    const order = await captureLate(shop)
    await refundAtPayPal(order, 1_000)
    await letTimePass(shop.db, order.cartId)
    await sweepPayments(answersOnce())
    expect(await refundsOf(order)).toMatchObject([{ reason: 'unfulfillable', amount: order.totalMinor - 1_000 }])
    await sweepNow()
    await sweepPayments(shop.services)
    expect((await refundsOf(order)).map(({ reason, state }) => [reason, state])).toEqual([
      ['unfulfillable', 'completed'],
      ['paypal', 'completed'],
    ])
    const attempt = await shop.db.execute(sql`select state from payment_attempts where id = ${order.attemptId}`)
    expect(attempt.rows).toEqual([{ state: 'refunded' }])
    await expectBooksAgree(order)
  })

  test('when the look at what went back before an order was placed comes to nothing, the comparison finds it', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    const paypalCaptureId = await captureBehindOurBack(shop, paypalOrderId)
    await shop.paypal.refundOnSite(paypalCaptureId, '10.00')
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(answersOnce())
    const { rows } = await shop.db.execute<{ [key in keyof BoughtOrder]: BoughtOrder[key] }>(sql`
      select id, order_number as "orderNumber", ${paypalOrderId} as "paypalOrderId", paypal_capture_id as "paypalCaptureId",
        total_minor::int as "totalMinor", attempt_id as "attemptId" from orders where paypal_capture_id = ${paypalCaptureId}`)
    const [order] = rows
    if (!order) throw new Error('no order was placed')
    expect(await refundsOf(order)).toEqual([])
    await shop.paypal.set({ reportingLagSeconds: 0 })
    const hour = 3_600_000
    await reconcile(shop.services, { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) })
    expect(await refundsOf(order)).toEqual([{ state: 'completed', reason: 'paypal', amount: 1_000 }])
    await expectBooksAgree(order)
  })

  test('when part of a late capture goes back there while its refund waits, the refund sends the rest', async () => {
    const order = await captureLate(shop)
    await letTimePass(shop.db, order.cartId)
    await sweepPayments(shop.services)
    expect(await refundsOf(order)).toMatchObject([{ state: 'pending', amount: order.totalMinor }])
    await refundAtPayPal(order, 1_000)
    await sweepNow()
    await sweepNow()
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    expect(await refundsOf(order)).toEqual([
      { state: 'completed', reason: 'unfulfillable', amount: order.totalMinor - 1_000 },
      { state: 'completed', reason: 'paypal', amount: 1_000 },
    ])
    const attempt = await shop.db.execute(sql`select state from payment_attempts where id = ${order.attemptId}`)
    expect(attempt.rows).toEqual([{ state: 'refunded' }])
    const incidents = await shop.db.execute(
      sql`select kind from payment_incidents where paypal_capture_id = ${order.paypalCaptureId}`,
    )
    expect(incidents.rows).toEqual([])
    await expectBooksAgree(order)
  })

  test('when a bank takes part of a late capture while its refund waits, PayPal’s “too much” leaves the rest to be sent', async () => {
    const order = await captureLate(shop)
    await letTimePass(shop.db, order.cartId)
    await sweepPayments(shop.services)
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId, '10.00')
    const taken = await shop.services.gateway.getRefund(id)
    if (taken.kind !== 'found') throw new Error(taken.kind)
    await recordPayPalRefund(shop.services, order.paypalCaptureId, taken.refund, 'reversal')
    // A bank takes its room beside refunds, so that nothing here gives way before PayPal says no.
    expect(await refundsOf(order)).toMatchObject([{ state: 'pending', amount: order.totalMinor }, { amount: 1_000 }])
    await sweepNow()
    expect(await refundsOf(order)).toMatchObject([{ state: 'pending', amount: order.totalMinor - 1_000 }, {}])
    await sweepNow()
    expect(await refundsOf(order)).toEqual([
      { state: 'completed', reason: 'unfulfillable', amount: order.totalMinor - 1_000 },
      { state: 'completed', reason: 'reversal', amount: 1_000 },
    ])
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    const attempt = await shop.db.execute(sql`select state from payment_attempts where id = ${order.attemptId}`)
    expect(attempt.rows).toEqual([{ state: 'refunded' }])
    await expectBooksAgree(order)
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('what a bank took of a late capture and gives back goes back to the buyer too', async () => {
    const order = await captureLate(shop)
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId, '10.00')
    await letTimePass(shop.db, order.cartId)
    await sweepPayments(shop.services)
    await sweepNow()
    await shop.paypal.returnReversal(id)
    await shop.paypal.set({ reportingLagSeconds: 0 })
    const hour = 3_600_000
    await reconcile(shop.services, { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) })
    await sweepNow()
    expect(await refundsOf(order)).toEqual([
      { state: 'completed', reason: 'unfulfillable', amount: order.totalMinor - 1_000 },
      { state: 'completed', reason: 'reversal', amount: 1_000 },
      { state: 'completed', reason: 'merchant', amount: 1_000 },
    ])
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('money that a bank took before we knew of it, and gives back, goes back to the buyer', async () => {
    const order = await captureLate(shop)
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    await letTimePass(shop.db, order.cartId)
    await sweepPayments(shop.services)
    await sweepNow()
    const gone = [
      { state: 'failed', reason: 'gone_at_paypal' },
      { state: 'completed', amount: order.totalMinor },
    ]
    expect(await refundsOf(order)).toMatchObject(gone)
    await shop.paypal.returnReversal(id)
    await shop.paypal.set({ reportingLagSeconds: 0 })
    const hour = 3_600_000
    await reconcile(shop.services, { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) })
    await sweepNow()
    expect(await refundsOf(order)).toMatchObject([
      { state: 'completed', reason: 'gone_at_paypal', amount: order.totalMinor },
      { state: 'completed', reason: 'reversal', amount: order.totalMinor },
    ])
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('a refund that was complete and has failed there is put before a person, and hinders nothing else', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await refundAtPayPal(order, 1_000)
    await syncRefunds(shop.services, order.paypalCaptureId)
    const seen = await shop.services.gateway.getOrder(order.paypalOrderId)
    const undone = seen.kind === 'found' ? seen.order.refunds[0] : undefined
    if (!undone) throw new Error('PayPal shows no refund')
    await recordPayPalRefund(shop.services, order.paypalCaptureId, { ...undone, status: 'FAILED' })
    const { rows } = await shop.db.execute(
      sql`select kind, details ->> 'paypalStatus' as status from payment_incidents where paypal_capture_id = ${order.paypalCaptureId}`,
    )
    expect(rows).toEqual([{ kind: 'refund_unmatched', status: 'FAILED' }])
    await refundAtPayPal(order, 200)
    await syncRefunds(shop.services, order.paypalCaptureId)
    expect((await refundsOf(order)).map(({ amount }) => amount)).toEqual([1_000, 200])
  })

  test('a bank that takes all of a payment back of which part was refunded is in the books with all it took', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await refund(order, { kind: 'amount', amountMinor: 1_000 })
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId, String(order.totalMinor / 100))
    const seen = await shop.services.gateway.getRefund(id)
    if (seen.kind !== 'found') throw new Error(seen.kind)
    await recordPayPalRefund(shop.services, order.paypalCaptureId, seen.refund, 'reversal')
    expect(await refundsOf(order)).toEqual([
      { state: 'completed', reason: 'merchant', amount: 1_000 },
      { state: 'completed', reason: 'reversal', amount: order.totalMinor },
    ])
    const holds = await shop.db.execute(sql`select kind from order_holds where order_id = ${order.id}`)
    expect(holds.rows).toEqual([{ kind: 'reversal' }])
    expect(await refund(order, { kind: 'amount', amountMinor: 1 })).toEqual({ kind: 'nothing_left' })
    await expectBooksAgree(order)
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('money that went back whole before its order was placed never becomes an order', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await shop.paypal.approve(paypalOrderId)
    const stray = await shop.services.gateway.captureOrder(paypalOrderId, `stray-${paypalOrderId}`)
    if (stray.kind !== 'captured' || stray.capture.amount === null) throw new Error(stray.kind)
    const { paypalCaptureId, amount } = stray.capture
    const { rows } = await shop.db.execute<{ id: string }>(
      sql`select id from payment_attempts where paypal_order_id = ${paypalOrderId}`,
    )
    const order = {
      id: '',
      orderNumber: '',
      paypalOrderId,
      paypalCaptureId,
      totalMinor: amount.minor,
      attemptId: rows[0]?.id ?? '',
    }
    await refundAtPayPal(order, amount.minor)
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(shop.services)
    await sweepNow()
    await sweepNow()
    expect(await refundsOf(order)).toEqual([
      { state: 'failed', reason: 'gone_at_paypal', amount: amount.minor },
      { state: 'completed', reason: 'paypal', amount: amount.minor },
    ])
    const incidents = await shop.db.execute(
      sql`select kind from payment_incidents where paypal_capture_id = ${paypalCaptureId}`,
    )
    expect(incidents.rows).toEqual([])
    const orders = await shop.db.execute(sql`select 1 from orders where attempt_id = ${order.attemptId}`)
    expect(orders.rows).toEqual([])
    const attempt = await shop.db.execute(sql`select state from payment_attempts where id = ${order.attemptId}`)
    expect(attempt.rows).toEqual([{ state: 'refunded' }])
    await expectBooksAgree(order)
  })
})
