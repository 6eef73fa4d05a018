import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { claimBulkJob, listBulkRows } from '@/db/queries/bulk'
import { placeHold } from '@/db/queries/order-holds'
import { listOrders } from '@/db/queries/order-list'
import type { Admin } from '@/lib/admin/admin'
import { exportOrders } from '@/lib/admin/export-orders'
import { forgetView, getViews, saveView } from '@/lib/admin/saved-views'
import { FILE_ROWS_MAX, parseTrackingList, rowsOfChosen } from '@/lib/domain/bulk'
import { parseOrderFilter } from '@/lib/domain/order-filter'
import { refundOrder } from '@/lib/fulfilment/refund-order'
import { shipOrder } from '@/lib/fulfilment/ship-order'
import { issuePapers } from '@/lib/papers/issue-papers'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'

import { getFileOrders } from './job-desk'
import { prepareJob } from './prepare-job'
import { startFileJob } from './start-file-job'
import { startJob } from './start-job'
import { workJobs } from './work-jobs'

let shop: TestShop
let packer: Admin<'orders.fulfil'>

beforeAll(async () => {
  shop = await openTestShop()
  packer = await newAdmin(shop.db, 'fulfilment', 'orders.fulfil')
})
afterAll(() => shop.close())

const bought = async () => buy(shop, await newBuyer(shop.db))

async function boughtMany(count: number): Promise<BoughtOrder[]> {
  const orders = []
  for (let n = 0; n < count; n++) orders.push(await bought())
  return orders
}

async function shipJob(list: string, by = packer): Promise<string> {
  const jobId = randomUUID()
  const outcome = await prepareJob(shop.db, by, { jobId, kind: 'ship', rows: parseTrackingList(list) })
  expect(outcome).toEqual({ kind: 'prepared' })
  return jobId
}

async function workAll(): Promise<void> {
  while ((await workJobs(shop.db)) === 'more') {
    // Until nothing is left.
  }
}

const resultsOf = async (jobId: string) =>
  (await listBulkRows(shop.db, jobId)).map(({ state, note }) => (note === '' ? state : `${state}: ${note}`))

async function countOf(table: 'shipments' | 'mail_outbox', { id }: BoughtOrder): Promise<number> {
  const where = table === 'shipments' ? sql`order_id = ${id}` : sql`payload ->> 'orderId' = ${id} and kind = 'shipped'`
  const { rows } = await shop.db.execute(sql`select 1 from ${sql.identifier(table)} where ${where}`)
  return rows.length
}

