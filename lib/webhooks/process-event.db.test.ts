import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'
import { finishPayment, readPayment } from '@/lib/payments/finish-payment'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { captureBehindOurBack, loseAttempt } from '@/testing/tamper'
import { beginPaying, buy, heldAtPayPal, newBuyer, type TestBuyer } from '@/testing/test-buyer'
import { letTimePass, readStock } from '@/testing/test-shop'
import { dealWithEvents, openWebhookShop, readInbox, type WebhookShop } from '@/testing/test-webhooks'

let shop: WebhookShop

beforeAll(async () => {
  shop = await openWebhookShop()
})
afterAll(() => shop.close())

async function ordersOf(who: TestBuyer): Promise<number> {
  const { rows } = await shop.db.execute<{ count: number }>(
    sql`select count(*)::int as count from orders where cart_id = ${who.cart.cartId}`,
  )
  return rows[0]?.count ?? 0
}

async function attemptOf(paypalOrderId: string) {
  const { rows } = await shop.db.execute<{ state: string; reason: string | null; id: string }>(
    sql`select id, state, close_reason as reason from payment_attempts where paypal_order_id = ${paypalOrderId}`,
  )
  return rows[0]
}

async function deliverAndDeal(order: 'as_raised' | 'reversed' = 'as_raised'): Promise<void> {
  await shop.paypal.drainWebhooks({ order })
  await dealWithEvents(shop)
}

/** Approved with a review, captured by the buyer's browser, told that it is pending. */
async function pending(who: TestBuyer): Promise<{ paypalOrderId: string; captureId: string }> {
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId, 'pending')
  expect(await finishPayment(shop.services, { ...who, paypalOrderId })).toEqual({ kind: 'pending' })
  const seen = await shop.services.gateway.getOrder(paypalOrderId)
  if (seen.kind !== 'found') throw new Error(seen.kind)
  return { paypalOrderId, captureId: seen.order.captures[0]?.paypalCaptureId ?? '' }
}

describe('a buyer who approved and closed the browser', () => {
  test('has an order by the webhook alone', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await shop.paypal.approve(paypalOrderId)
    await deliverAndDeal()
    expect(await ordersOf(who)).toBe(1)
    expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 8, held: 0 })
    // What the capture itself raises finds everything done.
    await deliverAndDeal()
    expect(await ordersOf(who)).toBe(1)
    expect((await readInbox(shop.db, paypalOrderId)).map(({ type, done }) => [type, done])).toEqual([
      ['CHECKOUT.ORDER.APPROVED', true],
      ['PAYMENT.CAPTURE.COMPLETED', true],
    ])
  })

  test('has one order when browser and event come at the same time', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await shop.paypal.approve(paypalOrderId)
    await shop.paypal.drainWebhooks()
    const [outcome] = await Promise.all([finishPayment(shop.services, { ...who, paypalOrderId }), dealWithEvents(shop)])
    expect(outcome).toMatchObject({ kind: 'order_placed' })
    await deliverAndDeal()
    expect(await ordersOf(who)).toBe(1)
    expect(await heldAtPayPal(shop, paypalOrderId)).toBeGreaterThan(0)
    expect((await readInbox(shop.db, paypalOrderId)).every(({ done }) => done)).toBe(true)
  })

  test('is asked about again when PayPal gives no answer, until it does', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await shop.paypal.approve(paypalOrderId)
    await shop.paypal.fault('get_order', 'error_before')
    await deliverAndDeal()
    expect(await readInbox(shop.db, paypalOrderId)).toMatchObject([{ done: false, tries: 1, note: 'no answer' }])
    await dealWithEvents(shop)
    expect(await ordersOf(who)).toBe(1)
    expect(await readInbox(shop.db, paypalOrderId)).toMatchObject([{ done: true, tries: 2 }])
  })
})

