import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { verifyAuditChain } from '@/db/queries/audit-log'
import { listOrderEvents } from '@/db/queries/fulfilment'
import { checkInvariants } from '@/db/queries/invariant-checks'
import type { Admin } from '@/lib/admin/admin'
import { shipOrder } from '@/lib/fulfilment/ship-order'
import { refundOrder } from '@/lib/fulfilment/refund-order'
import type { ReceiptRequest } from '@/lib/orders/find-receipt'
import { issuePapers } from '@/lib/papers/issue-papers'
import { tamper } from '@/testing/tamper'
import { newAdmin } from '@/testing/test-admin'
import { buy, heldAtPayPal, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'
import { readStock } from '@/testing/test-shop'

import { approveReturn, refuseReturn } from './answer-return'
import { askForReturn } from './ask-for-return'
import { receiveReturn } from './receive-return'
import { previewReturnRefund, refundReturn } from './refund-return'
import { getReturns } from './return-desk'

let shop: TestShop
let packer: Admin<'orders.fulfil'>
let editor: Admin<'orders.edit'>
let cashier: Admin<'orders.refund'>

beforeAll(async () => {
  // A receipt that is opened brings its link, which is signed.
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://nowhere/shop',
    APP_URL: 'http://localhost:3000',
    SESSION_SECRET: 'a-secret-for-tests-with-more-than-32-characters',
    PAYPAL_ENVIRONMENT: 'simulator',
    PAYPAL_SIMULATOR_URL: 'http://localhost:4010',
    PAYPAL_CLIENT_ID: 'simulator-client',
    PAYPAL_CLIENT_SECRET: 'simulator-secret',
    PAYPAL_MERCHANT_ID: 'SIMULATR00001',
    SMTP_URL: 'smtp://localhost:4025',
    MAIL_FROM: 'Shop <orders@shop.example>',
    MEDIA_DIR: '/nowhere',
  })
  shop = await openTestShop()
  packer = await newAdmin(shop.db, 'fulfilment', 'orders.fulfil')
  editor = await newAdmin(shop.db, 'support', 'orders.edit')
  cashier = await newAdmin(shop.db, 'support', 'orders.refund')
})
afterAll(() => shop.close())

type Sent = BoughtOrder & { readonly variantId: number; readonly request: ReceiptRequest }

async function sent(quantity = 2, shipped = quantity): Promise<Sent> {
  const who = await newBuyer(shop.db, { quantity })
  const order = await buy(shop, who)
  await shipOrder(shop.db, packer, {
    orderNumber: order.orderNumber,
    seenEventId: null,
    shipmentId: randomUUID(),
    carrier: 'DHL',
    trackingNumber: null,
    items: [{ position: 0, quantity: shipped }],
  })
  const request = { orderNumber: order.orderNumber, buyerKey: who.buyerKey, linkKey: null, memberId: null }
  return { ...order, variantId: who.variantId, request }
}

const ask = (order: Sent, quantity: number, returnId: string = randomUUID()) =>
  askForReturn(shop.db, order.request, {
    returnId,
    lines: [{ position: 0, quantity }],
    reason: 'changed_mind',
    note: 'Too blue',
  })

const act = ({ orderNumber }: BoughtOrder, returnId: string, seenEventId: number | null = null) => ({
  orderNumber,
  returnId,
  seenEventId,
})

const found = (quantity: number, restock = true) => [{ position: 0, quantity, condition: 'as_new' as const, restock }]

async function arrived(order: Sent, quantity: number): Promise<string> {
  const returnId = randomUUID()
  expect(await ask(order, quantity, returnId)).toEqual({ kind: 'asked' })
  expect(await approveReturn(shop.db, editor, { ...act(order, returnId), answer: '' })).toEqual({ kind: 'done' })
  expect(await receiveReturn(shop.db, packer, { ...act(order, returnId), found: found(quantity) })).toEqual({
    kind: 'done',
  })
  return returnId
}

const pay = (order: Sent, returnId: string, more: Partial<Parameters<typeof refundReturn>[2]> = {}) =>
  refundReturn(shop.services, cashier, {
    ...act(order, returnId),
    refundId: randomUUID(),
    terms: { withDelivery: false, lessMinor: 0 },
    shownMinor: null,
    note: '',
    ...more,
  })

