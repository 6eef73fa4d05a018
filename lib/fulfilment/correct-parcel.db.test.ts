import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { listOrderEvents } from '@/db/queries/fulfilment'
import { countGivenUpParcels } from '@/db/queries/parcels'
import type { Admin } from '@/lib/admin/admin'
import type { PayPalParcel, ShipmentGateway } from '@/lib/domain/shipment-gateway'
import { createShipmentGateway } from '@/lib/payments/paypal/shipments'
import { tellParcels } from '@/lib/payments/tell-parcels'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'

import { correctParcel, retellParcel } from './correct-parcel'
import { shipOrder } from './ship-order'

let shop: TestShop
let packer: Admin<'orders.fulfil'>
let paypal: ShipmentGateway

beforeAll(async () => {
  shop = await openTestShop()
  packer = await newAdmin(shop.db, 'fulfilment', 'orders.fulfil')
  paypal = createShipmentGateway({ baseUrl: shop.paypal.url, ...SIMULATOR_ACCOUNT })
})
afterAll(() => shop.close())
beforeEach(() => shop.db.execute(sql`update shipments set tell_paypal_at = null, told_paypal_at = now()`))

const WRONG = '1Z999AA10123456780'
const RIGHT = '1Z999AA10123456784'

async function sent() {
  const order = await buy(shop, await newBuyer(shop.db, { quantity: 1 }))
  const parcel = { orderNumber: order.orderNumber, seenEventId: null, shipmentId: randomUUID() }
  await shipOrder(shop.db, packer, { ...parcel, carrier: 'UPS', trackingNumber: WRONG, items: 'rest' })
  return { order, parcel }
}

const tell = (shipments: ShipmentGateway) => tellParcels({ db: shop.db, shipments })

/** PayPal's word on each number of an order. */
async function trackersOf({ paypalOrderId }: BoughtOrder): Promise<Record<string, string>> {
  const { clientId, clientSecret } = SIMULATOR_ACCOUNT
  const ask = async (path: string, init: RequestInit) => (await fetch(shop.paypal.url + path, init)).json()
  const token = await ask('/v1/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  })
  const order = await ask(`/v2/checkout/orders/${paypalOrderId}`, {
    headers: { authorization: `Bearer ${token.access_token}` },
  })
  const trackers: { id: string; status: string }[] = order.purchase_units[0].shipping.trackers ?? []
  return Object.fromEntries(trackers.map(({ id, status }) => [id.split('-').at(-1), status]))
}

async function mailsOf({ id }: BoughtOrder) {
  const { rows } = await shop.db.execute<{ number: string; corrects: boolean | null }>(sql`
    select payload ->> 'trackingNumber' as number, (payload ->> 'corrects')::boolean as corrects
    from mail_outbox where kind = 'shipped' and payload ->> 'orderId' = ${id} order by id`)
  return rows
}

test('a wrong number is put right once: the buyer is mailed, PayPal told, and the wrong one taken back', async () => {
  const { order, parcel } = await sent()
  await tell(paypal)
  const right = { ...parcel, carrier: 'UPS', trackingNumber: RIGHT }
  const outcomes = await Promise.all([1, 2].map(() => correctParcel(shop.db, packer, right)))
  expect(outcomes).toEqual([{ kind: 'done' }, { kind: 'done' }])
  expect(await mailsOf(order)).toEqual([
    { number: WRONG, corrects: null },
    { number: RIGHT, corrects: true },
  ])
  expect((await listOrderEvents(shop.db, order.id)).map(({ kind }) => kind)).toEqual(['shipped', 'parcel_corrected'])
  expect(await tell(paypal)).toBe(1)
  expect(await tell(paypal)).toBe(0)
  expect(await trackersOf(order)).toEqual({ [WRONG]: 'CANCELLED', [RIGHT]: 'SHIPPED' })
})

test('a number put right while PayPal is told of the wrong one is told all the same', async () => {
  const { order, parcel } = await sent()
  const meanwhile: ShipmentGateway = {
    ...paypal,
    async tellParcel(told: PayPalParcel, key) {
      await correctParcel(shop.db, packer, { ...parcel, carrier: 'UPS', trackingNumber: RIGHT })
      return paypal.tellParcel(told, key)
    },
  }
  await tell(meanwhile)
  expect(await tell(paypal)).toBe(1)
  expect(await trackersOf(order)).toEqual({ [WRONG]: 'CANCELLED', [RIGHT]: 'SHIPPED' })
})

test('a parcel that PayPal refused waits for a person, who has it told again; one it knows is not told twice', async () => {
  const { order, parcel } = await sent()
  const refuses: ShipmentGateway = {
    ...paypal,
    tellParcel: async () => ({ kind: 'refused', issue: 'ITEM_SKU_MISMATCH', debugId: null }),
  }
  await tell(refuses)
  expect(await countGivenUpParcels(shop.db)).toEqual({ n: 1, orderNumber: order.orderNumber })
  expect(await retellParcel(shop.db, packer, parcel)).toEqual({ kind: 'done' })
  expect((await countGivenUpParcels(shop.db)).n).toBe(0)
  await tell(paypal)
  expect(await trackersOf(order)).toEqual({ [WRONG]: 'SHIPPED' })
  expect(await retellParcel(shop.db, packer, parcel)).toEqual({ kind: 'paypal_knows' })
})

test('a parcel of another order is not put right by this one', async () => {
  const [own, other] = [await sent(), await sent()]
  const foreign = { ...own.parcel, shipmentId: other.parcel.shipmentId, carrier: 'UPS', trackingNumber: RIGHT }
  expect(await correctParcel(shop.db, packer, foreign)).toEqual({ kind: 'no_such_parcel' })
})
