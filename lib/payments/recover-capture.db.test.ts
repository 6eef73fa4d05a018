import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { createDatabase } from '@/db/client'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { backUp, type Backup } from '@/testing/backup'
import { beginPaying, heldAtPayPal, newBuyer, openTestShop, type TestBuyer, type TestShop } from '@/testing/test-buyer'
import { readStock, testServices } from '@/testing/test-shop'

import { finishPayment } from './finish-payment'
import { recoverCapture } from './recover-capture'
import { sweepRefunds } from './sweep-refunds'

interface Bought {
  readonly who: TestBuyer
  readonly paypalOrderId: string
  readonly paypalCaptureId: string
  readonly orderNumber: string
}

let shop: TestShop
let later: Database
let backup: Backup
/** Begun before the backup, paid after it. */
let begun: Bought
/** Begun and paid after it. */
let lost: Bought
let scarce: Bought

async function pay(who: TestBuyer, paypalOrderId: string): Promise<Bought> {
  await shop.paypal.approve(paypalOrderId)
  const outcome = await finishPayment(testServices(later, shop.paypal), { ...who, paypalOrderId })
  if (outcome.kind !== 'order_placed') throw new Error(JSON.stringify(outcome))
  const { rows } = await later.execute<{ id: string }>(
    sql`select paypal_capture_id as id from orders where order_number = ${outcome.orderNumber}`,
  )
  return { who, paypalOrderId, orderNumber: outcome.orderNumber, paypalCaptureId: rows[0]?.id ?? '' }
}

beforeAll(async () => {
  shop = await openTestShop()
  const early = await newBuyer(shop.db)
  const earlyOrder = await beginPaying(shop, early)
  const late = await newBuyer(shop.db)
  const tight = await newBuyer(shop.db, { onHand: 2 })
  await shop.db.$client.end()
  backup = await backUp(shop.databaseUrl)
  later = createDatabase(shop.databaseUrl)
  const services = testServices(later, shop.paypal)
  begun = await pay(early, earlyOrder)
  lost = await pay(late, await beginPaying(shop, late, services))
  scarce = await pay(tight, await beginPaying(shop, tight, services))
})
afterAll(async () => {
  await later.$client.end()
  await backup.drop()
  await shop.paypal.close()
})

async function restored() {
  const db = await backup.restore()
  return { db, services: testServices(db, shop.paypal) }
}

async function orderOf(db: Database, paypalCaptureId: string) {
  const { rows } = await db.execute(sql`
    select o.id, o.cart_id, o.attempt_id, o.email, o.address_line1, o.total_minor::int, o.tax_minor::int, o.delivery_name,
      o.buyer_key_hash, (select json_agg(json_build_array(i.variant_id, i.sku, i.quantity, i.line_total_minor)) from order_items i
        where i.order_id = o.id) as items
    from orders o where paypal_capture_id = ${paypalCaptureId}`)
  return rows
}

async function expectSound(db: Database): Promise<void> {
  expect((await checkInvariants(db)).flatMap(({ findings }) => findings)).toEqual([])
}

describe('a database restored from a backup', () => {
  test('an attempt that was begun before it becomes the order that was paid after it', async () => {
    const { db, services } = await restored()
    expect(await recoverCapture(services, begun.paypalCaptureId)).toMatchObject({ kind: 'recovered' })
    expect(await recoverCapture(services, begun.paypalCaptureId)).toEqual({ kind: 'known' })
    const [before, after] = [await orderOf(later, begun.paypalCaptureId), await orderOf(db, begun.paypalCaptureId)]
    expect(after).toEqual([{ ...before[0], id: after[0]?.['id'] }])
    expect(await readStock(db, begun.who.variantId)).toEqual({ onHand: 8, held: 0 })
    await expectSound(db)
  })

  test('an order whose attempt is lost is made again from PayPal’s own order', async () => {
    const { db, services } = await restored()
    const outcomes = await Promise.all([1, 2, 3].map(() => recoverCapture(services, lost.paypalCaptureId)))
    expect(outcomes.filter(({ kind }) => kind === 'recovered')).toHaveLength(1)
    const [before] = await orderOf(later, lost.paypalCaptureId)
    const [after, ...more] = await orderOf(db, lost.paypalCaptureId)
    expect(more).toEqual([])
    expect(after).toEqual({ ...before, id: after?.['id'], buyer_key_hash: after?.['buyer_key_hash'] })
    expect(after?.['buyer_key_hash']).not.toBe(before?.['buyer_key_hash'])
    expect(await readStock(db, lost.who.variantId)).toEqual({ onHand: 8, held: 0 })
    await expectSound(db)
  })

  test('when its stock is gone by then, the whole amount goes back', async () => {
    const { db, services } = await restored()
    await db.execute(sql`update stock set on_hand = 1 where variant_id = ${scarce.who.variantId}`)
    const onlyOrder = await recoverCapture(services, scarce.paypalCaptureId, {
      judge: (planned) => (planned.kind === 'order' ? planned : null),
    })
    expect(onlyOrder).toEqual({ kind: 'left' })
    expect(
      (await db.execute(sql`select 1 from payment_attempts where paypal_order_id = ${scarce.paypalOrderId}`)).rows,
    ).toEqual([])
    expect(await recoverCapture(services, scarce.paypalCaptureId)).toMatchObject({ kind: 'recovered' })
    await sweepRefunds(services)
    expect(await heldAtPayPal(shop, scarce.paypalOrderId)).toBe(0)
    expect(await orderOf(db, scarce.paypalCaptureId)).toEqual([])
    await expectSound(db)
  })

  test('while PayPal does not answer nothing is decided', async () => {
    const { db, services } = await restored()
    await shop.paypal.fault('get_capture', 'error_before')
    expect(await recoverCapture(services, lost.paypalCaptureId)).toEqual({ kind: 'unknown' })
    await shop.paypal.fault('get_order', 'drop_before')
    expect(await recoverCapture(services, lost.paypalCaptureId)).toEqual({ kind: 'unknown' })
    expect(await orderOf(db, lost.paypalCaptureId)).toEqual([])
  })

  test('a capture that PayPal does not know is no money', async () => {
    const { services } = await restored()
    expect(await recoverCapture(services, '0AB00000000000000')).toEqual({ kind: 'missing' })
  })

  test('an item that the catalogue no longer has is left to a person', async () => {
    const { db, services } = await restored()
    await db.execute(sql`update variants set sku = 'RENAMED' where id = ${lost.who.variantId}`)
    expect(await recoverCapture(services, lost.paypalCaptureId)).toMatchObject({
      kind: 'unusable',
      problem: 'unknown_item',
    })
    expect(await orderOf(db, lost.paypalCaptureId)).toEqual([])
  })

  test('a payment under another shop’s invoice prefix is not taken for ours', async () => {
    const { services } = await restored()
    const elsewhere = { ...services, invoicePrefix: 'XY' }
    expect(await recoverCapture(elsewhere, lost.paypalCaptureId)).toMatchObject({ problem: 'not_ours' })
  })
})