async function stateOf(table: 'orders' | 'returns', id: string) {
  const { rows } = await shop.db.execute<{ state: string }>(
    sql`select state from ${sql.identifier(table)} where id = ${id}`,
  )
  return rows[0]?.state
}

async function mailsAbout({ id }: BoughtOrder) {
  const { rows } = await shop.db.execute<{ kind: string }>(sql`
    select kind from mail_outbox where payload ->> 'orderId' = ${id} order by id`)
  return rows.map(({ kind }) => kind)
}

describe('a return', () => {
  test('is asked for, approved, received and paid back; the buyer hears of each, and the shelf gets what it was promised', async () => {
    const order = await sent(2)
    const before = await readStock(shop.db, order.variantId)
    const returnId = await arrived(order, 2)
    expect(await readStock(shop.db, order.variantId)).toEqual(before)
    const input = { orderNumber: order.orderNumber, returnId }
    const terms = { withDelivery: true, lessMinor: 0 }
    expect((await previewReturnRefund(shop.db, cashier, input, terms))?.plan).toMatchObject({
      kind: 'planned',
      amountMinor: order.totalMinor,
    })
    expect(await pay(order, returnId, { terms })).toEqual({ kind: 'done', money: 'on_its_way' })
    expect(await stateOf('returns', returnId)).toBe('refunded')
    expect(await stateOf('orders', order.id)).toBe('returned')
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    expect((await readStock(shop.db, order.variantId)).onHand).toBe(before.onHand + 2)
    expect(await mailsAbout(order)).toEqual([
      'order_placed',
      'shipped',
      'return_requested',
      'return_approved',
      'return_received',
      'refunded',
    ])
    const events = await listOrderEvents(shop.db, order.id)
    expect(events.map(({ kind }) => kind)).toEqual([
      'shipped',
      'return_requested',
      'return_approved',
      'return_received',
      'returned',
      'return_refunded',
    ])
    await issuePapers(shop.db)
    const findings = (await checkInvariants(shop.db)).flatMap((result) => result.findings)
    expect(findings).toEqual([])
    expect((await verifyAuditChain(shop.db)).problem).toBeNull()
  })

  test('of a part leaves the order where it is, and what was kept for damage stays with the shop', async () => {
    const order = await sent(2)
    const returnId = await arrived(order, 1)
    const terms = { withDelivery: false, lessMinor: 1_000 }
    expect(await pay(order, returnId, { terms })).toEqual({ kind: 'done', money: 'on_its_way' })
    expect(await stateOf('orders', order.id)).toBe('shipped')
    const { rows } = await shop.db.execute<{ amount: number }>(
      sql`select amount_minor::int as amount from refunds where order_id = ${order.id}`,
    )
    expect(rows).toEqual([{ amount: 3_003 - 1_000 }])
    const second = await arrived(order, 1)
    expect(await pay(order, second)).toEqual({ kind: 'done', money: 'on_its_way' })
    expect(await stateOf('orders', order.id)).toBe('returned')
  })

  test('gives back what its page has shown, and nothing when it would be another amount by now', async () => {
    const order = await sent(2)
    const returnId = await arrived(order, 2)
    const input = { orderNumber: order.orderNumber, returnId }
    const shown = await previewReturnRefund(shop.db, cashier, input, { withDelivery: true, lessMinor: 0 })
    expect(shown?.parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(order.totalMinor)
    const terms = { withDelivery: false, lessMinor: 0 }
    const now = await previewReturnRefund(shop.db, cashier, input, terms)
    const amountMinor = now?.plan.kind === 'planned' ? now.plan.amountMinor : 0
    const stale = await pay(order, returnId, { terms, shownMinor: order.totalMinor })
    expect(stale).toEqual({ kind: 'other_amount', amountMinor })
    expect(await stateOf('returns', returnId)).toBe('received')
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor)
    expect(await pay(order, returnId, { terms, shownMinor: amountMinor })).toMatchObject({ kind: 'done' })
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - amountMinor)
  })

  test('asked for, paid for or answered twice happens once', async () => {
    const order = await sent(2)
    const id = randomUUID()
    const outcomes = await Promise.all([1, 2, 3].map(() => ask(order, 2, id)))
    expect(outcomes).toEqual([{ kind: 'asked' }, { kind: 'asked' }, { kind: 'asked' }])
    await approveReturn(shop.db, editor, { ...act(order, id), answer: '' })
    expect(await approveReturn(shop.db, editor, { ...act(order, id), answer: '' })).toEqual({
      kind: 'return_is',
      state: 'approved',
    })
    await receiveReturn(shop.db, packer, { ...act(order, id), found: found(2) })
    const refundId = randomUUID()
    const paid = await Promise.all([1, 2].map(() => pay(order, id, { refundId })))
    expect(paid).toMatchObject([{ kind: 'done' }, { kind: 'done' }])
    const { rows } = await shop.db.execute(sql`select id from refunds where order_id = ${order.id}`)
    expect(rows).toHaveLength(1)
  })

  test('refused tells why, and its pieces can be asked for again', async () => {
    const order = await sent(1)
    const id = randomUUID()
    await ask(order, 1, id)
    expect(await ask(order, 1)).toEqual({ kind: 'too_many', position: 0, left: 0 })
    expect(await refuseReturn(shop.db, editor, { ...act(order, id), answer: 'It was written in' })).toEqual({
      kind: 'done',
    })
    expect(await mailsAbout(order)).toContain('return_refused')
    expect(await ask(order, 1)).toEqual({ kind: 'asked' })
  })

  test('is not paid for by whoever has refunded the pieces already', async () => {
    const order = await sent(1)
    const id = await arrived(order, 1)
    await refundOrder(shop.services, cashier, {
      orderNumber: order.orderNumber,
      seenEventId: null,
      refundId: randomUUID(),
      request: { kind: 'rest', restock: false },
      shownMinor: null,
      note: '',
    })
    expect(await pay(order, id)).toEqual({ kind: 'nothing_left' })
    expect(await stateOf('returns', id)).toBe('received')
  })
})

