import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { PayPalDispute } from '@/lib/domain/payment-gateway'
import { captureBehindOurBack } from '@/testing/tamper'
import { beginPaying, buy, newBuyer } from '@/testing/test-buyer'
import { readStock } from '@/testing/test-shop'
import { dealWithEvents, openWebhookShop, readInbox, type WebhookShop } from '@/testing/test-webhooks'

import { recordDispute } from './record-dispute'

let shop: WebhookShop

beforeAll(async () => {
  shop = await openWebhookShop()
})
afterAll(() => shop.close())

async function disputeRow(id: string) {
  const { rows } = await shop.db.execute(sql`
    select order_id as "orderId", paypal_capture_id as "captureId", status, stage, outcome, amount_minor::int as minor, currency,
      resolved_at is not null as resolved, extract(epoch from seller_response_due_at)::int as "dueAt"
    from disputes where id = ${id}`)
  return rows[0]
}

async function holdsOf(orderId: string) {
  const { rows } = await shop.db.execute<{ kind: string; open: boolean }>(
    sql`select kind, released_at is null as open from order_holds where order_id = ${orderId} order by kind`,
  )
  return rows.map(({ kind, open }) => `${kind} ${open ? 'open' : 'released'}`)
}

async function deliverAndDeal(): Promise<void> {
  await shop.paypal.drainWebhooks()
  await dealWithEvents(shop)
}

describe('a dispute about an order', () => {
  test('is written down with its deadline and holds the order back; stock stays as it is', async () => {
    const who = await newBuyer(shop.db)
    const order = await buy(shop, who)
    const stock = await readStock(shop.db, who.variantId)
    const due = '2026-12-24T12:00:00.000Z'
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId, {
      amountValue: '10.00',
      sellerResponseDueDate: due,
    })
    await deliverAndDeal()
    const row = await disputeRow(id)
    expect(row).toMatchObject({
      orderId: order.id,
      captureId: order.paypalCaptureId,
      status: 'WAITING_FOR_SELLER_RESPONSE',
      stage: 'INQUIRY',
      outcome: null,
      minor: 1000,
      currency: 'USD',
      resolved: false,
    })
    expect(row?.['dueAt']).toBe(Date.parse(due) / 1000)
    expect(await holdsOf(order.id)).toEqual(['dispute open'])
    expect(await readStock(shop.db, who.variantId)).toEqual(stock)
    await expect(
      shop.db.execute(sql`update orders set state = 'delivered', delivered_at = now() where id = ${order.id}`),
    ).rejects.toThrow()
  })

  test.each(['RESOLVED_SELLER_FAVOUR', 'CANCELED_BY_BUYER'] as const)(
    'that ends as %s releases it',
    async (outcome) => {
      const order = await buy(shop, await newBuyer(shop.db))
      const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
      await deliverAndDeal()
      await shop.paypal.resolveDispute(id, outcome)
      await deliverAndDeal()
      expect(await disputeRow(id)).toMatchObject({ status: 'RESOLVED', outcome, resolved: true })
      expect(await holdsOf(order.id)).toEqual(['dispute released'])
      const { rows } = await shop.db.execute(
        sql`select 1 from refunds where paypal_capture_id = ${order.paypalCaptureId}`,
      )
      expect(rows).toEqual([])
    },
  )

  test.each([
    ['PayPal tells all of it', null],
    ['only the dispute is told', 'PAYMENT.CAPTURE.REVERSED'],
  ])('that is lost keeps it held, and what went back is in the books once: %s', async (_how, lost) => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
    await deliverAndDeal()
    if (lost) await shop.paypal.spoilWebhooks('drop', { eventType: lost })
    await shop.paypal.resolveDispute(id, 'RESOLVED_BUYER_FAVOUR')
    await shop.paypal.drainWebhooks({ order: 'reversed' })
    await dealWithEvents(shop)
    expect(await disputeRow(id)).toMatchObject({ status: 'RESOLVED', resolved: true })
    expect(await holdsOf(order.id)).toEqual(['dispute open', 'reversal open'])
    const { rows } = await shop.db.execute(sql`
      select reason, state, amount_minor::int as minor from refunds where paypal_capture_id = ${order.paypalCaptureId}`)
    expect(rows).toEqual([{ reason: 'reversal', state: 'completed', minor: order.totalMinor }])
  })

  test('is the same whatever order its events come in', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
    await shop.paypal.updateDispute(id, { stage: 'CHARGEBACK' })
    await shop.paypal.resolveDispute(id, 'RESOLVED_SELLER_FAVOUR')
    await shop.paypal.drainWebhooks({ order: 'reversed' })
    await dealWithEvents(shop)
    expect(await disputeRow(id)).toMatchObject({ status: 'RESOLVED', stage: 'CHARGEBACK' })
    expect(await holdsOf(order.id)).not.toContain('dispute open')
    expect((await readInbox(shop.db, id)).map(({ done }) => done)).toEqual([true, true, true])
  })

  test('that was looked at earlier and is written later does not undo what is known', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
    await shop.paypal.drainWebhooks()
    const early = await shop.services.gateway.getDispute(id)
    await shop.paypal.advance(60)
    await shop.paypal.resolveDispute(id, 'RESOLVED_SELLER_FAVOUR')
    expect(await recordDispute(shop.services, id)).toBe('recorded')
    const slow = { ...shop.services, gateway: { ...shop.services.gateway, getDispute: async () => early } }
    expect(await recordDispute(slow, id)).toBe('recorded')
    expect(await disputeRow(id)).toMatchObject({ status: 'RESOLVED' })
    expect(await holdsOf(order.id)).toEqual([])
  })

  test('does not put back a hold that a person has released', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
    expect(await recordDispute(shop.services, id)).toBe('recorded')
    await shop.db.execute(sql`update order_holds set released_at = now() where order_id = ${order.id}`)
    await shop.paypal.updateDispute(id, { message: 'Where is it?' })
    expect(await recordDispute(shop.services, id)).toBe('recorded')
    expect(await holdsOf(order.id)).toEqual(['dispute released'])
  })

  test('is asked about again when PayPal gives no answer', async () => {
    await deliverAndDeal()
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
    await shop.paypal.fault('get_dispute', 'error_before')
    await deliverAndDeal()
    expect(await readInbox(shop.db, id)).toMatchObject([{ done: false, note: 'no answer' }])
    await dealWithEvents(shop)
    expect(await holdsOf(order.id)).toEqual(['dispute open'])
  })
})

