import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { getOrderDesk } from '@/lib/admin/order-desk'
import { recordDispute } from '@/lib/disputes/record-dispute'
import { correctParcel } from '@/lib/fulfilment/correct-parcel'
import { shipOrder } from '@/lib/fulfilment/ship-order'
import { issuePapers } from '@/lib/papers/issue-papers'
import { createShipmentGateway } from '@/lib/payments/paypal/shipments'
import { writeRefund } from '@/lib/payments/request-refund'
import { tellParcels } from '@/lib/payments/tell-parcels'
import { tamper } from '@/testing/tamper'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'

import { entriesOf } from './timeline-entries'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

async function timelineOf({ orderNumber }: BoughtOrder): Promise<string[]> {
  const reader = await newAdmin(shop.db, 'read_only', 'orders.read')
  const desk = await getOrderDesk(shop.db, reader, orderNumber)
  if (!desk) throw new Error('no order')
  return entriesOf(desk).map(({ who, what, text }) => [who, what, text].filter(Boolean).join(' '))
}

test('the timeline has what the shop, PayPal and the post did, and not only what staff did', async () => {
  const { db, paypal, services } = shop
  const packer = await newAdmin(db, 'fulfilment', 'orders.fulfil')
  const order = await buy(shop, await newBuyer(db, { quantity: 1 }))
  const parcel = { orderNumber: order.orderNumber, seenEventId: null, shipmentId: randomUUID(), carrier: 'UPS' }
  await shipOrder(db, packer, { ...parcel, trackingNumber: '1Z999AA10123456780', items: 'rest' })
  await correctParcel(db, packer, { ...parcel, trackingNumber: '1Z999AA10123456784' })
  await tellParcels({ db, shipments: createShipmentGateway({ baseUrl: paypal.url, ...SIMULATOR_ACCOUNT }) })
  const { id: disputeId } = await paypal.openDispute(order.paypalCaptureId)
  await recordDispute(services, disputeId)
  await paypal.resolveDispute(disputeId, 'RESOLVED_SELLER_FAVOUR')
  await recordDispute(services, disputeId)
  await issuePapers(db)
  const request = { kind: 'amount', amountMinor: 500 } as const
  const refund = { refundId: randomUUID(), orderNumber: order.orderNumber, request, noteToPayer: '' }
  await inTransaction(db, (tx) => writeRefund(tx, refund))
  await tamper(
    db,
    sql`update refunds set state = 'failed', next_action_at = null, last_issue = 'NOT_NOW' where id = ${refund.refundId}`,
  )
  await tamper(
    db,
    sql`update mail_outbox set done_at = now(), payload = null, recipient = null where key = ${`order_placed:${order.id}`}`,
  )
  await tamper(
    db,
    sql`update mail_outbox set dead_at = now(), last_error = '550 no such box' where key like ${`shipped:${parcel.shipmentId} %`}`,
  )
  const timeline = await timelineOf(order)
  for (const line of [
    'The shop sent the mail that confirms the order',
    'The shop could not send the mail about a parcel and has given up 550 no such box',
    'PayPal was told of the parcel 1Z999AA10123456784',
    `The shop held the order PayPal dispute ${disputeId}.`,
    `PayPal closed dispute ${disputeId}: resolved seller favour`,
    `The shop lifted a hold PayPal dispute ${disputeId}.`,
  ]) {
    expect(timeline).toContain(line)
  }
  expect(timeline).toContainEqual(expect.stringMatching(/^PayPal did not send \$5\.00 back .*NOT_NOW$/))
  expect(timeline).toContainEqual(expect.stringMatching(/^The shop gave invoice /))
  expect(new Set(timeline).size).toBe(timeline.length)
})
