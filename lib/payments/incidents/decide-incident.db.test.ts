import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkInvariants } from '@/db/queries/invariant-checks'
import { findIncident, raiseIncident } from '@/db/queries/payment-incidents'
import { findRefund } from '@/db/queries/refunds'
import type { PaymentGateway } from '@/lib/domain/payment-gateway'
import type { Decision, IncidentKind } from '@/lib/domain/payment-incident'
import type { RefundRequest } from '@/lib/domain/refund-request'
import { cancelOrder } from '@/lib/fulfilment/cancel-order'
import { captureBehindOurBack, loseAttempt, tamper } from '@/testing/tamper'
import { newAdmin } from '@/testing/test-admin'
import { beginPaying, buy, heldAtPayPal, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { readStock } from '@/testing/test-shop'

import { reconcile } from '../reconciliation/reconcile'
import { requestRefund } from '../request-refund'
import { sweepRefunds } from '../sweep-refunds'
import { syncRefunds } from '../sync-refunds'
import { lookAtInvariants } from '../watch-invariants'
import { decideIncident, type DecisionInput } from './decide-incident'
import { factsOf } from './facts-of'
import { ignoreIncident } from './ignore-incident'
import { refundIncident } from './refund-incident'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

const HOUR_MS = 3_600_000

async function compare(): Promise<void> {
  const span = { from: new Date(Date.now() - HOUR_MS), to: new Date(Date.now() + HOUR_MS) }
  const outcome = await reconcile(shop.services, span)
  if (outcome.kind !== 'compared') throw new Error(JSON.stringify(outcome))
}

async function incidentAbout(key: string) {
  const { rows } = await shop.db.execute<{
    id: string
    resolution: string | null
    note: string
    by: string
    orderId: string
  }>(sql`
    select id, resolution, resolution_note as note, resolved_by as by, order_id as "orderId" from payment_incidents where key = ${key}`)
  if (!rows[0]) throw new Error(`no incident ${key}`)
  return rows[0]
}

const decide = (incidentId: string, decision: Decision, more: Partial<DecisionInput> = {}) =>
  decideIncident(shop.services, { incidentId, decision, by: 'ada@example.com', note: 'Looked at it', ...more })

async function sweepNow(): Promise<void> {
  await shop.db.execute(sql`update refunds set next_action_at = now() where next_action_at is not null`)
  await sweepRefunds(shop.services)
}

async function wrongNow() {
  return (await checkInvariants(shop.db)).flatMap(({ findings }) => findings)
}

async function expectSound(): Promise<void> {
  expect(await wrongNow()).toEqual([])
}

/** Money at PayPal whose attempt is lost, for something that the catalogue calls otherwise by now. */
async function strayMoney(options: { onHand?: number } = {}) {
  const who = await newBuyer(shop.db, options)
  const paypalOrderId = await beginPaying(shop, who)
  const paypalCaptureId = await captureBehindOurBack(shop, paypalOrderId)
  await loseAttempt(shop, paypalOrderId)
  const rename = (from: string, to: string) =>
    tamper(shop.db, sql`update variants set sku = replace(sku, ${from}, ${to}) where id = ${who.variantId}`)
  await rename('work-', 'renamed-')
  await compare()
  const key = `money_without_order:${paypalCaptureId}`
  const { id } = await incidentAbout(key)
  return { id, key, who, paypalOrderId, paypalCaptureId, mendCatalogue: () => rename('renamed-', 'work-') }
}

async function ordersOf(paypalCaptureId: string) {
  return (await shop.db.execute(sql`select id from orders where paypal_capture_id = ${paypalCaptureId}`)).rows
}

describe('money without an order', () => {
  test('is adopted into the order it was for, once, however often and by however many', async () => {
    const stray = await strayMoney()
    expect(await decide(stray.id, 'adopt')).toEqual({ kind: 'not_possible', why: 'unknown_item' })
    await stray.mendCatalogue()
    const outcomes = await Promise.all([1, 2, 3].map(() => decide(stray.id, 'adopt')))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['decided', 'decided', 'decided'])
    expect(await decide(stray.id, 'refund')).toMatchObject({ kind: 'already_decided' })
    const [order] = await ordersOf(stray.paypalCaptureId)
    expect(await incidentAbout(stray.key)).toMatchObject({
      resolution: 'adopted',
      by: 'ada@example.com',
      note: 'Looked at it',
      orderId: order?.['id'],
    })
    expect(await readStock(shop.db, stray.who.variantId)).toEqual({ onHand: 8, held: 0 })
    await expectSound()
  })

  test('is not refunded by adopting it when its pieces are gone', async () => {
    const stray = await strayMoney({ onHand: 2 })
    await stray.mendCatalogue()
    await shop.db.execute(sql`update stock set on_hand = 0 where variant_id = ${stray.who.variantId}`)
    expect(await decide(stray.id, 'adopt')).toEqual({ kind: 'not_possible', why: 'no_order_possible' })
    expect(await incidentAbout(stray.key)).toMatchObject({ resolution: null })
    expect(await heldAtPayPal(shop, stray.paypalOrderId)).toBeGreaterThan(0)
    await decide(stray.id, 'ignore')
  })

  test('is given back whole, and is in the books as such', async () => {
    const stray = await strayMoney()
    const outcomes = await Promise.all([1, 2, 3].map(() => decide(stray.id, 'refund')))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['decided', 'decided', 'decided'])
    await sweepNow()
    expect(await heldAtPayPal(shop, stray.paypalOrderId)).toBe(0)
    expect(await ordersOf(stray.paypalCaptureId)).toEqual([])
    expect(await incidentAbout(stray.key)).toMatchObject({ resolution: 'refunded' })
    await compare()
    await expectSound()
  })

  test('of which PayPal has given part back already, gives back the rest', async () => {
    const stray = await strayMoney()
    await shop.paypal.refundOnSite(stray.paypalCaptureId, '5.00')
    expect(await decide(stray.id, 'refund')).toMatchObject({ kind: 'decided' })
    await sweepNow()
    expect(await heldAtPayPal(shop, stray.paypalOrderId)).toBe(0)
    const { rows } = await shop.db.execute(sql`
      select reason, state from refunds where paypal_capture_id = ${stray.paypalCaptureId} order by reason`)
    expect(rows).toEqual([
      { reason: 'paypal', state: 'completed' },
      { reason: 'unfulfillable', state: 'completed' },
    ])
    await expectSound()
  })

  test('through the PayPal order of another payment is given back, and the other stays an order', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const stray = await strayMoney()
    const { gateway } = shop.services
    const asOneOrder: PaymentGateway = {
      ...gateway,
      getCapture: async (id) => {
        const seen = await gateway.getCapture(id)
        const isStray = id === stray.paypalCaptureId && seen.kind === 'found'
        return isStray ? { ...seen, paypalOrderId: order.paypalOrderId } : seen
      },
    }
    const services = { ...shop.services, gateway: asOneOrder }
    const input = { incidentId: stray.id, decision: 'refund', by: 'ada@example.com', note: '' } as const
    expect(await decideIncident(services, input)).toMatchObject({ kind: 'decided' })
    await sweepNow()
    expect(await heldAtPayPal(shop, stray.paypalOrderId)).toBe(0)
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor)
    const { rows } = await shop.db.execute(sql`
      select a.state, a.paypal_order_id as "orderId" from payment_captures c join payment_attempts a on a.id = c.attempt_id
      where c.paypal_capture_id = ${stray.paypalCaptureId}`)
    expect(rows).toEqual([{ state: 'refunded', orderId: null }])
    await expectSound()
  })

  test('adopting and refunding at the same time is one or the other', async () => {
    const stray = await strayMoney()
    await stray.mendCatalogue()
    const outcomes = await Promise.all([decide(stray.id, 'adopt'), decide(stray.id, 'refund')])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['already_decided', 'decided'])
    await sweepNow()
    const orders = await ordersOf(stray.paypalCaptureId)
    const held = await heldAtPayPal(shop, stray.paypalOrderId)
    expect(orders.length === 1 ? held > 0 : held === 0).toBe(true)
    await expectSound()
  })

  test('that is ignored while somebody adopts it stays without an order', async () => {
    const stray = await strayMoney()
    await stray.mendCatalogue()
    const gateway: PaymentGateway = {
      ...shop.services.gateway,
      getOrder: async (id) => {
        await decide(stray.id, 'ignore', { by: 'bob@example.com' })
        return shop.services.gateway.getOrder(id)
      },
    }
    const input = { incidentId: stray.id, decision: 'adopt', by: 'ada@example.com', note: '' } as const
    const outcome = await decideIncident({ ...shop.services, gateway }, input)
    expect(outcome).toMatchObject({ kind: 'already_decided', incident: { resolvedBy: 'bob@example.com' } })
    expect(await ordersOf(stray.paypalCaptureId)).toEqual([])
    await expectSound()
  })

  test('that was given back at PayPal meanwhile needs no decision', async () => {
    const stray = await strayMoney()
    await shop.paypal.refundOnSite(stray.paypalCaptureId)
    expect(await decide(stray.id, 'adopt')).toMatchObject({
      kind: 'already_decided',
      incident: { resolution: 'settled' },
    })
    expect(await ordersOf(stray.paypalCaptureId)).toEqual([])
  })

  test('is left alone while PayPal does not answer', async () => {
    const stray = await strayMoney()
    for (const decision of ['adopt', 'refund', 'link', 'ignore'] as const) {
      await shop.paypal.fault('get_capture', 'error_before')
      expect(await decide(stray.id, decision)).toEqual({ kind: 'unknown' })
    }
    expect(await incidentAbout(stray.key)).toMatchObject({ resolution: null })
  })

  test('is linked to an order that is there, and to no other', async () => {
    const stray = await strayMoney()
    const order = await buy(shop, await newBuyer(shop.db))
    expect(await decide(stray.id, 'link', { orderNumber: 'CW-NEVER' })).toEqual({
      kind: 'not_possible',
      why: 'order_missing',
    })
    const link = { orderNumber: order.orderNumber }
    expect(await decide(stray.id, 'link', link)).toMatchObject({ kind: 'decided', incident: { orderId: order.id } })
    await compare()
    expect(await incidentAbout(stray.key)).toMatchObject({ resolution: 'linked' })
  })

  test('is ignored only with a reason, and stays ignored', async () => {
    const stray = await strayMoney()
    expect(await decide(stray.id, 'ignore', { note: ' ' })).toEqual({ kind: 'not_possible', why: 'reason_missing' })
    expect(await decide(stray.id, 'ignore', { note: 'Sold at the market' })).toMatchObject({ kind: 'decided' })
    await compare()
    expect(await incidentAbout(stray.key)).toMatchObject({ resolution: 'ignored', note: 'Sold at the market' })
  })
})

