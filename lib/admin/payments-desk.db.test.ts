import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { listAudit, verifyAuditChain } from '@/db/queries/audit-log'
import { raiseIncident } from '@/db/queries/payment-incidents'
import { beginRun, findReconciliationRequest } from '@/db/queries/reconciliation'
import { parseInboxFilter } from '@/lib/domain/inbox-filter'
import type { TimeCursor } from '@/lib/domain/time-cursor'
import { reconcileRequested } from '@/lib/payments/reconciliation/reconcile-requested'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer } from '@/testing/test-buyer'
import { setTestEnvironment } from '@/testing/test-members'
import { dealWithEvents, openWebhookShop, readInbox, type WebhookShop } from '@/testing/test-webhooks'

import type { Admin } from './admin'
import { getComparisons, requestComparison } from './comparisons'
import { getDisputes } from './disputes'
import { decideAsAdmin } from './payments-desk'
import { EVENTS_PER_PAGE, getEvent, getInbox, getSilence, replayEvent } from './webhook-inbox'

let shop: WebhookShop
let reader: Admin<'payments.read'>
let owner: Admin<'payments.decide'>

beforeAll(async () => {
  setTestEnvironment()
  shop = await openWebhookShop()
  reader = await newAdmin(shop.db, 'read_only', 'payments.read')
  owner = await newAdmin(shop.db, 'owner', 'payments.decide')
})
afterAll(() => shop.close())

const find = async (asked: Record<string, string>, after: TimeCursor | null = null) =>
  getInbox(shop.db, reader, parseInboxFilter(asked), after)
const idsOf = async (asked: Record<string, string>) => (await find(asked)).events.map(({ id }) => id)

async function captureOf({ id }: { id: string }): Promise<string> {
  const { rows } = await shop.db.execute<{ capture: string }>(
    sql`select paypal_capture_id as capture from orders where id = ${id}`,
  )
  return rows[0]?.capture ?? ''
}

describe('the inbox', () => {
  test('finds an event by its id, by what it is about at PayPal, by its type and by its state', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await buy(shop, await newBuyer(shop.db))
    await shop.paypal.drainWebhooks()
    const about = (await readInbox(shop.db, order.paypalOrderId)).map(({ id }) => id)
    expect((await idsOf({ q: order.paypalOrderId })).toSorted()).toEqual(about.toSorted())
    const ofCapture = await idsOf({ q: await captureOf(order) })
    expect(ofCapture).toHaveLength(1)
    expect(await idsOf({ q: about[0] ?? '' })).toEqual([about[0]])
    expect(await idsOf({ q: 'nothing of ours' })).toEqual([])
    expect(await idsOf({ type: 'PAYMENT.CAPTURE.COMPLETED', q: order.paypalOrderId })).toEqual(ofCapture)
    expect((await idsOf({ state: 'waiting', q: order.paypalOrderId })).length).toBe(about.length)
    await dealWithEvents(shop)
    expect(await idsOf({ state: 'waiting' })).toEqual([])
    expect((await idsOf({ state: 'done' })).length).toBeGreaterThanOrEqual(about.length)
  })

  test('is read page by page without a gap, also where events came in the same moment', async () => {
    await shop.db.execute(sql`insert into webhook_events (id, event_type, body, transmitted_at, received_at, done_at)
      select 'WH-' || n, 'MANY.TOLD', '{}', now(), now() - interval '1 day' - make_interval(secs => n / 40), now()
      from generate_series(1, 130) n`)
    const seen: string[] = []
    let after: TimeCursor | null = null
    do {
      const page: Awaited<ReturnType<typeof find>> = await find({ state: 'done' }, after)
      expect(page.events.length).toBeLessThanOrEqual(EVENTS_PER_PAGE)
      seen.push(...page.events.map(({ id }) => id))
      after = page.next
    } while (after)
    const { rows } = await shop.db.execute<{ n: number }>(
      sql`select count(*)::int as n from webhook_events where done_at is not null`,
    )
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(rows[0]?.n ?? 0)
  })

  test('has an event looked at again, once it is asked, and tells who asked', async () => {
    const [done] = (await find({ state: 'done' })).events
    const id = done?.id ?? ''
    expect(await replayEvent(shop.db, owner, id)).toEqual({ kind: 'replayed' })
    expect((await getEvent(shop.db, reader, id))?.event).toMatchObject({ doneAt: null, tries: 0 })
    expect((await getEvent(shop.db, reader, id))?.replays).toMatchObject([{ actorEmail: owner.email }])
    await dealWithEvents(shop)
    expect((await getEvent(shop.db, reader, id))?.event.doneAt).toBeInstanceOf(Date)
    expect(await replayEvent(shop.db, owner, 'WH-nobodys')).toEqual({ kind: 'not_found' })
    expect(await getEvent(shop.db, reader, 'WH-nobodys')).toBeNull()
  })
})