describe('only what was sent comes back', () => {
  test('however many ask at once', async () => {
    const order = await sent(3, 2)
    const outcomes = await Promise.all([ask(order, 1), ask(order, 1), ask(order, 1), ask(order, 2)])
    const asked = outcomes.filter(({ kind }) => kind === 'asked').length
    const { rows } = await shop.db.execute<{ n: number }>(
      sql`select sum(quantity)::int as n from return_items where order_id = ${order.id}`,
    )
    expect(asked).toBeGreaterThan(0)
    expect(rows[0]?.n).toBeLessThanOrEqual(2)
  })

  test('and the database refuses more, an illegal move, a second look into the parcel and another order’s refund', async () => {
    const order = await sent(2, 1)
    const id = randomUUID()
    await ask(order, 1, id)
    const more = shop.db.transaction(async (tx) => {
      const second = randomUUID()
      await tx.execute(sql`insert into returns (id, order_id, reason) values (${second}, ${order.id}, 'other')`)
      await tx.execute(
        sql`insert into return_items (return_id, order_id, position, quantity) values (${second}, ${order.id}, 0, 1)`,
      )
    })
    await expect(more).rejects.toMatchObject({ cause: { constraint: 'returns_stay_within_parcels' } })
    const other = await sent(1)
    await pay(other, await arrived(other, 1))
    for (const statement of [
      sql`update returns set state = 'received', answered_at = now(), received_at = now() where id = ${id}`,
      sql`update returns set order_id = ${other.id} where id = ${id}`,
      sql`update return_items set received_quantity = 1, condition = 'as_new', restock = true where return_id = ${id}`,
      sql`delete from returns where id = ${id}`,
      sql`update return_items set received_quantity = 0 where order_id = ${other.id}`,
      sql`update returns set refund_id = gen_random_uuid() where order_id = ${other.id}`,
    ]) {
      await expect(shop.db.execute(statement)).rejects.toThrow()
    }
  })

  test('within the window, and to nobody but whoever may read the receipt', async () => {
    const order = await sent(1)
    const stranger = { ...order.request, buyerKey: 'another' }
    const lines = [{ position: 0, quantity: 1 }]
    expect(await askForReturn(shop.db, stranger, { returnId: randomUUID(), lines, reason: 'other', note: '' })).toEqual(
      { kind: 'not_found' },
    )
    await shop.db.execute(
      sql`update shipments set shipped_at = now() - interval '45 days' where order_id = ${order.id}`,
    )
    expect(await ask(order, 1)).toEqual({ kind: 'too_late' })
  })

  test('and not of an order that has not left', async () => {
    const who = await newBuyer(shop.db)
    const order = await buy(shop, who)
    const request = { orderNumber: order.orderNumber, buyerKey: who.buyerKey, linkKey: null, memberId: null }
    expect(await ask({ ...order, variantId: who.variantId, request }, 1)).toEqual({ kind: 'not_sent' })
  })
})

