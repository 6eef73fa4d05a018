import { randomUUID } from 'node:crypto'

import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { mailOutbox } from '@/db/schema/mail'
import { refunds } from '@/db/schema/refunds'
import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'
import { finishPayment } from '@/lib/payments/finish-payment'
import { recordPayPalRefund } from '@/lib/payments/record-paypal-refund'
import { requestRefund } from '@/lib/payments/request-refund'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'
import { syncRefunds } from '@/lib/payments/sync-refunds'
import { beginPaying, buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { letTimePass } from '@/testing/test-shop'

import { queueMail } from './queue-mail'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
beforeEach(() => shop.db.delete(mailOutbox))

const queued = () => shop.db.select().from(mailOutbox).orderBy(asc(mailOutbox.id))

test('an order has its mail in the same transaction, once, however often the payment is finished', async () => {
  const who = await newBuyer(shop.db)
  const order = await buy(shop, who)
  await finishPayment(shop.services, { ...who, paypalOrderId: order.paypalOrderId })
  expect(await queued()).toMatchObject([
    {
      key: `order_placed:${order.id}`,
      recipient: 'buyer@example.com',
      payload: { kind: 'order_placed', orderId: order.id },
    },
  ])
})

test('a buyer whose payment PayPal reviews hears of that once, and then of the order', async () => {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId, 'pending')
  await finishPayment(shop.services, { ...who, paypalOrderId })
  await letTimePass(shop.db, who.cart.cartId)
  await sweepPayments(shop.services)
  expect((await queued()).map(({ kind }) => kind)).toEqual(['payment_checked'])
  const pending = (await shop.paypal.ledger()).findLast((entry) => entry.orderId === paypalOrderId)
  await shop.paypal.completeCapture(pending?.captureId ?? '')
  await letTimePass(shop.db, who.cart.cartId)
  await sweepPayments(shop.services)
  expect((await queued()).map(({ kind }) => kind)).toEqual(['payment_checked', 'order_placed'])
})

test('a buyer whose reviewed payment PayPal denies hears of it', async () => {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId, 'pending')
  await finishPayment(shop.services, { ...who, paypalOrderId })
  const pending = (await shop.paypal.ledger()).findLast((entry) => entry.orderId === paypalOrderId)
  await shop.paypal.denyCapture(pending?.captureId ?? '')
  await letTimePass(shop.db, who.cart.cartId)
  await sweepPayments(shop.services)
  expect((await queued()).map(({ kind }) => kind)).toEqual(['payment_checked', 'payment_failed'])
})

test('a buyer who is told in the browser gets no mail about a declined card', async () => {
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId, 'declined_card')
  await finishPayment(shop.services, { ...who, paypalOrderId })
  expect(await queued()).toEqual([])
})

describe('money that goes back', () => {
  const give = (orderNumber: string, refundId: string, amountMinor: number) =>
    requestRefund(shop.services, { refundId, orderNumber, request: { kind: 'amount', amountMinor }, noteToPayer: '' })
  const returned = async () => (await queued()).filter(({ kind }) => kind !== 'order_placed')

  test('of an order is mailed once for each refund, however often it is asked for', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const [first, second] = [randomUUID(), randomUUID()]
    await give(order.orderNumber, first, 500)
    await give(order.orderNumber, first, 500)
    await give(order.orderNumber, second, 600)
    const payload = { kind: 'refunded', orderId: order.id, currency: 'USD' }
    expect(await returned()).toMatchObject([
      { key: `refunded:${first}`, recipient: 'buyer@example.com', payload: { ...payload, amountMinor: 500 } },
      { key: `refunded:${second}`, payload: { ...payload, amountMinor: 600 } },
    ])
  })

  test('is not mailed when PayPal refuses, nor before PayPal has sent it', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_TIME_LIMIT_EXCEEDED' })
    await give(order.orderNumber, randomUUID(), 500)
    await shop.paypal.fault('refund', 'drop_before')
    await give(order.orderNumber, randomUUID(), 600)
    expect(await returned()).toEqual([])
    await shop.db
      .update(refunds)
      .set({ nextActionAt: sql`now()` })
      .where(eq(refunds.state, 'pending'))
    await sweepRefunds(shop.services)
    expect(await returned()).toMatchObject([{ kind: 'refunded', payload: { amountMinor: 600 } }])
  })

  test('of an order at PayPal’s own site is mailed, too', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.refundOnSite(order.paypalCaptureId, '7.00')
    await syncRefunds(shop.services, order.paypalCaptureId)
    await syncRefunds(shop.services, order.paypalCaptureId)
    expect(await returned()).toMatchObject([{ kind: 'refunded', payload: { orderId: order.id, amountMinor: 700 } }])
  })

  test('because the buyer has disputed it is not ours to announce', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const seen = {
      paypalRefundId: 'REVERSAL1',
      paypalCaptureId: order.paypalCaptureId,
      customId: null,
      status: 'COMPLETED',
      amount: { minor: order.totalMinor, currency: 'USD' },
    } as const
    expect(await recordPayPalRefund(shop.services, order.paypalCaptureId, seen, 'reversal')).toBe(true)
    expect(await returned()).toEqual([])
  })

  test('because it could not become an order is mailed with the reason', async () => {
    const who = await newBuyer(shop.db, { onHand: 2 })
    const paypalOrderId = await beginPaying(shop, who)
    await closeCartAttempts(shop.db, who.cart.cartId)
    await beginPaying(shop, await newBuyer(shop.db, { variantId: who.variantId }))
    await shop.paypal.approve(paypalOrderId)
    const stray = await shop.services.gateway.captureOrder(paypalOrderId, `stray-${paypalOrderId}`)
    if (stray.kind !== 'captured') throw new Error(stray.kind)
    await letTimePass(shop.db, who.cart.cartId)
    await sweepPayments(shop.services)
    await sweepRefunds(shop.services)
    await sweepRefunds(shop.services)
    expect(await returned()).toMatchObject([
      {
        kind: 'payment_returned',
        recipient: 'buyer@example.com',
        payload: {
          attemptId: stray.capture.customId,
          amountMinor: stray.capture.amount?.minor,
          reason: 'unfulfillable',
        },
      },
    ])
  })
})

test('a transaction that fails takes its mail back', async () => {
  const failing = inTransaction(shop.db, async (tx) => {
    await queueMail(tx, { kind: 'password_changed' }, { to: 'reader@example.com', about: '1' })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await queued()).toEqual([])
})

test.each(['', 'a@example.com,b@example.com', 'a@example.com\r\nBcc: b@example.com', '"a"@example.com', 'A <a@b.co>'])(
  'mail to %j is not queued and fails nothing',
  async (to) => {
    await inTransaction(shop.db, (tx) => queueMail(tx, { kind: 'password_changed' }, { to, about: '1' }))
    expect(await queued()).toEqual([])
  },
)