describe('after a decline', () => {
  async function declined(who: TestBuyer): Promise<string> {
    const paypalOrderId = await beginPaying(shop, who)
    await shop.paypal.approve(paypalOrderId, 'declined_card')
    expect(await finishPayment(shop.services, { ...who, paypalOrderId })).toMatchObject({ kind: 'declined' })
    return paypalOrderId
  }

  test('the worker tries again when the buyer has approved again and closed the browser', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await declined(who)
    await shop.paypal.drainWebhooks()
    await shop.paypal.advance(2)
    await shop.paypal.approve(paypalOrderId)
    await deliverAndDeal()
    expect(await ordersOf(who)).toBe(1)
  })

  test('an approval from before it that arrives late is no new wish', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await declined(who)
    await shop.db.execute(
      sql`update payment_attempts set declined_at = now() + interval '1 hour' where paypal_order_id = ${paypalOrderId}`,
    )
    // As if PayPal went on showing it as approved.
    await shop.paypal.approve(paypalOrderId)
    await deliverAndDeal()
    expect(await ordersOf(who)).toBe(0)
    expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'created' })
    expect((await readInbox(shop.db, paypalOrderId)).every(({ done }) => done)).toBe(true)
  })

  test('without an event the worker does not try again', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await declined(who)
    await shop.paypal.approve(paypalOrderId)
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(shop.services)
    expect(await ordersOf(who)).toBe(0)
    await shop.paypal.drainWebhooks()
  })
})

describe('a payment that PayPal reviews', () => {
  test('keeps its stock, and is an order once PayPal has the money', async () => {
    const who = await newBuyer(shop.db)
    const { paypalOrderId, captureId } = await pending(who)
    await deliverAndDeal()
    expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'pending' })
    expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 10, held: 2 })
    await shop.paypal.completeCapture(captureId)
    await deliverAndDeal()
    expect(await ordersOf(who)).toBe(1)
    expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 8, held: 0 })
    expect(await readPayment(shop.services, { ...who, paypalOrderId })).toMatchObject({ kind: 'order_placed' })
  })

  test.each(['DENIED', 'DECLINED'])(
    'frees its stock when it is %s; the buyer is told, and may pay anew',
    async (word) => {
      const who = await newBuyer(shop.db)
      const { paypalOrderId, captureId } = await pending(who)
      await shop.paypal.spoilWebhooks('drop', { eventType: 'PAYMENT.CAPTURE.DENIED' })
      await shop.paypal.denyCapture(captureId)
      await shop.paypal.sendWebhook({ eventType: `PAYMENT.CAPTURE.${word}`, resource: { id: captureId } })
      await deliverAndDeal()
      expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'closed', reason: 'capture_denied' })
      expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 10, held: 0 })
      expect(await readPayment(shop.services, { ...who, paypalOrderId })).toEqual({
        kind: 'closed',
        reason: 'capture_denied',
      })
      const { rows } = await shop.db.execute(sql`select kind from mail_outbox where key like ${'payment_failed%'}
      and payload->>'attemptId' = ${(await attemptOf(paypalOrderId))?.id}`)
      expect(rows).toHaveLength(1)
      await buy(shop, who)
      expect(await ordersOf(who)).toBe(1)
      await shop.paypal.drainWebhooks()
    },
  )

  test('ends the same when its events arrive in the wrong order', async () => {
    const who = await newBuyer(shop.db)
    const { captureId } = await pending(who)
    await shop.paypal.completeCapture(captureId)
    await deliverAndDeal('reversed')
    expect(await ordersOf(who)).toBe(1)
  })

  test('is also found when the events do not name their PayPal order', async () => {
    await shop.paypal.set({ capturesNameTheirOrder: false })
    const who = await newBuyer(shop.db)
    const { captureId } = await pending(who)
    await shop.paypal.denyCapture(captureId)
    await deliverAndDeal()
    await shop.paypal.set({ capturesNameTheirOrder: true })
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(shop.services)
    expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 10, held: 0 })
  })

  describe('and whose order it no longer shows', () => {
    const hideOrder = () => shop.paypal.fault('get_order', 'refuse', { issue: 'INVALID_RESOURCE_ID', times: 50 })

    async function sweep(who: TestBuyer): Promise<void> {
      await letTimePass(shop.db, who.cart.cartId)
      await sweepPayments(shop.services)
    }

    test('keeps its stock, and is an order once the capture itself shows the money', async () => {
      const who = await newBuyer(shop.db)
      const { paypalOrderId, captureId } = await pending(who)
      await shop.paypal.drainWebhooks()
      await dealWithEvents(shop)
      await hideOrder()
      await sweep(who)
      expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'pending' })
      expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 10, held: 2 })
      await shop.paypal.completeCapture(captureId)
      await sweep(who)
      expect(await ordersOf(who)).toBe(1)
      await shop.paypal.forgetFaults()
      await deliverAndDeal()
      expect(await ordersOf(who)).toBe(1)
    })

    test('ends when the capture itself is denied', async () => {
      const who = await newBuyer(shop.db)
      const { paypalOrderId, captureId } = await pending(who)
      await hideOrder()
      await shop.paypal.denyCapture(captureId)
      await sweep(who)
      expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'closed', reason: 'capture_denied' })
      expect(await readStock(shop.db, who.variantId)).toEqual({ onHand: 10, held: 0 })
      await shop.paypal.forgetFaults()
      await deliverAndDeal()
    })

    test('is an order by an event that names the capture, also when the attempt was given up', async () => {
      const who = await newBuyer(shop.db)
      const paypalOrderId = await beginPaying(shop, who)
      await closeCartAttempts(shop.db, who.cart.cartId)
      const captureId = await captureBehindOurBack(shop, paypalOrderId, 'pending')
      await hideOrder()
      await shop.paypal.completeCapture(captureId)
      await deliverAndDeal('reversed')
      expect(await ordersOf(who)).toBe(1)
      await shop.paypal.forgetFaults()
    })

    test('is watched as long as PayPal has it under review, when the attempt was given up before', async () => {
      const who = await newBuyer(shop.db)
      const paypalOrderId = await beginPaying(shop, who)
      await closeCartAttempts(shop.db, who.cart.cartId)
      const captureId = await captureBehindOurBack(shop, paypalOrderId, 'pending')
      await shop.db.execute(sql`update payment_attempts set watch_until = now() + interval '1 minute'
        where paypal_order_id = ${paypalOrderId}`)
      await sweep(who)
      const { rows } = await shop.db.execute(sql`select pending_capture_id as capture,
        watch_until > now() + interval '2 days' as watched from payment_attempts where paypal_order_id = ${paypalOrderId}`)
      expect(rows).toEqual([{ capture: captureId, watched: true }])
      await hideOrder()
      await shop.paypal.completeCapture(captureId)
      await sweep(who)
      expect(await ordersOf(who)).toBe(1)
      await shop.paypal.forgetFaults()
      await shop.paypal.drainWebhooks()
    })
  })

  test('an approval that ran out ends the attempt', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    const event = { eventType: 'CHECKOUT.PAYMENT-APPROVAL.REVERSED', resource: { order_id: paypalOrderId } }
    await shop.paypal.sendWebhook(event)
    await dealWithEvents(shop)
    expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'created' })
    await shop.db.execute(
      sql`update payment_attempts set hold_expires_at = now() where paypal_order_id = ${paypalOrderId}`,
    )
    await shop.paypal.sendWebhook(event)
    await dealWithEvents(shop)
    expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'closed' })
  })
})