describe('other incidents', () => {
  test('a refund that PayPal refused is sent again, and its incident opens again if it is refused again', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const refundId = randomUUID()
    const request = { kind: 'amount', amountMinor: 500 } as const
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
    await requestRefund(shop.services, { refundId, orderNumber: order.orderNumber, request, noteToPayer: '' })
    const key = `refund_refused:${refundId}`
    const { id } = await incidentAbout(key)
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
    expect(await decide(id, 'adopt')).toEqual({ kind: 'not_possible', why: 'wrong_kind' })
    expect(await decide(id, 'refund')).toMatchObject({ kind: 'decided', incident: { resolution: null } })
    expect(await decide(id, 'refund')).toMatchObject({ kind: 'decided' })
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    await expectSound()
  })

  describe('a refund that was under way and failed at PayPal', () => {
    async function failAtPayPal(request: RefundRequest) {
      const who = await newBuyer(shop.db)
      const order = await buy(shop, who)
      const refundId = randomUUID()
      await shop.paypal.set({ refundsStayPending: true })
      const outcome = await requestRefund(shop.services, {
        refundId,
        orderNumber: order.orderNumber,
        request,
        noteToPayer: '',
      })
      await shop.paypal.set({ refundsStayPending: false })
      if (outcome.kind !== 'requested') throw new Error(outcome.kind)
      await shop.paypal.failRefund(outcome.refund.paypalRefundId ?? '')
      await sweepNow()
      return { who, order, refundId, incident: await incidentAbout(`refund_refused:${refundId}`) }
    }

    test('is sent again as another request, and the money goes back once', async () => {
      const { order, incident } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor)
      expect(await decide(incident.id, 'refund')).toMatchObject({ kind: 'decided' })
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
      await syncRefunds(shop.services, order.paypalCaptureId)
      await sweepNow()
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
      await expectSound()
    })

    test('and fails once more is news once more', async () => {
      const { order, incident, refundId } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      await shop.paypal.set({ refundsStayPending: true })
      await decide(incident.id, 'refund')
      await shop.paypal.set({ refundsStayPending: false })
      const again = await findRefund(shop.db, refundId)
      expect(again).toMatchObject({ state: 'sent', sendSeq: 1 })
      await shop.paypal.failRefund(again?.paypalRefundId ?? '')
      await sweepNow()
      expect(await incidentAbout(`refund_refused:${refundId}`)).toMatchObject({ resolution: null })
      await decide(incident.id, 'refund')
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })

    test('is not sent again when its pieces have gone back meanwhile', async () => {
      const lines = [{ position: 0, quantity: 2, restock: true }]
      const request = { kind: 'lines', lines, withDelivery: false, lessMinor: 5_000 } as const
      const { who, order, incident } = await failAtPayPal(request)
      const stock = await readStock(shop.db, who.variantId)
      const repeat = { refundId: randomUUID(), orderNumber: order.orderNumber, request, noteToPayer: '' }
      expect(await requestRefund(shop.services, repeat)).toMatchObject({ kind: 'requested' })
      // Whichever came first.
      await shop.db.execute(
        sql`update payment_incidents set opened_at = now() + interval '1 hour' where id = ${incident.id}`,
      )
      expect(await decide(incident.id, 'refund')).toEqual({ kind: 'not_possible', why: 'refunded_since' })
      expect(await readStock(shop.db, who.variantId)).toEqual({ ...stock, onHand: stock.onHand + 2 })
      await expectSound()
    })

    test('needs nobody any more once all of the money has gone back otherwise', async () => {
      const { order, refundId } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      await shop.paypal.refundOnSite(order.paypalCaptureId)
      await syncRefunds(shop.services, order.paypalCaptureId)
      await compare()
      expect(await incidentAbout(`refund_refused:${refundId}`)).toMatchObject({ resolution: 'settled' })
    })

    test('is sent again although staff tried by hand, when that was refused too', async () => {
      const { order, incident } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      const request = { kind: 'amount', amountMinor: 500 } as const
      const byHand = { refundId: randomUUID(), orderNumber: order.orderNumber, request, noteToPayer: '' }
      await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
      await requestRefund(shop.services, byHand)
      expect(await decide(incident.id, 'refund')).toMatchObject({ kind: 'decided' })
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })

    test('and was asked for again, and refused again, is one incident, and sent once', async () => {
      const { order, incident, refundId } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      const again = { orderNumber: order.orderNumber, noteToPayer: '' }
      const refuseByHand = async (amountMinor: number) => {
        const byHand = randomUUID()
        await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
        await requestRefund(shop.services, { ...again, refundId: byHand, request: { kind: 'amount', amountMinor } })
        return byHand
      }
      const same = await refuseByHand(500)
      const other = await refuseByHand(300)
      const { rows } = await shop.db.execute(sql`
        select key, details ->> 'issue' as issue, details ->> 'alsoRefused' as also from payment_incidents
        where paypal_capture_id = ${order.paypalCaptureId} order by opened_at`)
      expect(rows).toEqual([
        { key: `refund_refused:${refundId}`, issue: 'REFUND_NOT_ALLOWED', also: same },
        { key: `refund_refused:${other}`, issue: 'REFUND_NOT_ALLOWED', also: null },
      ])
      expect(await decide(incident.id, 'refund')).toMatchObject({ kind: 'decided' })
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })

    test('is not sent again when another that had failed before it was sent since', async () => {
      const { order, incident } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      const byHand = randomUUID()
      const request = { kind: 'amount', amountMinor: 400 } as const
      await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
      await requestRefund(shop.services, { refundId: byHand, orderNumber: order.orderNumber, request, noteToPayer: '' })
      const other = await incidentAbout(`refund_refused:${byHand}`)
      expect(await decide(incident.id, 'refund')).toMatchObject({ kind: 'decided' })
      expect(await decide(other.id, 'refund')).toEqual({ kind: 'not_possible', why: 'refunded_since' })
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })

    test('says how much has gone back by now', async () => {
      const { order, refundId } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      const said = async () =>
        (
          await shop.db.execute(
            sql`select details ->> 'goneBackMinor' as gone from payment_incidents where key = ${`refund_refused:${refundId}`}`,
          )
        ).rows
      expect(await said()).toEqual([{ gone: '0' }])
      await shop.paypal.refundOnSite(order.paypalCaptureId, '7.00')
      await syncRefunds(shop.services, order.paypalCaptureId)
      expect(await said()).toEqual([{ gone: '700' }])
    })

    test('is not sent again when staff gave as much back by hand', async () => {
      const { order, incident } = await failAtPayPal({ kind: 'amount', amountMinor: 500 })
      const request = { kind: 'amount', amountMinor: 500 } as const
      await requestRefund(shop.services, {
        refundId: randomUUID(),
        orderNumber: order.orderNumber,
        request,
        noteToPayer: '',
      })
      expect(await decide(incident.id, 'refund')).toEqual({ kind: 'not_possible', why: 'refunded_since' })
      expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(order.totalMinor - 500)
    })
  })

  test('the database does not take a refund up again under the key that PayPal has refused', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const refundId = randomUUID()
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
    const request = { kind: 'amount', amountMinor: 500 } as const
    await requestRefund(shop.services, { refundId, orderNumber: order.orderNumber, request, noteToPayer: '' })
    const again = shop.db.execute(
      sql`update refunds set state = 'pending', next_action_at = now() where id = ${refundId}`,
    )
    await expect(again).rejects.toMatchObject({ cause: { message: expect.stringContaining('would repeat a request') } })
  })

  test('an order paid with another amount than it says is refunded once', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const change = (minor: number) =>
      tamper(
        shop.db,
        sql`update payment_captures set amount_minor = ${minor} where paypal_capture_id = ${order.paypalCaptureId}`,
      )
    await change(order.totalMinor + 1)
    await compare()
    const { id } = await incidentAbout(`amount_differs:${order.paypalCaptureId}`)
    await Promise.all([1, 2].map(() => decide(id, 'refund')))
    await change(order.totalMinor)
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    await expectSound()
  })

  test('a dispute of an unknown payment holds back the order it is linked to', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.db.execute(
      sql`insert into disputes (id, reason, status, opened_at) values ('PP-D-1', 'OTHER', 'OPEN', now())`,
    )
    await raiseIncident(shop.db, { kind: 'dispute_unmatched', subject: 'PP-D-1' })
    const { id } = await incidentAbout('dispute_unmatched:PP-D-1')
    await decide(id, 'link', { orderNumber: order.orderNumber })
    const { rows } = await shop.db.execute(sql`
      select d.order_id as "orderId", h.kind from disputes d join order_holds h on h.ref = d.id where d.id = 'PP-D-1'`)
    expect(rows).toEqual([{ orderId: order.id, kind: 'dispute' }])
  })

  test('an invariant that holds again settles, and is told again when it is violated again', async () => {
    const { variantId } = await newBuyer(shop.db)
    const change = (minor: number) =>
      tamper(shop.db, sql`update stock set on_hand = on_hand + ${minor} where variant_id = ${variantId}`)
    await change(1)
    await lookAtInvariants(shop.db)
    const key = `invariant_violated:I3:variant ${variantId}`
    expect(await incidentAbout(key)).toMatchObject({ resolution: null })
    await change(-1)
    await lookAtInvariants(shop.db)
    expect(await incidentAbout(key)).toMatchObject({ resolution: 'settled', by: 'system' })
    await change(1)
    await lookAtInvariants(shop.db)
    expect(await incidentAbout(key)).toMatchObject({ resolution: null, by: null })
    await change(-1)
  })

  test('a bank that takes part of a cancelled order’s money and gives it back leaves that part to decide about', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const { id: reversalId } = await shop.paypal.reverseCapture(order.paypalCaptureId, '10.00')
    const admin = await newAdmin(shop.db, 'owner', 'orders.refund')
    const refundId = randomUUID()
    await cancelOrder(shop.services, admin, { orderNumber: order.orderNumber, seenEventId: null, refundId, reason: '' })
    // The cancellation gives back all that is left, and the bank was quicker with part of it.
    await sweepNow()
    expect(await findRefund(shop.db, refundId)).toMatchObject({
      state: 'completed',
      amountMinor: order.totalMinor - 1_000,
    })
    await shop.paypal.returnReversal(reversalId)
    await compare()
    const returned = await incidentAbout(`amount_differs:${order.paypalCaptureId}:returned`)
    expect(await decide(returned.id, 'refund')).toMatchObject({ kind: 'decided' })
    const { rows } = await shop.db.execute(sql`
      select key from payment_incidents where paypal_capture_id = ${order.paypalCaptureId} and resolution is null`)
    expect(rows).toEqual([])
    await expectSound()
  })

  test('a cancelled order whose refund was refused keeps nothing of what went back at PayPal’s site meanwhile', async () => {
    const who = await newBuyer(shop.db)
    const order = await buy(shop, who)
    const stock = await readStock(shop.db, who.variantId)
    const admin = await newAdmin(shop.db, 'owner', 'orders.refund')
    const refundId = randomUUID()
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
    await cancelOrder(shop.services, admin, { orderNumber: order.orderNumber, seenEventId: null, refundId, reason: '' })
    await shop.paypal.refundOnSite(order.paypalCaptureId, '30.00')
    await syncRefunds(shop.services, order.paypalCaptureId)
    const { id } = await incidentAbout(`refund_refused:${refundId}`)
    expect(await decide(id, 'refund')).toMatchObject({ kind: 'decided' })
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(0)
    expect(await readStock(shop.db, who.variantId)).toEqual({ ...stock, onHand: stock.onHand + 2 })
    await expectSound()
  })

  test('a refund for more than is left of its money says how much that is', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const request = { kind: 'amount', amountMinor: 5_000 } as const
    const refundId = randomUUID()
    await shop.paypal.fault('refund', 'refuse', { issue: 'REFUND_NOT_ALLOWED' })
    await requestRefund(shop.services, { refundId, orderNumber: order.orderNumber, request, noteToPayer: '' })
    await shop.paypal.refundOnSite(order.paypalCaptureId, '30.00')
    await syncRefunds(shop.services, order.paypalCaptureId)
    const { id } = await incidentAbout(`refund_refused:${refundId}`)
    const left = { minor: order.totalMinor - 3_000, currency: 'USD' }
    expect(await decide(id, 'refund')).toEqual({ kind: 'not_possible', why: 'too_much', left })
    await decide(id, 'ignore')
  })

  describe('while nobody has decided', () => {
    const raise = (kind: IncidentKind, subject: string, details: Record<string, string | null>, amountMinor = 1) =>
      raiseIncident(shop.db, { kind, subject, details, amountMinor })
    const facts = async (key: string) =>
      (
        await shop.db.execute(
          sql`select details, amount_minor::int as amount, resolution from payment_incidents where key = ${key}`,
        )
      ).rows[0]

    test('an incident says what is so by now, and is no news for that', async () => {
      expect(await raise('refund_unmatched', 'R1', { paypalStatus: 'PENDING', toldBy: 'webhook' })).toBe(true)
      expect(await raise('refund_unmatched', 'R1', { paypalStatus: 'FAILED', toldBy: null }, 2)).toBe(false)
      const details = { paypalStatus: 'FAILED', toldBy: 'webhook' }
      expect(await facts('refund_unmatched:R1')).toEqual({ details, amount: 2, resolution: null })
    })

    test('one that is what it says says nothing of before, and whoever ignores it has judged the last', async () => {
      await raise('invariant_violated', 'I0:x', { detail: 'one', more: 'gone' })
      await raise('invariant_violated', 'I0:x', { detail: 'two' })
      expect(await facts('invariant_violated:I0:x')).toMatchObject({ details: { detail: 'two' } })
      const { id } = await incidentAbout('invariant_violated:I0:x')
      await decide(id, 'ignore')
      expect(await raise('invariant_violated', 'I0:x', { detail: 'two' })).toBe(false)
      expect(await facts('invariant_violated:I0:x')).toMatchObject({ resolution: 'ignored' })
      expect(await raise('invariant_violated', 'I0:x', { detail: 'three' })).toBe(true)
      await decide(id, 'ignore')
    })

    test('what has changed since it was shown is looked at again before it is decided', async () => {
      await raise('invariant_violated', 'I0:y', { detail: 'one' })
      const { id } = await incidentAbout('invariant_violated:I0:y')
      const shown = await findIncident(shop.db, id)
      const shownFacts = shown ? factsOf(shown) : ''
      await raise('invariant_violated', 'I0:y', { detail: 'two' })
      expect(await decide(id, 'ignore', { shownFacts })).toEqual({ kind: 'not_possible', why: 'changed_since' })
      const now = await findIncident(shop.db, id)
      await raise('invariant_violated', 'I0:y', { detail: 'two' })
      expect(await decide(id, 'ignore', { shownFacts: now ? factsOf(now) : '' })).toMatchObject({ kind: 'decided' })
    })

    test('what a person has decided about stays as they saw it', async () => {
      await raise('refund_unmatched', 'R2', { paypalStatus: 'PENDING' })
      const { id } = await incidentAbout('refund_unmatched:R2')
      await decide(id, 'ignore')
      await raise('refund_unmatched', 'R2', { paypalStatus: 'FAILED' }, 2)
      const details = { paypalStatus: 'PENDING' }
      expect(await facts('refund_unmatched:R2')).toEqual({ details, amount: 1, resolution: 'ignored' })
    })
  })

  test('an incident that never was cannot be decided', async () => {
    expect(await decide(randomUUID(), 'ignore')).toEqual({ kind: 'not_found' })
  })
})