test('silence is noticed half an hour after a payment that PayPal has not told of, and ends with its next event', async () => {
  const soon = new Date(Date.now() + 29 * 60_000)
  const later = new Date(Date.now() + 35 * 60_000)
  expect(await getSilence(shop.db, reader, later)).toBeNull()
  await buy(shop, await newBuyer(shop.db))
  expect(await getSilence(shop.db, reader, soon)).toBeNull()
  expect(await getSilence(shop.db, reader, later)).toBeInstanceOf(Date)
  await shop.paypal.drainWebhooks()
  expect(await getSilence(shop.db, reader, later)).toBeNull()
})

test('a comparison is asked for once at a time, made by the worker in the name of who asked, and waits its turn', async () => {
  expect(await reconcileRequested(shop.services)).toBe(false)
  expect(await requestComparison(shop.db, owner, 3)).toEqual({ kind: 'requested' })
  expect(await requestComparison(shop.db, owner, 9)).toEqual({ kind: 'waits_already' })
  expect((await getComparisons(shop.db, reader)).request).toMatchObject({ requestedBy: owner.email, days: 3 })
  const now = new Date()
  const other = await beginRun(shop.db, { from: now, to: now, nightly: false, requestedBy: null })
  expect(await reconcileRequested(shop.services)).toBe(false)
  expect(await findReconciliationRequest(shop.db)).not.toBeNull()
  await shop.db.execute(sql`update reconciliation_runs set finished_at = now() where id = ${other?.id}`)
  expect(await reconcileRequested(shop.services)).toBe(true)
  const { runs, request } = await getComparisons(shop.db, reader)
  expect(request).toBeNull()
  expect(runs[0]).toMatchObject({ requestedBy: owner.email, nightly: false, failure: null })
  expect((runs[0]?.spanTo.getTime() ?? 0) - (runs[0]?.spanFrom.getTime() ?? 0)).toBe(3 * 86_400_000)
})

test('open disputes stand by their deadlines, the nearest first, with the order that each is about', async () => {
  const orders = [await buy(shop, await newBuyer(shop.db)), await buy(shop, await newBuyer(shop.db))]
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const ids: string[] = []
  for (const [index, order] of orders.entries()) {
    const dispute = await shop.paypal.openDispute(await captureOf(order), { sellerResponseDueDate: inDays(9 - index) })
    ids.unshift(dispute.id)
  }
  await shop.paypal.drainWebhooks()
  await dealWithEvents(shop)
  const { open, over } = await getDisputes(shop.db, reader)
  expect(open.map(({ id }) => id)).toEqual(ids)
  expect(open.map(({ orderNumber }) => orderNumber)).toEqual(orders.map(({ orderNumber }) => orderNumber).toReversed())
  expect(open[0]?.address).toBeNull()
  expect(over).toEqual([])
  await shop.paypal.resolveDispute(ids[0] ?? '', 'RESOLVED_SELLER_FAVOUR')
  await shop.paypal.drainWebhooks()
  await dealWithEvents(shop)
  const then = await getDisputes(shop.db, reader)
  expect(then.open.map(({ id }) => id)).toEqual([ids[1]])
  expect(then.over.map(({ id }) => id)).toEqual([ids[0]])
})

test('a decision about an incident is in the audit log, once, with what it was before', async () => {
  await raiseIncident(shop.db, { kind: 'invariant_violated', subject: 'I9:made up' })
  const { rows } = await shop.db.execute<{ id: string }>(
    sql`select id from payment_incidents where key = 'invariant_violated:I9:made up'`,
  )
  const incidentId = rows[0]?.id ?? ''
  const ignore = () => decideAsAdmin(shop.services, owner, { incidentId, decision: 'ignore', note: 'Made up' })
  expect((await Promise.all([ignore(), ignore()])).map(({ kind }) => kind)).toEqual(['decided', 'decided'])
  expect(await listAudit(shop.db, { subject: `incident ${incidentId}` }, 10)).toMatchObject([
    {
      actorEmail: owner.email,
      action: 'incident.decided',
      before: { kind: 'invariant_violated', resolution: null },
      after: { decision: 'ignore', resolution: 'ignored', orderNumber: null },
    },
  ])
})

test('the audit log holds together after all of this', async () => {
  expect((await verifyAuditChain(shop.db)).problem).toBeNull()
})