describe('what is not ours, or not known', () => {
  test.each([
    ['CHECKOUT.ORDER.APPROVED', { id: 'FOREIGNORDER1' }],
    ['CHECKOUT.PAYMENT-APPROVAL.REVERSED', { order_id: 'FOREIGNORDER1' }],
    ['PAYMENT.CAPTURE.COMPLETED', { id: 'FOREIGNCAPTURE1' }],
    ['PAYMENT.CAPTURE.REFUNDED', { id: 'FOREIGNREFUND1' }],
    ['SOMETHING.NEW', { id: 'NEW1' }],
    ['PAYMENT.CAPTURE.COMPLETED', {}],
  ])('is done at once: %s', async (eventType, resource) => {
    const [sent] = await shop.paypal.sendWebhook({ eventType, resource })
    await dealWithEvents(shop)
    const event = (await readInbox(shop.db)).find(({ id }) => id === sent?.eventId)
    expect(event).toMatchObject({ done: true, tries: 1 })
    expect(event?.note).not.toBeNull()
  })

  test('a body that lies about a payment changes nothing: PayPal is asked', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    const lie = { id: 'LIE1', status: 'COMPLETED', supplementary_data: { related_ids: { order_id: paypalOrderId } } }
    await shop.paypal.sendWebhook({ eventType: 'PAYMENT.CAPTURE.COMPLETED', resource: lie })
    await dealWithEvents(shop)
    expect(await ordersOf(who)).toBe(0)
    expect(await attemptOf(paypalOrderId)).toMatchObject({ state: 'created' })
  })

  test('a payment whose row is lost is an order again by its event', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await captureBehindOurBack(shop, paypalOrderId)
    await loseAttempt(shop, paypalOrderId)
    await deliverAndDeal()
    expect(await ordersOf(who)).toBe(1)
  })
})
