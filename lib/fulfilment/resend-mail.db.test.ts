import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { listAudit } from '@/db/queries/audit-log'
import { listOrderEvents } from '@/db/queries/fulfilment'
import type { Admin } from '@/lib/admin/admin'
import { getOrderDesk } from '@/lib/admin/order-desk'
import { newestMails } from '@/lib/domain/order-mail'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'
import { tamper } from '@/testing/tamper'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'

import { cancelOrder } from './cancel-order'
import { correctParcel } from './correct-parcel'
import { stepOrder } from './move-order'
import { resendMail } from './resend-mail'
import { shipOrder } from './ship-order'

let shop: TestShop
let editor: Admin<'orders.edit'>
let packer: Admin<'orders.fulfil'>

beforeAll(async () => {
  shop = await openTestShop()
  editor = await newAdmin(shop.db, 'support', 'orders.edit')
  packer = await newAdmin(shop.db, 'fulfilment', 'orders.fulfil')
})
afterAll(() => shop.close())

const bought = async () => buy(shop, await newBuyer(shop.db, { quantity: 1 }))
const act = ({ orderNumber }: BoughtOrder) => ({ orderNumber, seenEventId: null })
const again = (order: BoughtOrder, first: string) => resendMail(shop.db, editor, { ...act(order), first })

/** As when the mail server has taken all of them, or as when it never did. */
const sendAll = () => tamper(shop.db, sql`update mail_outbox set done_at = now(), payload = null where dead_at is null`)
const giveAllUp = () =>
  tamper(shop.db, sql`update mail_outbox set dead_at = now(), last_error = 'no such box' where done_at is null`)

async function waiting(): Promise<{ key: string; recipient: string; payload: unknown }[]> {
  const { rows } = await shop.db.execute<{ key: string; recipient: string; payload: unknown }>(
    sql`select key, recipient, payload from mail_outbox where done_at is null and dead_at is null order by id`,
  )
  return rows
}

async function deskOf({ orderNumber }: BoughtOrder) {
  const desk = await getOrderDesk(shop.db, await newAdmin(shop.db, 'read_only', 'orders.read'), orderNumber)
  if (!desk) throw new Error('no order')
  return newestMails(desk.mails).map(({ first, doneAt, deadAt, lastError }) => ({
    first,
    state: doneAt ? 'sent' : deadAt ? `dead: ${lastError}` : 'waiting',
  }))
}

test('a mail that was given up is shown, goes again once however often it is asked for, and is in both logs', async () => {
  const order = await bought()
  const first = `order_placed:${order.id}`
  await giveAllUp()
  expect(await deskOf(order)).toEqual([{ first, state: 'dead: no such box' }])
  const outcomes = await Promise.all([again(order, first), again(order, first)])
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'mail_on_its_way'])
  expect(await waiting()).toEqual([
    { key: `${first} again 1`, recipient: 'buyer@example.com', payload: { kind: 'order_placed', orderId: order.id } },
  ])
  expect(await deskOf(order)).toEqual([{ first, state: 'waiting' }])
  expect((await listOrderEvents(shop.db, order.id)).at(-1)).toMatchObject({
    kind: 'mail_resent',
    actorEmail: editor.email,
    data: { mail: first },
  })
  const [entry] = await listAudit(shop.db, { subject: `order ${order.orderNumber}` }, 1)
  expect(entry).toMatchObject({ action: 'order.mail_resent', after: { mail: first } })
  await sendAll()
  expect(await again(order, first)).toEqual({ kind: 'done' })
  expect(await waiting()).toMatchObject([{ key: `${first} again 2` }])
  await sendAll()
})

test('a mail about a parcel goes again with the number that is right by now', async () => {
  const order = await bought()
  const parcel = { ...act(order), shipmentId: randomUUID(), carrier: 'UPS' }
  await shipOrder(shop.db, packer, { ...parcel, trackingNumber: '1Z999AA10123456780', items: 'rest' })
  await sendAll()
  await correctParcel(shop.db, packer, { ...parcel, trackingNumber: '1Z999AA10123456784' })
  await giveAllUp()
  expect(await again(order, `shipped:${parcel.shipmentId}`)).toEqual({ kind: 'done' })
  expect(await waiting()).toMatchObject([{ payload: { trackingNumber: '1Z999AA10123456784', corrects: true } }])
  await sendAll()
  await stepOrder(shop.db, packer, 'deliver', act(order))
  await sendAll()
  expect(await again(order, `delivered:${order.id}`)).toEqual({ kind: 'done' })
  expect(await waiting()).toMatchObject([{ payload: { kind: 'delivered', orderId: order.id } }])
  await sendAll()
})

test('what was cancelled and given back is told again; a refund that was undone is not', async () => {
  const order = await bought()
  const cashier = await newAdmin(shop.db, 'support', 'orders.refund')
  const refundId = randomUUID()
  await cancelOrder(shop.services, cashier, { ...act(order), refundId, reason: 'It is broken' })
  await sweepRefunds(shop.services)
  await sendAll()
  expect((await deskOf(order)).map(({ first }) => first)).toEqual([
    `order_placed:${order.id}`,
    `cancelled:${order.id}`,
    `refunded:${refundId}`,
  ])
  expect(await again(order, `cancelled:${order.id}`)).toEqual({ kind: 'done' })
  expect(await again(order, `refunded:${refundId}`)).toEqual({ kind: 'done' })
  expect(await waiting()).toMatchObject([
    { payload: { kind: 'cancelled', reason: 'It is broken' } },
    { payload: { kind: 'refunded', orderId: order.id } },
  ])
  await sendAll()
  await tamper(shop.db, sql`update refunds set state = 'failed', completed_at = null where id = ${refundId}`)
  expect(await again(order, `refunded:${refundId}`)).toEqual({ kind: 'no_such_mail' })
})

test('no mail of another order, none that was never due, and none to a buyer who was erased goes again', async () => {
  const [own, other] = [await bought(), await bought()]
  await sendAll()
  expect(await again(own, `order_placed:${other.id}`)).toEqual({ kind: 'no_such_mail' })
  expect(await again(own, `delivered:${own.id}`)).toEqual({ kind: 'no_such_mail' })
  await tamper(shop.db, sql`update orders set email = 'erased@erased.invalid' where id = ${own.id}`)
  expect(await again(own, `order_placed:${own.id}`)).toEqual({ kind: 'buyer_forgotten' })
})
