import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { forgetEventBodies, reopenEvents } from '@/db/queries/webhook-events'
import { beginPaying, buy, newBuyer } from '@/testing/test-buyer'
import { dealWithEvents, openWebhookShop, readInbox, type WebhookShop } from '@/testing/test-webhooks'

import { catchUpEvents } from './catch-up-events'

let shop: WebhookShop

beforeAll(async () => {
  shop = await openWebhookShop()
})
beforeEach(() => shop.db.execute(sql`delete from webhook_catch_ups`))
afterAll(() => shop.close())

test('an event that never reached the door is found, and dealt with as if it had', async () => {
  await shop.paypal.spoilWebhooks('drop')
  const who = await newBuyer(shop.db)
  const paypalOrderId = await beginPaying(shop, who)
  await shop.paypal.approve(paypalOrderId)
  expect(await shop.paypal.drainWebhooks()).toEqual([])
  const later = { ...shop.services, webhooks: lookingAhead() }
  expect(await catchUpEvents(later)).toBeGreaterThan(0)
  expect(await readInbox(shop.db, paypalOrderId)).toMatchObject([{ source: 'caught_up', done: false }])
  await dealWithEvents(shop)
  const { rows } = await shop.db.execute(sql`select 1 from orders where cart_id = ${who.cart.cartId}`)
  expect(rows).toHaveLength(1)
})

/** Events of the last minutes are left to the door; here they are asked for all the same. */
function lookingAhead(): WebhookShop['services']['webhooks'] {
  const { webhooks } = shop.services
  return {
    ...webhooks,
    listEvents: ({ from, to }) => webhooks.listEvents({ from, to: new Date(to.getTime() + 600_000) }),
  }
}

test('what has just happened is left to the door', async () => {
  await shop.paypal.spoilWebhooks('drop')
  const paypalOrderId = await beginPaying(shop, await newBuyer(shop.db))
  await shop.paypal.approve(paypalOrderId)
  await catchUpEvents(shop.services)
  expect(await readInbox(shop.db, paypalOrderId)).toEqual([])
})

test('an event that the door has is not there twice, whichever comes first', async () => {
  const order = await buy(shop, await newBuyer(shop.db))
  const later = { ...shop.services, webhooks: lookingAhead() }
  await catchUpEvents(later)
  const first = await readInbox(shop.db, order.paypalOrderId)
  expect(first.length).toBeGreaterThan(1)
  expect(await shop.paypal.drainWebhooks()).not.toEqual([])
  expect(await readInbox(shop.db, order.paypalOrderId)).toEqual(first)
  await shop.db.execute(sql`delete from webhook_catch_ups`)
  expect(await catchUpEvents(later)).toBe(0)
})

test('one process at a time asks, every fifteen minutes, from where the last one ended', async () => {
  const spans: { from: Date; to: Date }[] = []
  const webhooks = {
    ...shop.services.webhooks,
    listEvents: async (span: { from: Date; to: Date }) => {
      spans.push(span)
      return { kind: 'listed', events: [] } as const
    },
  }
  const services = { ...shop.services, webhooks }
  expect(await Promise.all([1, 2, 3].map(() => catchUpEvents(services)))).toEqual(
    expect.arrayContaining([0, null, null]),
  )
  await shop.db.execute(sql`update webhook_catch_ups set turn_at = now() - interval '14 minutes'`)
  expect(await catchUpEvents(services)).toBeNull()
  await shop.db.execute(sql`update webhook_catch_ups set turn_at = now() - interval '16 minutes'`)
  expect(await catchUpEvents(services)).toBe(0)
  expect(spans).toHaveLength(2)
  expect(spans[1]?.from).toEqual(new Date((spans[0]?.to.getTime() ?? 0) - 3_600_000))
})

test('a list that PayPal does not give is asked for again from the same time', async () => {
  await shop.paypal.fault('list_events', 'error_before')
  expect(await catchUpEvents(shop.services)).toBeNull()
  const { rows } = await shop.db.execute<{ hours: number }>(
    sql`select round(extract(epoch from now() - caught_up_to) / 3600)::int as hours from webhook_catch_ups`,
  )
  expect(rows).toEqual([{ hours: 72 }])
})

test('more events than fit on a page are all found', async () => {
  for (let count = 0; count < 120; count++) {
    await shop.paypal.sendWebhook({ eventType: 'MANY.TOLD', resource: { id: `MANY${count}` } })
  }
  await shop.db.execute(sql`delete from webhook_events where event_type = 'MANY.TOLD'`)
  expect(await catchUpEvents({ ...shop.services, webhooks: lookingAhead() })).toBe(120)
  const { rows } = await shop.db.execute(
    sql`select count(*)::int as count from webhook_events where event_type = 'MANY.TOLD'`,
  )
  expect(rows).toEqual([{ count: 120 }])
  await shop.db.execute(sql`delete from webhook_events where event_type = 'MANY.TOLD'`)
})

test('stored events are looked at anew when somebody asks, by id or since a time', async () => {
  const [sent] = await shop.paypal.sendWebhook({ eventType: 'SOMETHING.NEW', resource: { id: 'AGAIN1' } })
  await dealWithEvents(shop)
  expect(await readInbox(shop.db, 'AGAIN1')).toMatchObject([{ done: true }])
  expect(await reopenEvents(shop.db, { ids: [sent?.eventId ?? '', 'WH-unknown'] })).toEqual([sent?.eventId])
  expect(await readInbox(shop.db, 'AGAIN1')).toMatchObject([{ done: false, tries: 0 }])
  await dealWithEvents(shop)
  expect(await reopenEvents(shop.db, { since: new Date(Date.now() + 3_600_000) })).toEqual([])
  expect((await reopenEvents(shop.db, { since: new Date(Date.now() - 3_600_000) })).length).toBeGreaterThan(1)
  await dealWithEvents(shop)
})

test('what tells who bought is forgotten after three months, and the event stays known', async () => {
  const [sent] = await shop.paypal.sendWebhook({ eventType: 'SOMETHING.NEW', resource: { id: 'OLD1' } })
  await shop.db.execute(
    sql`update webhook_events set received_at = now() - interval '91 days' where resource_id = 'OLD1'`,
  )
  await forgetEventBodies(shop.db)
  const { rows } = await shop.db.execute(sql`select body from webhook_events where resource_id = 'OLD1'`)
  expect(rows).toEqual([{ body: '' }])
  expect(await shop.paypal.sendWebhook({ eventId: sent?.eventId ?? '' })).toMatchObject([{ body: '{"kind":"known"}' }])
  await dealWithEvents(shop)
})
