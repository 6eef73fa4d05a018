import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { verifyAuditChain } from '@/db/queries/audit-log'
import { listOrderEvents } from '@/db/queries/fulfilment'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { placeHold } from '@/db/queries/order-holds'
import { findRefund } from '@/db/queries/refunds'
import type { Admin } from '@/lib/admin/admin'
import { createShipmentGateway } from '@/lib/payments/paypal/shipments'
import { sendRequestedRefund, writeRefund } from '@/lib/payments/request-refund'
import { tellParcels } from '@/lib/payments/tell-parcels'
import { decideIncident } from '@/lib/payments/incidents/decide-incident'
import type { RefundRequest } from '@/lib/domain/refund-request'
import { tamper } from '@/testing/tamper'
import { newAdmin } from '@/testing/test-admin'
import { buy, heldAtPayPal, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'
import { readStock } from '@/testing/test-shop'

import { cancelOrder } from './cancel-order'
import { editAddress } from './edit-address'
import { holdOrder, releaseOrder } from './hold-order'
import { stepOrder } from './move-order'
import { noteOrder } from './note-order'
import { previewRefund, refundOrder } from './refund-order'
import { shipOrder, type Parcel } from './ship-order'

let shop: TestShop
let packer: Admin<'orders.fulfil'>
let editor: Admin<'orders.edit'>
let cashier: Admin<'orders.refund'>

beforeAll(async () => {
  shop = await openTestShop()
  packer = await newAdmin(shop.db, 'fulfilment', 'orders.fulfil')
  editor = await newAdmin(shop.db, 'support', 'orders.edit')
  cashier = await newAdmin(shop.db, 'support', 'orders.refund')
})
afterAll(() => shop.close())

async function bought(quantity = 2) {
  const who = await newBuyer(shop.db, { quantity })
  return { ...(await buy(shop, who)), variantId: who.variantId }
}

const act = ({ orderNumber }: BoughtOrder, seenEventId: number | null = null) => ({ orderNumber, seenEventId })
const parcel = (order: BoughtOrder, more: Partial<Parcel> = {}): Parcel => ({
  ...act(order),
  shipmentId: randomUUID(),
  carrier: 'DHL',
  trackingNumber: '00340434161094015902',
  items: 'rest',
  ...more,
})

async function stateOf({ id }: BoughtOrder) {
  const { rows } = await shop.db.execute<{ state: string }>(sql`select state from orders where id = ${id}`)
  return rows[0]?.state
}

async function mailsAbout({ id }: BoughtOrder) {
  const { rows } = await shop.db.execute<{ kind: string }>(sql`
    select kind from mail_outbox where payload ->> 'orderId' = ${id} order by id`)
  return rows.map(({ kind }) => kind)
}

async function expectSound(): Promise<void> {
  const findings = (await checkInvariants(shop.db)).filter(({ id }) => id !== 'I9').flatMap((result) => result.findings)
  expect(findings).toEqual([])
  expect((await verifyAuditChain(shop.db)).problem).toBeNull()
}

describe('an order is sent', () => {
  test('and the buyer, PayPal and the timeline are told once, however often the form is sent', async () => {
    const order = await bought()
    const form = parcel(order)
    expect(await stepOrder(shop.db, packer, 'start', act(order))).toEqual({ kind: 'done' })
    const outcomes = await Promise.all([1, 2, 3].map(() => shipOrder(shop.db, packer, form)))
    expect(outcomes).toEqual([{ kind: 'done' }, { kind: 'done' }, { kind: 'done' }])
    expect(await stateOf(order)).toBe('shipped')
    expect((await listOrderEvents(shop.db, order.id)).map(({ kind }) => kind)).toEqual(['processing', 'shipped'])
    expect(await mailsAbout(order)).toEqual(['order_placed', 'shipped'])

    const shipments = createShipmentGateway({ baseUrl: shop.paypal.url, ...SIMULATOR_ACCOUNT })
    expect(await tellParcels({ db: shop.db, shipments })).toBe(1)
    expect(await tellParcels({ db: shop.db, shipments })).toBe(0)
    const { rows } = await shop.db.execute<{ told: boolean; issue: string | null }>(sql`
      select told_paypal_at is not null as told, last_issue as issue from shipments where order_id = ${order.id}`)
    expect(rows).toEqual([{ told: true, issue: null }])
  })

  test('in parts, and only the last makes it shipped; more than was bought never leaves', async () => {
    const order = await bought(3)
    const some = (quantity: number) => parcel(order, { items: [{ position: 0, quantity }] })
    expect(await shipOrder(shop.db, packer, some(4))).toEqual({ kind: 'too_many', position: 0, left: 3 })
    expect(await shipOrder(shop.db, packer, some(1))).toEqual({ kind: 'done' })
    expect(await stateOf(order)).toBe('partly_shipped')
    const both = await Promise.all([shipOrder(shop.db, packer, some(2)), shipOrder(shop.db, packer, some(2))])
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['done', 'too_many'])
    expect(await stateOf(order)).toBe('shipped')
    expect(await stepOrder(shop.db, packer, 'deliver', act(order))).toEqual({ kind: 'done' })
    expect(await mailsAbout(order)).toEqual(['order_placed', 'shipped', 'shipped', 'delivered'])
  })

  test('in part, and the rest refunded: it is shipped with that, delivered then, and never before', async () => {
    const order = await bought(3)
    await shipOrder(shop.db, packer, parcel(order, { items: [{ position: 0, quantity: 1 }] }))
    expect(await stepOrder(shop.db, packer, 'end', act(order))).toEqual({ kind: 'left_to_ship' })
    const move = sql`update orders set state = 'shipped' where id = ${order.id}`
    await expect(shop.db.execute(move)).rejects.toMatchObject({
      cause: { constraint: 'orders_shipped_with_nothing_left' },
    })
    const lines = [{ position: 0, quantity: 2, restock: true }]
    const request = { kind: 'lines', lines, withDelivery: false } as const
    const refundId = randomUUID()
    await inTransaction(shop.db, (tx) =>
      writeRefund(tx, { refundId, orderNumber: order.orderNumber, request, noteToPayer: '' }),
    )
    expect(await shipOrder(shop.db, packer, parcel(order))).toEqual({ kind: 'nothing_to_ship' })
    expect(await stepOrder(shop.db, packer, 'end', act(order))).toEqual({ kind: 'refund_on_its_way' })
    expect((await sendRequestedRefund(shop.services, refundId))?.state).toBe('completed')
    const seen = (await listOrderEvents(shop.db, order.id)).at(-1)?.id ?? 0
    const both = [1, 2].map(() => stepOrder(shop.db, packer, 'end', act(order, seen)))
    expect((await Promise.all(both)).map(({ kind }) => kind).toSorted()).toEqual(['changed_meanwhile', 'done'])
    expect(await stateOf(order)).toBe('shipped')
    expect(await stepOrder(shop.db, packer, 'deliver', act(order))).toEqual({ kind: 'done' })
    expect(await stateOf(order)).toBe('delivered')
    await expectSound()
  })

  test('not while it is held, and the database refuses it too', async () => {
    const order = await bought()
    await inTransaction(shop.db, (tx) => placeHold(tx, order.id, 'dispute', 'PP-D-1'))
    expect(await shipOrder(shop.db, packer, parcel(order))).toEqual({ kind: 'held' })
    const insert = sql`insert into shipments (id, order_id, carrier_code, carrier) values (${randomUUID()}, ${order.id}, 'DHL', 'DHL')`
    await expect(shop.db.execute(insert)).rejects.toMatchObject({ cause: { constraint: 'held_orders_stay' } })
    expect(await releaseOrder(shop.db, editor, { ...act(order), reason: 'The buyer withdrew it' })).toEqual({
      kind: 'done',
    })
    expect(await shipOrder(shop.db, packer, parcel(order))).toEqual({ kind: 'done' })
  })

  test('without a number PayPal has nothing to be told', async () => {
    const order = await bought()
    await shipOrder(shop.db, packer, parcel(order, { carrier: 'Letter post', trackingNumber: null }))
    const { rows } = await shop.db.execute(sql`select tell_paypal_at from shipments where order_id = ${order.id}`)
    expect(rows).toEqual([{ tell_paypal_at: null }])
  })
})

