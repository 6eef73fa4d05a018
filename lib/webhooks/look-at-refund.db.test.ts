import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkInvariants } from '@/db/queries/invariant-checks'
import { recordPayPalRefund } from '@/lib/payments/record-paypal-refund'
import { syncRefunds } from '@/lib/payments/sync-refunds'
import { captureBehindOurBack } from '@/testing/tamper'
import { beginPaying, buy, newBuyer, type TestBuyer } from '@/testing/test-buyer'
import { dealWithEvents, openWebhookShop, type WebhookShop } from '@/testing/test-webhooks'

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

async function refundsOf(paypalCaptureId: string) {
  const { rows } = await shop.db.execute<{ reason: string; state: string; minor: number; paypalRefundId: string }>(sql`
    select reason, state, amount_minor::int as minor, paypal_refund_id as "paypalRefundId" from refunds
    where paypal_capture_id = ${paypalCaptureId} order by created_at`)
  return rows
}

async function holdsOf(orderId: string) {
  const { rows } = await shop.db.execute<{ kind: string; open: boolean }>(
    sql`select kind, released_at is null as open from order_holds where order_id = ${orderId} order by kind`,
  )
  return rows
}

async function incidentsAbout(subject: string): Promise<string[]> {
  const { rows } = await shop.db.execute<{ kind: string }>(
    sql`select kind from payment_incidents where key like ${`%:${subject}`}`,
  )
  return rows.map(({ kind }) => kind)
}

async function deliverAndDeal(order: 'as_raised' | 'reversed' = 'as_raised'): Promise<void> {
  await shop.paypal.drainWebhooks({ order })
  await dealWithEvents(shop)
}

async function sumOf(account: string, ref: string): Promise<number> {
  const { rows } = await shop.db.execute<{ minor: number }>(sql`
    select coalesce(sum(p.amount_minor), 0)::int as minor from journal_postings p join journal_entries e on e.id = p.entry_id
    where p.account = ${account} and e.ref = ${ref}`)
  return rows[0]?.minor ?? 0
}

describe('money that went back', () => {
  test('on PayPal’s own site comes into the books once, however often PayPal tells it', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.spoilWebhooks('duplicate', { copies: 3, eventType: 'PAYMENT.CAPTURE.REFUNDED' })
    const { id } = await shop.paypal.refundOnSite(order.paypalCaptureId, '12.50')
    await deliverAndDeal()
    expect(await refundsOf(order.paypalCaptureId)).toEqual([
      { reason: 'paypal', state: 'completed', minor: 1250, paypalRefundId: id },
    ])
    await shop.paypal.refundOnSite(order.paypalCaptureId, '1.00')
    await deliverAndDeal('reversed')
    expect((await refundsOf(order.paypalCaptureId)).map(({ minor }) => minor)).toEqual([1250, 100])
    expect(await holdsOf(order.id)).toEqual([])
  })

  test('before we had heard of the capture is booked after the capture', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    const captureId = await captureBehindOurBack(shop, paypalOrderId)
    await shop.paypal.refundOnSite(captureId, '5.00')
    await deliverAndDeal('reversed')
    expect(await ordersOf(who)).toBe(1)
    expect(await refundsOf(captureId)).toMatchObject([{ reason: 'paypal', minor: 500 }])
  })

  test('because a bank took it is a reversal, and holds the order back', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.reverseCapture(order.paypalCaptureId)
    await deliverAndDeal()
    expect(await refundsOf(order.paypalCaptureId)).toMatchObject([
      { reason: 'reversal', state: 'completed', minor: order.totalMinor },
    ])
    expect(await holdsOf(order.id)).toEqual([{ kind: 'reversal', open: true }])
  })

  test('and was taken for a refund holds the order back all the same, but only once', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.drainWebhooks()
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    const seen = await shop.services.gateway.getRefund(id)
    if (seen.kind !== 'found') throw new Error(seen.kind)
    await recordPayPalRefund(shop.services, order.paypalCaptureId, seen.refund)
    expect(await holdsOf(order.id)).toEqual([{ kind: 'unpaid', open: true }])
    expect(await refundsOf(order.paypalCaptureId)).toMatchObject([{ reason: 'paypal' }])
    await deliverAndDeal()
    expect(await refundsOf(order.paypalCaptureId)).toMatchObject([{ reason: 'reversal', state: 'completed' }])
    expect(await sumOf('reversals', id)).toBe(order.totalMinor)
    expect(await sumOf('refunds', id)).toBe(0)
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
    expect(await holdsOf(order.id)).toEqual([
      { kind: 'reversal', open: true },
      { kind: 'unpaid', open: false },
    ])
    await shop.db.execute(sql`update order_holds set released_at = now() where order_id = ${order.id}`)
    await shop.db.execute(
      sql`update webhook_events set done_at = null, next_action_at = now() where resource_id = ${id}`,
    )
    await dealWithEvents(shop)
    expect(await holdsOf(order.id)).toEqual([
      { kind: 'reversal', open: false },
      { kind: 'unpaid', open: false },
    ])
  })

  test('by a reversal that only the order shows is booked anew as one', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await deliverAndDeal()
    const { id } = await shop.paypal.reverseCapture(order.paypalCaptureId)
    await syncRefunds(shop.services, order.paypalCaptureId)
    expect(await refundsOf(order.paypalCaptureId)).toMatchObject([{ reason: 'paypal' }])
    await shop.paypal.fault('get_refund', 'refuse', { issue: 'INVALID_RESOURCE_ID' })
    await deliverAndDeal()
    expect(await refundsOf(order.paypalCaptureId)).toMatchObject([{ reason: 'reversal', paypalRefundId: id }])
    expect(await incidentsAbout(id)).toEqual([])
  })

  test('by a refund that PayPal does not show is put before a person', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.drainWebhooks()
    const up = { rel: 'up', href: `${shop.paypal.url}/v2/payments/captures/${order.paypalCaptureId}` }
    await shop.paypal.sendWebhook({
      eventType: 'PAYMENT.CAPTURE.REVERSED',
      resource: { id: 'NOSUCHREFUND1', links: [up] },
    })
    await dealWithEvents(shop)
    expect(await incidentsAbout('NOSUCHREFUND1')).toEqual(['refund_unmatched'])
    expect(await holdsOf(order.id)).toEqual([{ kind: 'reversal', open: true }])
  })
})
