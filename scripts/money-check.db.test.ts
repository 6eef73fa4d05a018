import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { decideIncident } from '@/lib/payments/incidents/decide-incident'
import { lookAtInvariants } from '@/lib/payments/watch-invariants'
import { runCommand } from '@/testing/run-command'
import { tamper } from '@/testing/tamper'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'

let shop: TestShop

beforeEach(async () => {
  shop = await openTestShop()
  await buy(shop, await newBuyer(shop.db))
})
afterEach(() => shop.close())

const moneyCheck = (databaseUrl: string) => runCommand('money-check', [], { DATABASE_URL: databaseUrl })

test('where nothing is wrong every invariant is printed with the rows that were seen, and the command ends with 0', async () => {
  const { code, output } = await moneyCheck(shop.databaseUrl)
  expect(code).toBe(0)
  expect(output.match(/^✓ I\d+/gm)?.map((line) => line.slice(2))).toEqual([
    'I1',
    'I2',
    'I3',
    'I4',
    'I5',
    'I6',
    'I7',
    'I8',
    'I9',
    'I10',
    'I13',
    'I14',
  ])
  expect(output).toMatch(/✓ I1 .*\(1 rows seen\)/)
  expect(output).toContain('Nothing is wrong.')
})

test('a ghost order, a ghost payment, an oversell and an unbalanced entry put in by hand are named, and it ends with 1', async () => {
  const attemptId = 'd6a3c6f0-5a3a-4b8e-9d55-0c8f3a1b2c3d'
  await tamper(
    shop.db,
    sql`insert into orders select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'order_number', 'GHOST',
      'cart_id', gen_random_uuid(), 'attempt_id', gen_random_uuid(), 'paypal_capture_id', 'NOSUCH'))).* from orders o`,
  )
  await tamper(
    shop.db,
    sql`insert into payment_attempts select (jsonb_populate_record(a, jsonb_build_object('id', ${attemptId}::text,
      'cart_id', gen_random_uuid(), 'paypal_order_id', 'GHOSTORDER', 'state', 'review'))).* from payment_attempts a`,
  )
  await tamper(
    shop.db,
    sql`insert into payment_captures (paypal_capture_id, attempt_id, amount_minor, currency)
      values ('GHOSTCAPTURE', ${attemptId}, 6606, 'USD')`,
  )
  await shop.db.execute(
    sql`alter table stock drop constraint stock_on_hand_not_negative, drop constraint stock_held_is_on_hand`,
  )
  await tamper(shop.db, sql`update stock set on_hand = -1`)
  await tamper(shop.db, sql`update journal_postings set amount_minor = amount_minor - 1 where account = 'sales'`)
  const { code, output } = await moneyCheck(shop.databaseUrl)
  expect(code).toBe(1)
  expect(output).toMatch(/✗ I1 .*\n\s+order GHOST: no such capture: NOSUCH/)
  expect(output).toMatch(/✗ I6 .*\n(.*\n)*?\s+capture GHOSTCAPTURE: orders: 0, automatic refunds: 0/)
  expect(output).toMatch(/✗ I3 .*\n(.*\n)*?\s+variant \d+: (.*; )?0 held of -1/)
  expect(output).toMatch(/✗ I4 .*\n\s+journal entry \d+: capture \w+ is off by 1/)
  expect(output).toMatch(/\d+ things are wrong\./)
})

test('what somebody has ignored is printed as ignored, and is wrong all the same', async () => {
  await tamper(shop.db, sql`update stock set held = 1`)
  await lookAtInvariants(shop.db)
  const { rows } = await shop.db.execute<{ id: string }>(sql`select id from payment_incidents`)
  const ignore = { decision: 'ignore', by: 'owner@example.com', note: 'Counted by hand.' } as const
  await decideIncident(shop.services, { ...ignore, incidentId: rows[0]?.id ?? '' })
  const { code, output } = await moneyCheck(shop.databaseUrl)
  expect(code).toBe(1)
  expect(output).toMatch(/✗ I3 .*\n\s+variant \d+: 1 held, .*\n\s+ignored by owner@example.com: Counted by hand\./)
  expect(output).toContain('1 thing is wrong. 1 of them ignored: wrong all the same.')
})

test('without a database it says so, and ends with neither', async () => {
  expect(await moneyCheck('')).toMatchObject({ code: 2, output: expect.stringContaining('DATABASE_URL is missing') })
})