describe('two people act on one order', () => {
  test('and the second is told what the first did instead of doing it again', async () => {
    const order = await bought()
    const [first, second] = await Promise.all([
      stepOrder(shop.db, packer, 'start', act(order, 0)),
      holdOrder(shop.db, editor, { ...act(order, 0), reason: 'A question is open' }),
    ])
    const outcomes = [first, second]
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['changed_meanwhile', 'done'])
    const told = outcomes.find(({ kind }) => kind === 'changed_meanwhile')
    expect(told).toMatchObject({ events: [{ actorEmail: first.kind === 'done' ? packer.email : editor.email }] })
  })

  test('a note is taken whatever happened meanwhile', async () => {
    const order = await bought()
    await stepOrder(shop.db, packer, 'start', act(order))
    expect(await noteOrder(shop.db, editor, { orderNumber: order.orderNumber, text: 'Rang twice' })).toEqual({
      kind: 'done',
    })
  })
})

async function refundedOf({ id }: BoughtOrder): Promise<number> {
  const { rows } = await shop.db.execute<{ minor: number }>(
    sql`select coalesce(sum(amount_minor), 0)::int as minor from refunds where order_id = ${id}`,
  )
  return rows[0]?.minor ?? 0
}

describe('an order is cancelled', () => {
  test('before it is sent: all money and all pieces go back, once, and the buyer is told', async () => {
    const order = await bought(2)
    const before = await readStock(shop.db, order.variantId)
    const form = { ...act(order), refundId: randomUUID(), reason: 'Out of paper' }
    const outcomes = await Promise.all([1, 2].map(() => cancelOrder(shop.services, cashier, form)))
    expect(outcomes).toMatchObject([{ kind: 'done', money: 'on_its_way' }, { kind: 'done' }])
    expect(await stateOf(order)).toBe('cancelled')
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand + 2)
    expect(await mailsAbout(order)).toEqual(['order_placed', 'cancelled', 'refunded'])
    await expectSound()
  })

  test('when all its money went as an amount before: its pieces still go back, at once and once', async () => {
    const order = await bought(2)
    const before = await readStock(shop.db, order.variantId)
    const request = { kind: 'amount', amountMinor: order.totalMinor } as const
    await refundOrder(shop.services, cashier, {
      ...act(order),
      refundId: randomUUID(),
      request,
      shownMinor: null,
      note: '',
    })
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand)
    const form = { ...act(order), refundId: randomUUID(), reason: '' }
    expect(await cancelOrder(shop.services, cashier, form)).toEqual({ kind: 'done', money: 'nothing_left' })
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand + 2)
    expect((await cancelOrder(shop.services, cashier, { ...form, refundId: randomUUID() })).kind).toBe('illegal')
    const rest = {
      ...act(order),
      refundId: randomUUID(),
      request: { kind: 'rest', restock: true },
      shownMinor: null,
      note: '',
    } as const
    expect(await refundOrder(shop.services, cashier, rest)).toEqual({ kind: 'nothing_left' })
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand + 2)
    await expectSound()
  })

  test('when all its money is still on its way as an amount: its pieces go back once that is complete', async () => {
    const order = await bought(2)
    const before = await readStock(shop.db, order.variantId)
    const refundId = randomUUID()
    await inTransaction(shop.db, (tx) =>
      writeRefund(tx, {
        refundId,
        orderNumber: order.orderNumber,
        request: { kind: 'amount', amountMinor: order.totalMinor },
        noteToPayer: '',
      }),
    )
    const form = { ...act(order), refundId: randomUUID(), reason: '' }
    expect(await cancelOrder(shop.services, cashier, form)).toEqual({ kind: 'done', money: 'nothing_left' })
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand)
    expect((await sendRequestedRefund(shop.services, refundId))?.state).toBe('completed')
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand + 2)
    await expectSound()
  })

  test('when every refund has pieces of the same kind already: the rest goes back to the shelf all the same', async () => {
    const order = await bought(3)
    const before = await readStock(shop.db, order.variantId)
    const give = (request: RefundRequest) =>
      refundOrder(shop.services, cashier, {
        ...act(order),
        refundId: randomUUID(),
        request,
        shownMinor: null,
        note: '',
      })
    await give({ kind: 'lines', lines: [{ position: 0, quantity: 1, restock: true }], withDelivery: false })
    await give({ kind: 'amount', amountMinor: order.totalMinor - (await refundedOf(order)) })
    await tamper(
      shop.db,
      sql`insert into refund_items (refund_id, order_id, position, quantity, amount_minor, restock)
      select id, order_id, 0, 1, 0, false from refunds where order_id = ${order.id}
        and not exists (select 1 from refund_items where refund_id = refunds.id)`,
    )
    const form = { ...act(order), refundId: randomUUID(), reason: '' }
    expect(await cancelOrder(shop.services, cashier, form)).toEqual({ kind: 'done', money: 'nothing_left' })
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand + 2)
    await expectSound()
  })

  test('when PayPal refuses the refund: whoever cancels is told so', async () => {
    const order = await bought(1)
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
    const outcome = await cancelOrder(shop.services, cashier, { ...act(order), refundId: randomUUID(), reason: '' })
    expect(outcome).toEqual({ kind: 'done', money: 'refused' })
    const found = (await checkInvariants(shop.db)).flatMap(({ findings }) => findings)
    expect(found).toEqual([
      { subject: `order ${order.orderNumber}`, detail: expect.stringMatching(/^cancelled, and of/) },
    ])
    const { rows } = await shop.db.execute<{ id: string }>(
      sql`select id from payment_incidents where order_id = ${order.id} and resolution is null`,
    )
    const again = { incidentId: rows[0]?.id ?? '', decision: 'refund', by: 'ada@example.com', note: '' } as const
    expect(await decideIncident(shop.services, again)).toMatchObject({ kind: 'decided' })
    await expectSound()
  })

  test('never once a part of it has left', async () => {
    const order = await bought(2)
    await shipOrder(shop.db, packer, parcel(order, { items: [{ position: 0, quantity: 1 }] }))
    const outcome = await cancelOrder(shop.services, cashier, { ...act(order), refundId: randomUUID(), reason: '' })
    expect(outcome).toEqual({ kind: 'illegal', from: 'partly_shipped' })
    const move = sql`update orders set state = 'cancelled' where id = ${order.id}`
    await expect(shop.db.execute(move)).rejects.toThrow()
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor)
  })
})

