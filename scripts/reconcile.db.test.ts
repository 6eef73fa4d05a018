import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { decideIncident } from '@/lib/payments/incidents/decide-incident'
import { environmentOf, runCommand } from '@/testing/run-command'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
  await shop.paypal.set({ reportingLagSeconds: 0 })
})
afterAll(() => shop.close())

const reconcile = (...args: string[]) => runCommand('reconcile', args, environmentOf(shop))

test('what waits for a person is told by every run until it is decided, and none of them ends with 0', async () => {
  const order = await buy(shop, await newBuyer(shop.db))
  expect(await reconcile()).toMatchObject({ code: 0, output: expect.stringContaining('0 new incidents') })
  const { id } = await shop.paypal.moveForeignMoney('-20.00', {
    eventCode: 'T0106',
    referenceId: order.paypalCaptureId,
  })
  const open = new RegExp(
    `Open, and to be decided at /admin/payments: 1\\n  money_unexplained ${id}:T0106 \\$20.00, since `,
  )
  const first = await reconcile()
  expect(first).toMatchObject({ code: 1, output: expect.stringContaining('1 new incidents') })
  expect(first.output).toMatch(open)
  const second = await reconcile('--days', '2')
  expect(second).toMatchObject({ code: 1, output: expect.stringContaining('0 new incidents') })
  expect(second.output).toMatch(open)
  const { rows } = await shop.db.execute<{ id: string }>(sql`select id from payment_incidents`)
  const ignore = { decision: 'ignore', by: 'owner', note: 'Booked by hand.' } as const
  await decideIncident(shop.services, { ...ignore, incidentId: rows[0]?.id ?? '' })
  const last = await reconcile()
  expect(last.code).toBe(0)
  expect(last.output).not.toContain('Open')
})

test('a span that makes no sense is refused with how to say it', async () => {
  expect(await reconcile('--to', '2026-11-20')).toMatchObject({
    code: 2,
    output: expect.stringContaining('npm run paypal:reconcile'),
  })
})