describe('a dispute about a payment', () => {
  test('that our books did not have yet brings the order, and holds it', async () => {
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    const captureId = await captureBehindOurBack(shop, paypalOrderId)
    await shop.paypal.openDispute(captureId)
    await shop.paypal.drainWebhooks({ order: 'reversed' })
    await dealWithEvents(shop)
    const { rows } = await shop.db.execute<{ id: string }>(
      sql`select id from orders where paypal_capture_id = ${captureId}`,
    )
    expect(await holdsOf(rows[0]?.id ?? '')).toEqual(['dispute open'])
  })

  test('and another one at once holds back the orders of both, until it is won', async () => {
    const [first, second] = [await buy(shop, await newBuyer(shop.db)), await buy(shop, await newBuyer(shop.db))]
    const { id } = await shop.paypal.openDispute(first.paypalCaptureId)
    const seen = await shop.services.gateway.getDispute(id)
    if (seen.kind !== 'found') throw new Error(seen.kind)
    const transactions = [...seen.dispute.transactions, { paypalCaptureId: second.paypalCaptureId, invoiceId: null }]
    const look = (change: Partial<PayPalDispute>) => {
      const dispute = { ...seen.dispute, transactions, ...change }
      const gateway = { ...shop.services.gateway, getDispute: async () => ({ kind: 'found', dispute }) as const }
      return recordDispute({ ...shop.services, gateway }, id)
    }
    await look({})
    expect(await holdsOf(first.id)).toEqual(['dispute open'])
    expect(await holdsOf(second.id)).toEqual(['dispute open'])
    // As if the second payment had come into the books only now.
    await shop.db.execute(sql`delete from order_holds where order_id = ${second.id}`)
    await look({})
    expect(await holdsOf(second.id)).toEqual(['dispute open'])
    await look({ status: 'RESOLVED', outcome: 'RESOLVED_SELLER_FAVOUR' })
    expect(await holdsOf(first.id)).toEqual(['dispute released'])
    expect(await holdsOf(second.id)).toEqual(['dispute released'])
  })

  test('that is lost takes what was disputed for a reversal, and what the seller gave back for a refund', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.refundOnSite(order.paypalCaptureId, '3.00')
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId, { amountValue: '7.77' })
    await shop.paypal.resolveDispute(id, 'RESOLVED_BUYER_FAVOUR')
    await recordDispute(shop.services, id)
    const { rows } = await shop.db.execute(sql`
      select reason, amount_minor::int as minor from refunds where paypal_capture_id = ${order.paypalCaptureId} order by 2`)
    expect(rows).toEqual([
      { reason: 'paypal', minor: 300 },
      { reason: 'reversal', minor: 777 },
    ])
  })

  test('that PayPal does not show yet is asked for again, and is for a person when it never shows', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await deliverAndDeal()
    await shop.paypal.openDispute(order.paypalCaptureId)
    await shop.paypal.drainWebhooks()
    await shop.paypal.fault('get_dispute', 'refuse', { issue: 'INVALID_RESOURCE_ID', times: 2 })
    await dealWithEvents(shop)
    const pending = async () =>
      (
        await shop.db.execute<{ id: string; resource: string }>(
          sql`select id, resource_id as resource from webhook_events where done_at is null`,
        )
      ).rows
    const [event] = await pending()
    if (!event) throw new Error('the event was dropped')
    await shop.db.execute(
      sql`update webhook_events set received_at = now() - interval '31 minutes', next_action_at = now() where id = ${event.id}`,
    )
    await dealWithEvents(shop)
    expect(await pending()).toEqual([])
    const { rows } = await shop.db.execute(
      sql`select paypal_capture_id as capture from payment_incidents where key = ${`dispute_unmatched:${event.resource}`}`,
    )
    expect(rows).toEqual([{ capture: order.paypalCaptureId }])
  })

  test('of another shop on the same account is left alone', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
    const seen = await shop.services.gateway.getDispute(id)
    if (seen.kind !== 'found') throw new Error(seen.kind)
    const foreign = {
      ...seen.dispute,
      disputeId: 'PP-D-OTHER',
      transactions: [{ paypalCaptureId: 'OTHERCAPTURE', invoiceId: 'OTHERSHOP-1' }],
    }
    const gateway = { ...shop.services.gateway, getDispute: async () => ({ kind: 'found', dispute: foreign }) as const }
    expect(await recordDispute({ ...shop.services, gateway }, 'PP-D-OTHER')).toBe('not_ours')
    expect(await disputeRow('PP-D-OTHER')).toBeUndefined()
  })

  test('that nothing tells apart from ours is put before a person', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id } = await shop.paypal.openDispute(order.paypalCaptureId)
    const seen = await shop.services.gateway.getDispute(id)
    if (seen.kind !== 'found') throw new Error(seen.kind)
    const transactions = [{ paypalCaptureId: 'NOBODYSCAPTURE', invoiceId: null }]
    const dispute = { ...seen.dispute, disputeId: 'PP-D-NOBODY', transactions }
    const gateway = { ...shop.services.gateway, getDispute: async () => ({ kind: 'found', dispute }) as const }
    expect(await recordDispute({ ...shop.services, gateway }, 'PP-D-NOBODY')).toBe('recorded')
    const { rows } = await shop.db.execute(
      sql`select kind, paypal_capture_id as "captureId" from payment_incidents where key = 'dispute_unmatched:PP-D-NOBODY'`,
    )
    expect(rows).toEqual([{ kind: 'dispute_unmatched', captureId: 'NOBODYSCAPTURE' }])
  })
})