describe('money goes back', () => {
  test('for a part, once for one form, and never more than is left', async () => {
    const order = await bought(2)
    const form = {
      ...act(order),
      refundId: randomUUID(),
      request: { kind: 'amount', amountMinor: 500 },
      shownMinor: 500,
      note: '',
    } as const
    const outcomes = await Promise.all([1, 2, 3].map(() => refundOrder(shop.services, cashier, form)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refunded', 'refunded', 'refunded'])
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    const request = { kind: 'amount', amountMinor: order.totalMinor } as const
    const all = { ...form, refundId: randomUUID(), request, shownMinor: order.totalMinor }
    expect(await refundOrder(shop.services, cashier, all)).toEqual({
      kind: 'too_much',
      leftMinor: order.totalMinor - 500,
    })
    expect((await listOrderEvents(shop.db, order.id)).map(({ kind, data }) => [kind, data.amountMinor])).toEqual([
      ['refunded', 500],
    ])
    await expectSound()
  })
})

describe('what goes back is looked at before', () => {
  test('and it is what is sent, for what the preview has said', async () => {
    const order = await bought(2)
    const before = await readStock(shop.db, order.variantId)
    const lines = [{ position: 0, quantity: 1, restock: true }]
    const request = { kind: 'lines', lines, withDelivery: true } as const
    const preview = await previewRefund(shop.db, cashier, order.orderNumber, request)
    if (preview?.plan.kind !== 'planned') throw new Error('nothing is planned')
    expect(preview.leftMinor).toBe(order.totalMinor)
    expect(preview.parts.map(({ kind }) => kind)).toEqual(['item', 'delivery'])
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor)
    const shownMinor = preview.plan.amountMinor
    const form = { ...act(order), refundId: randomUUID(), request, shownMinor, note: '' }
    expect((await refundOrder(shop.services, cashier, form)).kind).toBe('refunded')
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - shownMinor)
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand + 1)
    await expectSound()
  })

  test('and another amount than was shown is not sent', async () => {
    const order = await bought(2)
    const request = { kind: 'rest', restock: false } as const
    // Somebody gives a part back at PayPal's own site, of which no event of the order tells.
    await inTransaction(shop.db, (tx) =>
      writeRefund(tx, {
        refundId: randomUUID(),
        orderNumber: order.orderNumber,
        request: { kind: 'amount', amountMinor: 300 },
        noteToPayer: '',
      }),
    )
    const refundId = randomUUID()
    const form = { ...act(order, 0), refundId, request, shownMinor: order.totalMinor, note: '' }
    const outcome = await refundOrder(shop.services, cashier, form)
    expect(outcome).toEqual({ kind: 'other_amount', amountMinor: order.totalMinor - 300 })
    expect(await findRefund(shop.db, refundId)).toBeNull()
  })

  test('and an order that is not there has nothing to look at', async () => {
    expect(await previewRefund(shop.db, cashier, '00000-00000', { kind: 'rest', restock: true })).toBeNull()
  })
})