describe('a list of parcels', () => {
  test('is looked at row by row, and nothing is sent before it is started', async () => {
    const [good, held] = [await bought(), await bought()]
    await inTransaction(shop.db, (tx) => placeHold(tx, held.id, 'manual', 'staff'))
    const jobId = await shipJob(`${good.orderNumber},UPS,1Z1\nnonsense,UPS,2\n${held.orderNumber},UPS,3`)
    expect(await resultsOf(jobId)).toEqual(['ready', 'wrong: This is no order number.', 'wrong: It is held.'])
    await workAll()
    expect(await countOf('shipments', good)).toBe(0)
    expect(await startJob(shop.db, packer, jobId)).toEqual({ kind: 'started' })
    await workAll()
    expect(await resultsOf(jobId)).toEqual(['done', 'wrong: This is no order number.', 'wrong: It is held.'])
    expect(await countOf('shipments', good)).toBe(1)
    expect(await countOf('shipments', held)).toBe(0)
  })

  test('tells of a row whose order has gone on meanwhile, and does the others', async () => {
    const [first, second] = [await bought(), await bought()]
    const jobId = await shipJob(`${first.orderNumber},UPS,1\n${second.orderNumber},UPS,2`)
    await shipOrder(shop.db, packer, {
      orderNumber: first.orderNumber,
      seenEventId: null,
      shipmentId: randomUUID(),
      carrier: 'DHL',
      trackingNumber: null,
      items: 'rest',
    })
    await startJob(shop.db, packer, jobId)
    await workAll()
    expect(await resultsOf(jobId)).toEqual(['failed: Nothing of it is left to send.', 'done'])
  })

  test('that is interrupted after a parcel and before its row sends it once', async () => {
    const order = await bought()
    const jobId = await shipJob(`${order.orderNumber},UPS,1Z1`)
    await startJob(shop.db, packer, jobId)
    const [row] = await listBulkRows(shop.db, jobId)
    await claimBulkJob(shop.db)
    await shipOrder(shop.db, packer, {
      orderNumber: order.orderNumber,
      seenEventId: null,
      shipmentId: row?.shipmentId ?? '',
      carrier: 'UPS',
      trackingNumber: '1Z1',
      items: 'rest',
    })
    expect(await workJobs(shop.db)).toBe('idle')
    await shop.db.execute(sql`update bulk_jobs set lease_until = now() - interval '1 second'`)
    await workAll()
    expect(await resultsOf(jobId)).toEqual(['done'])
    expect(await countOf('shipments', order)).toBe(1)
    expect(await countOf('mail_outbox', order)).toBe(1)
  })

  test('is gone through by several workers in pieces, and each order is sent once', async () => {
    const orders = await boughtMany(60)
    const jobId = await shipJob(orders.map(({ orderNumber }) => `${orderNumber},UPS,${orderNumber}`).join('\n'))
    await startJob(shop.db, packer, jobId)
    await Promise.all([workAll(), workAll(), workAll()])
    await workAll()
    expect(new Set(await resultsOf(jobId))).toEqual(new Set(['done']))
    const { rows } = await shop.db.execute<{ n: number }>(sql`
      select count(*)::int as n from shipments where tracking_number in (
        select order_number from bulk_rows where job_id = ${jobId}) group by order_id`)
    expect(rows.map(({ n }) => n)).toEqual(orders.map(() => 1))
  }, 60_000)

  test('stops for whoever is shut out in the middle', async () => {
    const leaving = await newAdmin(shop.db, 'fulfilment', 'orders.fulfil')
    const order = await bought()
    const jobId = await shipJob(`${order.orderNumber},UPS,1`, leaving)
    expect(await startJob(shop.db, packer, jobId)).toEqual({ kind: 'anothers' })
    await startJob(shop.db, leaving, jobId)
    await shop.db.execute(sql`update staff set disabled_at = now() where member_id = ${leaving.memberId}`)
    await workAll()
    expect(await resultsOf(jobId)).toEqual(['failed: Whoever began this may not do it any more.'])
    expect(await countOf('shipments', order)).toBe(0)
  })

  test('sent twice is one job, and what it is for cannot be changed afterwards', async () => {
    const order = await bought()
    const rows = parseTrackingList(`${order.orderNumber},UPS,1`)
    const jobId = randomUUID()
    await Promise.all([1, 2].map(() => prepareJob(shop.db, packer, { jobId, kind: 'ship', rows })))
    expect(await listBulkRows(shop.db, jobId)).toHaveLength(1)
    for (const statement of [
      sql`update bulk_rows set order_number = 'another' where job_id = ${jobId}`,
      sql`update bulk_rows set state = 'done', done_at = now() where job_id = ${jobId}`,
      sql`update bulk_jobs set finished_at = now(), started_at = now() where id = ${jobId}`,
    ]) {
      await expect(shop.db.execute(statement)).rejects.toMatchObject({ cause: { code: '23514' } })
    }
  })
})

test('chosen orders are packed, and one that is being packed already is as it should be', async () => {
  const orders = await boughtMany(2)
  const rows = rowsOfChosen(orders.map(({ orderNumber }) => orderNumber))
  const [first, second] = [randomUUID(), randomUUID()]
  await prepareJob(shop.db, packer, { jobId: first, kind: 'start', rows })
  await prepareJob(shop.db, packer, { jobId: second, kind: 'start', rows })
  await startJob(shop.db, packer, first)
  await workAll()
  await startJob(shop.db, packer, second)
  await workAll()
  expect([await resultsOf(first), await resultsOf(second)]).toEqual([
    ['done', 'done'],
    ['done', 'done'],
  ])
})

