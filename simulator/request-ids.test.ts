import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { orderBody, startDriver, type Driver, type Json } from './test-driver'

let paypal: Driver
beforeAll(async () => {
  paypal = await startDriver()
})
beforeEach(async () => {
  await paypal.control('POST', '/reset')
  await paypal.token()
})
afterAll(() => paypal.close())

const issueOf = (body: Json): string => body.details[0].issue
const ordersMade = async () => (await paypal.control('GET', '/orders')).body.orders.length
const booked = async () => (await paypal.control('GET', '/ledger')).body.entries.length

test('repeating a create answers 200 with the first order as it is now', async () => {
  const first = await paypal.create(orderBody(), 'create-1')
  await paypal.approve(first.body.id)
  const second = await paypal.create(orderBody(), 'create-1')
  expect([first.status, second.status, second.body.id, second.body.status]).toEqual([
    201,
    200,
    first.body.id,
    'APPROVED',
  ])
  expect(await ordersMade()).toBe(1)
})

test('an id that was used with another body is refused and nothing is made', async () => {
  await paypal.create(orderBody(), 'create-1')
  const other = await paypal.create(orderBody({ custom_id: 'other' }), 'create-1')
  expect([other.status, issueOf(other.body)]).toEqual([422, 'PAYPAL_REQUEST_ID_PREVIOUSLY_USED'])
  expect(await ordersMade()).toBe(1)
})

test('repeating a capture answers 200 with the same capture, booked once', async () => {
  const { id } = (await paypal.create()).body
  await paypal.approve(id)
  const [first, second] = [await paypal.capture(id, 'capture-1'), await paypal.capture(id, 'capture-1')]
  const captureId = (reply: Json) => reply.body.purchase_units[0].payments.captures[0].id
  expect([first.status, second.status]).toEqual([201, 200])
  expect(captureId(second)).toBe(captureId(first))
  expect(await booked()).toBe(1)
})

test('the same id on two orders is two requests', async () => {
  const [one, two] = [(await paypal.create()).body.id, (await paypal.create()).body.id]
  await Promise.all([paypal.approve(one), paypal.approve(two)])
  expect((await paypal.capture(one, 'capture-1')).status).toBe(201)
  expect((await paypal.capture(two, 'capture-1')).status).toBe(201)
})

test('repeating a refund gives the money back once, within 45 days and not after', async () => {
  const { captureId } = await paypal.pay()
  const amount = { amount: { currency_code: 'USD', value: '1.00' } }
  const first = await paypal.refund(captureId, amount, 'refund-1')
  await paypal.control('POST', '/clock', { advanceSeconds: 44 * 86_400 })
  await paypal.token()
  const second = await paypal.refund(captureId, amount, 'refund-1')
  expect([first.status, second.status, second.body.id]).toEqual([201, 200, first.body.id])
  await paypal.control('POST', '/clock', { advanceSeconds: 2 * 86_400 })
  await paypal.token()
  expect((await paypal.refund(captureId, amount, 'refund-1')).status).toBe(201)
  expect(await booked()).toBe(3)
})

test('after six hours the id of a create is forgotten', async () => {
  await paypal.create(orderBody(), 'create-1')
  await paypal.control('POST', '/clock', { advanceSeconds: 6 * 3600 + 1 })
  expect((await paypal.create(orderBody(), 'create-1')).status).toBe(201)
  expect(await ordersMade()).toBe(2)
})

test('while a capture is being worked on, a second one meets the conflict, with the same id or another', async () => {
  const { id } = (await paypal.create()).body
  await paypal.approve(id)
  await paypal.fault('capture', 'slow', { delayMs: 300 })
  const first = paypal.capture(id, 'capture-1')
  await until(async () =>
    (await paypal.control('GET', '/requests')).body.requests.some((each: Json) => each.fault === 'slow'),
  )
  const others = await Promise.all([paypal.capture(id, 'capture-1'), paypal.capture(id, 'capture-2')])
  expect(others.map(({ status, body }) => [status, issueOf(body)])).toEqual(
    Array(2).fill([422, 'ORDER_COMPLETION_IN_PROGRESS']),
  )
  expect((await first).status).toBe(201)
  expect(await booked()).toBe(1)
})

test('while a refund is being worked on, a second one answers 409', async () => {
  const { captureId } = await paypal.pay()
  await paypal.fault('refund', 'slow', { delayMs: 300 })
  const first = paypal.refund(captureId, {}, 'refund-1')
  await until(async () =>
    (await paypal.control('GET', '/requests')).body.requests.some((each: Json) => each.fault === 'slow'),
  )
  const second = await paypal.refund(captureId, {}, 'refund-1')
  expect([second.status, issueOf(second.body)]).toEqual([409, 'PREVIOUS_REQUEST_IN_PROGRESS'])
  expect((await first).status).toBe(201)
})

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setImmediate(resolve))
}