describe('an address', () => {
  const address = {
    name: 'Ada',
    line1: '2 New Road',
    line2: '',
    city: 'Springfield',
    region: 'CA',
    postalCode: '90001',
    country: 'US',
  }

  test('is put right before sending, stays in its country, and is not in the audit log', async () => {
    const order = await bought()
    expect(await editAddress(shop.db, editor, { ...act(order), address })).toEqual({ kind: 'done' })
    const { rows } = await shop.db.execute(
      sql`select address_city as city, address_country as country from orders where id = ${order.id}`,
    )
    expect(rows).toEqual([{ city: 'Springfield', country: 'US' }])
    const { rows: told } = await shop.db.execute(sql`select payload from audit_log where payload like '%Springfield%'`)
    expect(told).toEqual([])
  })

  test('stays out of a state with another tax than was paid, and may go to one with the same', async () => {
    const order = await bought()
    const move = (region: string) => editAddress(shop.db, editor, { ...act(order), address: { ...address, region } })
    expect(await move('OR')).toEqual({ kind: 'other_tax' })
    const rateOf = (region: string, delivery: string) => sql`
      insert into tax_rates (country, region, label, rate_ppm, prices_include, applies_to_delivery)
      select country, ${region}, label, rate_ppm, prices_include, ${sql.raw(delivery)} from tax_rates where region = 'CA'`
    await shop.db.execute(rateOf('NV', 'not applies_to_delivery'))
    await shop.db.execute(rateOf('WA', 'applies_to_delivery'))
    expect(await move('NV')).toEqual({ kind: 'other_tax' })
    expect(await move('WA')).toEqual({ kind: 'done' })
  })

  test('stays once a parcel has left', async () => {
    const order = await bought()
    await shipOrder(shop.db, packer, parcel(order))
    expect(await editAddress(shop.db, editor, { ...act(order), address })).toEqual({ kind: 'illegal', from: 'shipped' })
  })
})

test('the audit log cannot be changed, and a row that was changed behind its back is named', async () => {
  await expect(shop.db.execute(sql`update audit_log set actor_email = 'x'`)).rejects.toThrow()
  await expect(shop.db.execute(sql`truncate audit_log`)).rejects.toThrow()
  const { entries, problem } = await verifyAuditChain(shop.db)
  expect(problem).toBeNull()
  expect(entries).toBeGreaterThan(10)
  await shop.db
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql`update audit_log set actor_email = 'nobody@shop.example' where id = 3`)
      expect((await verifyAuditChain(tx)).problem).toBe('entry 3 shows something else than was written')
      tx.rollback()
    })
    .catch(() => undefined)
})