describe('a file of many orders', () => {
  const begin = async (kind: 'invoices' | 'export', orderNumbers: readonly string[], by: Admin<'orders.export'>) => {
    const outcome = await startFileJob(shop.db, by, kind, orderNumbers)
    if (outcome.kind !== 'started') throw new Error(outcome.kind)
    return outcome.jobId
  }
  let clerk: Admin<'orders.export'>
  beforeAll(async () => {
    clerk = await newAdmin(shop.db, 'manager', 'orders.export')
  })

  test('says of each whether it is in it and why not, and is ready once all have been looked at', async () => {
    const given = await bought()
    await issuePapers(shop.db)
    const [waiting, early] = [await bought(), await bought()]
    await shop.db.execute(sql`update papers_due set last_issue = 'no_rate' where order_id = ${waiting.id}`)
    const numbers = [waiting, given, early].map(({ orderNumber }) => orderNumber)
    const jobId = await begin('invoices', [...numbers, '00000-00000'], clerk)
    expect(await getFileOrders(shop.db, clerk, 'invoices', jobId)).toBeNull()
    await workAll()
    expect(await resultsOf(jobId)).toEqual([
      'failed: Its invoice waits for a rate of exchange.',
      'done',
      'failed: Its invoice is being written. Print it again in a moment.',
      'failed: There is no such order.',
    ])
    expect(await getFileOrders(shop.db, clerk, 'invoices', jobId)).toEqual({
      asked: [...numbers, '00000-00000'],
      inFile: [given.orderNumber],
    })
  })

  test('is not looked through for whoever may not export any more', async () => {
    const leaving = await newAdmin(shop.db, 'manager', 'orders.export')
    const jobId = await begin('export', [(await bought()).orderNumber], leaving)
    await shop.db.execute(sql`update staff set role = 'fulfilment' where member_id = ${leaving.memberId}`)
    await workAll()
    expect(await resultsOf(jobId)).toEqual(['failed: Whoever began this may not do it any more.'])
  })

  test('of none or of too many is not begun', async () => {
    const numbers = Array.from({ length: FILE_ROWS_MAX.invoices + 1 }, (_, n) => `order ${n}`)
    expect(await startFileJob(shop.db, clerk, 'invoices', [])).toEqual({ kind: 'empty' })
    expect(await startFileJob(shop.db, clerk, 'invoices', numbers)).toEqual({ kind: 'too_many' })
  })
})

describe('an export', () => {
  const read = async (wish: Parameters<typeof exportOrders>[2]) => {
    const clerk = await newAdmin(shop.db, 'manager', 'orders.export')
    let text = ''
    for await (const line of exportOrders(shop.db, clerk, wish)) text += line
    return text.trimEnd().split('\r\n')
  }

  test('has a line for each order of the filter, however many pages, and is written down', async () => {
    const { rows } = await shop.db.execute<{ n: number }>(sql`select count(*)::int as n from orders`)
    const lines = await read({ filter: parseOrderFilter({ q: '', sort: 'oldest' }) })
    expect(lines).toHaveLength((rows[0]?.n ?? 0) + 1)
    const { rows: audited } = await shop.db.execute<{ after: unknown }>(
      sql`select after from audit_log where action = 'orders.exported' order by id desc limit 1`,
    )
    expect(audited).toEqual([{ after: { filter: 'sort=oldest' } }])
  })

  test('of chosen orders has those, and what came from a stranger is no formula', async () => {
    const order = await bought()
    await shop.db.execute(
      sql`update orders set address_name = '=HYPERLINK("http://bad.example")' where id = ${order.id}`,
    )
    const lines = await read({ orderNumbers: [order.orderNumber] })
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://bad.example"")"`)
    expect(lines[1]).toContain(',66.06,') // 2 × 28.00, delivery 6.00, tax 4.06
  })
})

test('the list shows what was given back of an order', async () => {
  const order = await bought()
  const cashier = await newAdmin(shop.db, 'support', 'orders.refund')
  await refundOrder(shop.services, cashier, {
    orderNumber: order.orderNumber,
    seenEventId: null,
    refundId: randomUUID(),
    request: { kind: 'amount', amountMinor: 123 },
    shownMinor: null,
    note: '',
  })
  const [listed] = await listOrders(shop.db, parseOrderFilter({ q: order.orderNumber }), { after: null, limit: 1 })
  expect(listed).toMatchObject({ refundedMinor: 123, pieces: 2 })
})

test('a view is one’s own unless it is shared, and nobody forgets another’s', async () => {
  const [mine, other] = [
    await newAdmin(shop.db, 'support', 'orders.read'),
    await newAdmin(shop.db, 'read_only', 'orders.read'),
  ]
  await saveView(shop.db, mine, { name: 'Germany', query: 'country=DE&state=created&nonsense=1', shared: false })
  await saveView(shop.db, mine, { name: 'Large', query: 'sort=dearest', shared: true })
  await saveView(shop.db, mine, { name: 'Large', query: 'sort=dearest&state=created', shared: true })
  const names = async (admin: Admin<'orders.read'>) =>
    (await getViews(shop.db, admin)).map(({ name, query, isOwn }) => `${name} ${query} ${isOwn}`)
  expect(await names(mine)).toEqual(['Germany state=created&country=DE true', 'Large state=created&sort=dearest true'])
  expect(await names(other)).toEqual(['Large state=created&sort=dearest false'])
  const [shared] = await getViews(shop.db, other)
  expect(await forgetView(shop.db, other, shared?.id ?? '')).toBe(false)
  expect(await forgetView(shop.db, mine, shared?.id ?? '')).toBe(true)
  expect(await names(other)).toEqual([])
})