test('of two who act on one return the second is told what the first did', async () => {
  const order = await sent(1)
  const id = randomUUID()
  await ask(order, 1, id)
  const seen = (await listOrderEvents(shop.db, order.id)).at(-1)?.id ?? 0
  const [first, second] = await Promise.all([
    approveReturn(shop.db, editor, { ...act(order, id, seen), answer: '' }),
    refuseReturn(shop.db, editor, { ...act(order, id, seen), answer: 'No' }),
  ])
  const outcomes = [first, second]
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['changed_meanwhile', 'done'])
})

test('who is forgotten leaves no name on papers and no words in returns, and the sums stay', async () => {
  const order = await sent(1)
  const returnId = await arrived(order, 1)
  await pay(order, returnId)
  await issuePapers(shop.db)
  await shop.db.execute(sql`update orders set email = 'forget@example.com' where id = ${order.id}`)
  await shop.db.execute(sql`select erase_guest('forget@example.com')`)
  const { rows } = await shop.db.execute(sql`
    select i.buyer ->> 'email' as "billed", c.buyer -> 'address' ->> 'name' as "credited", r.note,
      (i.content ->> 'totalMinor')::int as "totalMinor"
    from invoices i join credit_notes c on c.invoice_number = i.number join returns r on r.order_id = i.order_id
    where i.order_id = ${order.id}`)
  expect(rows).toEqual([
    { billed: 'erased@erased.invalid', credited: 'erased', note: '', totalMinor: order.totalMinor },
  ])
})

describe('staff look through returns', () => {
  test('page by page, those of one moment too: none is left out and none comes twice', async () => {
    const reader = await newAdmin(shop.db, 'support', 'orders.read')
    const order = await sent(1)
    // More than a page, of one moment and of two states; what is about one order is as good as of many here.
    await shop.db.execute(sql`insert into returns (id, order_id, reason, state, asked_at, answered_at, received_at)
      select gen_random_uuid(), ${order.id}, 'other', case when n % 2 = 0 then 'requested' else 'received' end,
        '2026-01-01'::timestamptz + make_interval(secs => n / 30), case when n % 2 = 1 then now() end, case when n % 2 = 1 then now() end
      from generate_series(1, 120) as n`)
    const states = ['requested', 'received'] as const
    for (const newestFirst of [false, true]) {
      const seen: string[] = []
      for (let after: string | null = ''; after !== null;) {
        const page = await getReturns(shop.db, reader, states, { newestFirst, after })
        seen.push(...page.returns.map(({ id }) => id))
        after = page.next
      }
      const { rows } = await shop.db.execute<{ id: string }>(sql`
        select id from returns where state in ('requested', 'received') order by asked_at, id`)
      const all = rows.map(({ id }) => id)
      expect(all.length).toBeGreaterThanOrEqual(120)
      expect(seen).toEqual(newestFirst ? all.toReversed() : all)
    }
    await tamper(shop.db, sql`delete from returns where order_id = ${order.id}`)
  })
})

test('a return is approved only once the shop has an address to send it to', async () => {
  const order = await sent(1)
  const id = randomUUID()
  await ask(order, 1, id)
  const approval = { ...act(order, id), answer: '' }
  await shop.db.execute(sql`update shop_settings set address_line1 = ''`)
  expect(await approveReturn(shop.db, editor, approval)).toEqual({ kind: 'no_address' })
  await shop.db.execute(sql`update shop_settings set address_line1 = '1 Example Street'`)
  expect(await approveReturn(shop.db, editor, approval)).toEqual({ kind: 'done' })
  const { rows } = await shop.db.execute(sql`
    select payload -> 'sendTo' as "sendTo" from mail_outbox where kind = 'return_approved' and key like ${`%${id}`}`)
  expect(rows).toMatchObject([{ sendTo: expect.arrayContaining(['1 Example Street']) }])
})
