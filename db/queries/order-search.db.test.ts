import { randomUUID } from 'node:crypto'

import { sql, type SQL } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { parseOrderFilter } from '@/lib/domain/order-filter'
import { requestRefund } from '@/lib/payments/request-refund'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'

import { listGuests, listMembers } from './customers'
import { findProductsNamed } from './find-products'
import { lastWordOf } from './last-word'
import { insertMember } from './members'
import { listRefundsOfOrder } from './order-desk'
import { listOrdersToExport } from './order-export'
import { listOrders } from './order-list'

let shop: TestShop
let order: BoughtOrder
let other: BoughtOrder
let refundId: string

beforeAll(async () => {
  shop = await openTestShop()
  const who = await newBuyer(shop.db)
  await shop.db.execute(sql`update variants set sku = 'tea-Green_1' where id = ${who.variantId}`)
  order = await buy(shop, who)
  other = await buy(shop, await newBuyer(shop.db))
  await shop.db.execute(sql`
    update orders set address_name = 'Ada María Lovelace', email = 'one@buyer.example' where id = ${order.id}`)
  await requestRefund(shop.services, {
    refundId: randomUUID(),
    orderNumber: order.orderNumber,
    request: { kind: 'amount', amountMinor: 100 },
    noteToPayer: '',
  })
  const { rows } = await shop.db.execute<{ id: string }>(sql`select paypal_refund_id as id from refunds`)
  refundId = rows[0]?.id ?? ''
  await shop.db.execute(sql`
    insert into disputes (id, order_id, status, reason, amount_minor, currency, opened_at)
    values ('PP-R-ABC-123', ${order.id}, 'OPEN', 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED', 100, 'USD', now())`)
})
afterAll(() => shop.close())

async function found(q: string): Promise<string[]> {
  const rows = await listOrders(shop.db, parseOrderFilter({ q }), { after: null, limit: 10 })
  return rows.map(({ orderNumber }) => orderNumber)
}

test.each(['tea-Green_1', 'TEA-GREEN_1', 'tea-green_1'])('an order is found by its SKU, written as %s', async (q) => {
  expect(await found(q)).toEqual([order.orderNumber])
})

test('a product is found by its SKU, however it is written', async () => {
  expect(await findProductsNamed(shop.db, 'TEA-green_1', 5)).toHaveLength(1)
})

test('an order is found by the number of its refund at PayPal, and by that of its dispute', async () => {
  expect(refundId).not.toBe('')
  expect(await found(refundId)).toEqual([order.orderNumber])
  expect(await found('PP-R-ABC-123')).toEqual([order.orderNumber])
})

test.each(['Ada M', 'lovelace', 'Love'])(
  'an order is found by how the name or the family name begins: %s',
  async (q) => {
    expect(await found(q)).toEqual([order.orderNumber])
  },
)

test('what only lies inside of a word is not found, and a sign of a pattern means itself', async () => {
  expect(await found('velace')).toEqual([])
  expect(await found('%lace')).toEqual([])
  expect(await found('L_velace')).toEqual([])
})

test('guests and members are found by their family name too', async () => {
  const guests = await listGuests(shop.db, { search: 'lovel', after: null, limit: 10 })
  expect(guests.map(({ email }) => email)).toEqual(['one@buyer.example'])
  const member = { id: randomUUID(), email: 'mary@buyer.example', name: 'Mary Ann Somerville', passwordHash: null }
  await inTransaction(shop.db, (tx) => insertMember(tx, member))
  const members = await listMembers(shop.db, { search: 'somer', after: null, limit: 10 })
  expect(members.map(({ email }) => email)).toEqual(['mary@buyer.example'])
})

/** With whole reads forbidden where there is another way: how a statement is carried out. */
async function planOf(statement: SQL): Promise<string> {
  return inTransaction(shop.db, async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`)
    const { rows } = await tx.execute(sql`explain ${statement}`)
    return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
  })
}

test('each of these ways has an index of its own', async () => {
  const name = sql`address_name`
  const ways = {
    orders_by_family_name: sql`select id from orders where ${lastWordOf(name)} like 'love%'
      order by ${lastWordOf(name)} using ~<~ limit 10`,
    members_by_family_name: sql`select id from members where ${lastWordOf(sql`name`)} like 'some%'`,
    order_items_by_sku: sql`select order_id from order_items where lower(sku) = 'tea'`,
    refunds_one_per_paypal_refund: sql`select order_id from refunds where paypal_refund_id = 'R'`,
    disputes_pkey: sql`select order_id from disputes where id = 'D'`,
  }
  for (const [index, statement] of Object.entries(ways)) {
    const plan = await planOf(statement)
    expect(plan).toContain(index)
    expect(plan).not.toContain('Seq Scan')
  }
})

test('money that a bank took and has given back does not count as refunded, in the list or in an export', async () => {
  const look = inTransaction(shop.db, async (tx) => {
    const sums = async () => {
      const [listed] = await listOrders(tx, parseOrderFilter({ q: other.orderNumber }), { after: null, limit: 1 })
      const [exported] = await listOrdersToExport(tx, { orderNumbers: [other.orderNumber] })
      const refunded = await listOrders(tx, parseOrderFilter({ payment: 'refunded' }), { after: null, limit: 10 })
      const isRefunded = refunded.some(({ orderNumber }) => orderNumber === other.orderNumber)
      return [listed?.refundedMinor, exported?.refundedMinor, isRefunded]
    }
    await tx.execute(sql`insert into refunds
      (id, paypal_capture_id, order_id, amount_minor, currency, reason, state, paypal_refund_id, next_action_at)
      values (gen_random_uuid(), ${other.paypalCaptureId}, ${other.id}, 300, 'USD', 'reversal', 'sent', 'T-TAKEN', now())`)
    await tx.execute(
      sql`update refunds set state = 'completed', completed_at = now() where paypal_refund_id = 'T-TAKEN'`,
    )
    expect(await sums()).toEqual([300, 300, true])
    await tx.execute(sql`insert into refund_returns (refund_id, transaction_id, amount_minor)
      select id, 'T-BACK', amount_minor from refunds where paypal_refund_id = 'T-TAKEN'`)
    expect(await sums()).toEqual([0, 0, false])
    expect(await listRefundsOfOrder(tx, other.id)).toMatchObject([{ state: 'completed', returnedMinor: 300 }])
    throw new Error('nothing of it stays')
  })
  await expect(look).rejects.toThrow('nothing of it stays')
})