describe('what is written down with a decision', () => {
  const DECISIONS = ['adopt', 'refund', 'link', 'ignore'] as const
  const noLog = () => Promise.reject(new Error('no log'))

  async function stray() {
    const money = await strayMoney()
    await money.mendCatalogue()
    const { orderNumber } = await buy(shop, await newBuyer(shop.db))
    return { ...money, orderNumber }
  }

  test.each(DECISIONS)('is written once by %s, in the transaction that closes the incident', async (decision) => {
    const { id, key, orderNumber } = await stray()
    const written: unknown[] = []
    const onResolved: DecisionInput['onResolved'] = async (tx, { resolution }) => {
      const { rows } = await tx.execute<{ resolution: string }>(
        sql`select resolution from payment_incidents where id = ${id}`,
      )
      written.push([resolution, rows[0]?.resolution])
    }
    const outcomes = await Promise.all([1, 2].map(() => decide(id, decision, { orderNumber, onResolved })))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['decided', 'decided'])
    const { resolution } = await incidentAbout(key)
    expect(written).toEqual([[resolution, resolution]])
  })

  test.each(DECISIONS)('and %s does nothing when it cannot be', async (decision) => {
    const { id, key, paypalCaptureId, paypalOrderId, orderNumber } = await stray()
    const held = await heldAtPayPal(shop, paypalOrderId)
    const wrong = await wrongNow()
    await expect(decide(id, decision, { orderNumber, onResolved: noLog })).rejects.toThrow('no log')
    await sweepNow()
    expect(await incidentAbout(key)).toMatchObject({ resolution: null })
    expect(await ordersOf(paypalCaptureId)).toEqual([])
    expect(await heldAtPayPal(shop, paypalOrderId)).toBe(held)
    expect(await wrongNow()).toEqual(wrong)
  })

  test('and an order that was paid with another amount keeps its money when it cannot be, or somebody ignored it first', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    const held = await heldAtPayPal(shop, order.paypalOrderId)
    await raiseIncident(shop.db, {
      kind: 'amount_differs',
      subject: order.paypalCaptureId,
      orderId: order.id,
      paypalCaptureId: order.paypalCaptureId,
    })
    const { id } = await incidentAbout(`amount_differs:${order.paypalCaptureId}`)
    const incident = await findIncident(shop.db, id)
    if (!incident) throw new Error('no incident')
    const open = { incident, by: 'ada@example.com', note: '', onResolved: noLog }
    await expect(refundIncident(shop.services, open)).rejects.toThrow('no log')
    expect(await findRefund(shop.db, id)).toBeNull()
    expect((await ignoreIncident(shop.services, { ...open, note: 'Fine', onResolved: async () => {} })).kind).toBe(
      'carried_out',
    )
    expect(await refundIncident(shop.services, open)).toEqual({ kind: 'raced' })
    expect(await findRefund(shop.db, id)).toBeNull()
    expect(await heldAtPayPal(shop, order.paypalOrderId)).toBe(held)
  })
})
