import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { decideIncident } from '@/lib/payments/incidents/decide-incident'
import { lookAtInvariants } from '@/lib/payments/watch-invariants'
import { getLog } from '@/lib/runtime/log'
import { tamper } from '@/testing/tamper'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'

import { checkInvariants } from './invariant-checks'

let shop: TestShop

beforeEach(async () => {
  shop = await openTestShop()
  await buy(shop, await newBuyer(shop.db))
})
afterEach(() => shop.close())

/** What is wrong, by invariant. */
async function violated(): Promise<Record<string, string[]>> {
  const results = await checkInvariants(shop.db)
  return Object.fromEntries(
    results
      .filter(({ findings }) => findings.length > 0)
      .map(({ id, findings }) => [id, findings.map((f) => f.subject)]),
  )
}

/** Writes past triggers and foreign keys, as a person with a superuser's rights could. */
async function byHand(...statements: string[]): Promise<void> {
  await shop.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const statement of statements) await tx.execute(sql.raw(statement))
  })
}

test('after a purchase nothing is wrong, and everything was looked at', async () => {
  const results = await checkInvariants(shop.db)
  expect(results.flatMap(({ findings }) => findings)).toEqual([])
  expect(results.find(({ id }) => id === 'I1')?.rowsSeen).toBe(1)
})

const GHOSTS: readonly (readonly [what: string, statements: string[], expected: Record<string, RegExp>])[] = [
  [
    'an order without money',
    [
      `insert into orders select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'order_number', 'GHOST',
        'cart_id', gen_random_uuid(), 'attempt_id', gen_random_uuid(), 'paypal_capture_id', 'NOSUCH'))).* from orders o`,
    ],
    { I1: /order GHOST/, I13: /order GHOST/, I14: /order GHOST/ },
  ],
  [
    'money without an order',
    [
      `insert into payment_attempts select (jsonb_populate_record(a, jsonb_build_object('id', 'd6a3c6f0-5a3a-4b8e-9d55-0c8f3a1b2c3d',
        'cart_id', gen_random_uuid(), 'paypal_order_id', 'GHOSTORDER', 'state', 'review'))).* from payment_attempts a`,
      `insert into payment_captures (paypal_capture_id, attempt_id, amount_minor, currency)
        values ('GHOSTCAPTURE', 'd6a3c6f0-5a3a-4b8e-9d55-0c8f3a1b2c3d', 6606, 'USD')`,
    ],
    { I6: /capture GHOSTCAPTURE/, I8: /capture GHOSTCAPTURE/ },
  ],
  [
    'more sold than there was',
    [
      'alter table stock drop constraint stock_on_hand_not_negative, drop constraint stock_held_is_on_hand',
      'update stock set on_hand = -1',
    ],
    { I3: /variant \d+/ },
  ],
  [
    'an entry that does not balance',
    [`update journal_postings set amount_minor = amount_minor - 1 where account = 'sales'`],
    { I4: /journal entry \d+/ },
  ],
  ['stock held for nobody', ['update stock set held = 1'], { I3: /variant \d+/ }],
  [
    'a second order for the same money',
    [
      'alter table orders drop constraint orders_one_per_capture, drop constraint orders_one_per_payment_attempt',
      `insert into orders select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'order_number', 'TWICE',
        'cart_id', gen_random_uuid()))).* from orders o`,
    ],
    { I2: /capture|attempt/, I6: /capture/ },
  ],
  [
    'an attempt that everybody has forgotten',
    [
      'alter table payment_attempts drop constraint payment_attempts_unfinished_is_scheduled',
      `insert into payment_attempts select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(),
        'cart_id', gen_random_uuid(), 'paypal_order_id', 'FORGOTTEN', 'state', 'capturing'))).* from payment_attempts a`,
    ],
    { I7: /attempt/ },
  ],
  [
    'more refunded than was paid',
    [
      `insert into refunds (id, paypal_capture_id, amount_minor, currency, reason, state, next_action_at)
        select gen_random_uuid(), paypal_capture_id, amount_minor + 1, currency, 'merchant', 'pending', now() from payment_captures`,
    ],
    { I6: /capture/ },
  ],
  [
    'a refund that is in no books',
    [
      `insert into refunds (id, paypal_capture_id, amount_minor, currency, reason, state, paypal_refund_id, completed_at)
        select gen_random_uuid(), paypal_capture_id, 1, currency, 'merchant', 'completed', 'UNBOOKED', now() from payment_captures`,
    ],
    { I8: /refund/ },
  ],
  [
    'a refund to nobody that PayPal refused for good',
    [
      'delete from orders',
      `update payment_attempts set state = 'review'`,
      `insert into refunds (id, paypal_capture_id, amount_minor, currency, reason, state)
        select gen_random_uuid(), paypal_capture_id, amount_minor, currency, 'late_capture', 'failed' from payment_captures`,
    ],
    { I6: /capture/ },
  ],
  [
    'a part of money without an order that nobody sends back',
    [
      'delete from orders',
      `update payment_attempts set state = 'review'`,
      `insert into refunds (id, paypal_capture_id, amount_minor, currency, reason, state, next_action_at)
        select gen_random_uuid(), paypal_capture_id, amount_minor - 1, currency, 'late_capture', 'pending', now() from payment_captures`,
    ],
    { I6: /capture/ },
  ],
  ['an order that waits for no invoice', ['delete from papers_due'], { I14: /^order \S+$/ }],
  ['a number that was given to nothing', ['update paper_series set last = last + 1'], { I14: /^series / }],
  ['an order that nobody was told of', [`delete from mail_outbox where kind = 'order_placed'`], { I9: /^order \S+$/ }],
  [
    'a confirmation that was given up',
    [`update mail_outbox set dead_at = now(), last_error = 'EENVELOPE 550' where kind = 'order_placed'`],
    { I9: /^order \S+$/ },
  ],
  [
    'a confirmation of an order that is not there',
    [
      `insert into mail_outbox (key, kind, recipient, payload)
        select 'order_placed:d6a3c6f0-5a3a-4b8e-9d55-0c8f3a1b2c3d', kind, recipient, payload from mail_outbox`,
    ],
    { I9: /^mail \d+$/ },
  ],
  [
    'an event that nobody has dealt with',
    [
      `insert into webhook_events (id, event_type, body, transmitted_at, received_at, next_action_at)
        values ('WH-1', 'X', '{}', now(), now() - interval '2 hours', now())`,
    ],
    { I10: /event WH-1/ },
  ],
]

test.each(GHOSTS)('%s, put in by hand, is named', async (_what, statements, expected) => {
  await byHand(...statements)
  const found = await violated()
  for (const [id, subject] of Object.entries(expected)) expect(found[id]?.join(), id).toMatch(subject)
})

test('what the worker finds wrong becomes one incident, however often it looks', async () => {
  await byHand('update stock set held = 1')
  await lookAtInvariants(shop.db)
  await lookAtInvariants(shop.db)
  const { rows } = await shop.db.execute(sql`select kind, details->>'invariant' as invariant from payment_incidents`)
  expect(rows).toEqual([{ kind: 'invariant_violated', invariant: 'I3' }])
  const states = await shop.db.execute(sql`select violations from invariant_checks where invariant = 'I3'`)
  expect(states.rows).toEqual([{ violations: 1 }])
})

async function incidentsNow() {
  const { rows } = await shop.db.execute(sql`
    select kind, resolution, details->>'detail' as detail, resolution_note as note from payment_incidents`)
  return rows
}

async function ignoreAll(): Promise<void> {
  const { rows } = await shop.db.execute<{ id: string }>(sql`select id from payment_incidents where resolution is null`)
  for (const { id } of rows) {
    await decideIncident(shop.services, { incidentId: id, decision: 'ignore', by: 'owner', note: 'Known.' })
  }
}

test('what somebody has ignored is ignored as long as it is exactly that, and wrong anew when it differs', async () => {
  await byHand('update stock set held = 1')
  await lookAtInvariants(shop.db)
  await ignoreAll()
  await lookAtInvariants(shop.db)
  expect(await incidentsNow()).toMatchObject([{ resolution: 'ignored', detail: '1 held, but payments hold 0' }])
  await byHand('update stock set held = 2')
  await lookAtInvariants(shop.db)
  expect(await incidentsNow()).toMatchObject([{ resolution: null, detail: '2 held, but payments hold 0' }])
  await ignoreAll()
  // The first one again is not what was ignored last.
  await byHand('update stock set held = 1')
  await lookAtInvariants(shop.db)
  expect(await incidentsNow()).toMatchObject([{ resolution: null, detail: '1 held, but payments hold 0' }])
})

test('what was ignored, went and came again is wrong anew', async () => {
  await byHand('update stock set held = 1')
  await lookAtInvariants(shop.db)
  await ignoreAll()
  await byHand('update stock set held = 0')
  await lookAtInvariants(shop.db)
  const note = 'Ignored by owner: Known. – and gone since.'
  expect(await incidentsNow()).toMatchObject([{ resolution: 'settled', note }])
  await byHand('update stock set held = 1')
  await lookAtInvariants(shop.db)
  expect(await incidentsNow()).toMatchObject([{ resolution: null }])
})

test('two things wrong with one subject are one finding, ignored together', async () => {
  await byHand('alter table stock drop constraint stock_on_hand_not_negative, drop constraint stock_held_is_on_hand')
  await byHand('update stock set on_hand = 1, held = 2')
  await lookAtInvariants(shop.db)
  await ignoreAll()
  await lookAtInvariants(shop.db)
  expect(await incidentsNow()).toMatchObject([{ resolution: 'ignored', detail: expect.stringContaining('; ') }])
})

test('the log is told at each look: of what is new, of what is still so, and of what is ignored', async () => {
  const said: string[] = []
  const log = getLog()
  const listen = (level: 'error' | 'warn') =>
    vi.spyOn(log, level).mockImplementation((_about: unknown, text?: string) => void said.push(`${level}: ${text}`))
  listen('error')
  listen('warn')
  await byHand('update stock set held = 1')
  await lookAtInvariants(shop.db)
  await lookAtInvariants(shop.db)
  await ignoreAll()
  await lookAtInvariants(shop.db)
  vi.restoreAllMocks()
  expect(said).toEqual([
    'error: an invariant is violated',
    'error: an invariant is still violated',
    'warn: an invariant is violated, and ignored',
  ])
})

const SHIFTED: readonly (readonly [what: string, statements: string[], subject: RegExp])[] = [
  [
    'a fee that moved from one account to another',
    [
      `update journal_postings set amount_minor = amount_minor - 5 where account = 'paypal_fees'`,
      `update journal_postings set amount_minor = amount_minor + 5 where account = 'paypal_balance'`,
    ],
    /^capture \w+: paypal_balance: booked \d+ of \d+ USD; paypal_fees: booked \d+ of \d+ USD$/,
  ],
  [
    'a fee that nobody charged',
    [
      `insert into journal_entries (kind, ref) select 'fee', paypal_capture_id from payment_captures`,
      `insert into journal_postings select max(e.id), p.account, p.minor, 'USD' from journal_entries e,
        (values ('paypal_fees', 30), ('paypal_balance', -30)) p (account, minor) group by p.account, p.minor`,
    ],
    /^fee \w+: paypal_balance: booked -30 of 0 USD; paypal_fees: booked 30 of 0 USD$/,
  ],
  [
    'a late fee that is more than the capture',
    [
      'update payment_captures set fee_minor = null',
      `insert into journal_entries (kind, ref) select 'fee', paypal_capture_id from payment_captures`,
      `insert into journal_postings select max(e.id), p.account, p.minor, 'USD' from journal_entries e,
        (values ('paypal_fees', 999999), ('paypal_balance', -999999)) p (account, minor) group by p.account, p.minor`,
    ],
    /fee \w+: paypal_balance: booked -999999 of 0/,
  ],
  [
    'tax that was booked as a sale',
    [
      `update journal_postings p set amount_minor = amount_minor
        + (select t.amount_minor from journal_postings t where t.entry_id = p.entry_id and t.account = 'sales_tax') where account = 'sales'`,
      `delete from journal_postings where account = 'sales_tax'`,
    ],
    /^capture \w+: sales: booked -\d+ of -\d+ USD; sales_tax: booked 0 of -\d+ USD$/,
  ],
  [
    'a refund that cost a fee besides',
    [
      `insert into refunds (id, paypal_capture_id, amount_minor, currency, reason, state, paypal_refund_id, completed_at)
        select gen_random_uuid(), paypal_capture_id, 500, currency, 'merchant', 'completed', 'REFUNDOF5', now() from payment_captures`,
      `insert into journal_entries (kind, ref) values ('refund', 'REFUNDOF5')`,
      `insert into journal_postings select e.id, p.account, p.minor, 'USD' from journal_entries e,
        (values ('paypal_balance', -530), ('paypal_fees', 30), ('refunds', 500)) p (account, minor) where e.kind = 'refund'`,
    ],
    /^refund REFUNDOF5: paypal_balance: booked -530 of -500 USD; paypal_fees: booked 30 of 0 USD$/,
  ],
  [
    'an entry for money that never moved',
    [
      `insert into journal_entries (kind, ref) values ('capture', 'PHANTOM')`,
      `insert into journal_postings select e.id, p.account, p.minor, 'USD' from journal_entries e,
        (values ('paypal_balance', 100), ('sales', -100)) p (account, minor) where e.ref = 'PHANTOM'`,
    ],
    /^capture PHANTOM: paypal_balance: booked 100 of 0 USD; sales: booked -100 of 0 USD$/,
  ],
]

test.each(SHIFTED)('%s, in an entry that balances, is named with each account', async (_what, statements, wanted) => {
  for (const statement of statements) await tamper(shop.db, sql.raw(statement))
  const results = await checkInvariants(shop.db)
  const wrong = results.flatMap(({ id, findings }) =>
    id === 'I8' ? findings.map(({ subject, detail }) => `${subject}: ${detail}`) : [],
  )
  expect(wrong.join('\n')).toMatch(wanted)
  expect(results.find(({ id }) => id === 'I4')?.findings).toEqual([])
})

test('a fee that PayPal told of later is right', async () => {
  await tamper(shop.db, sql`update payment_captures set fee_minor = null`)
  await tamper(
    shop.db,
    sql`
    with fee as (delete from journal_postings where account = 'paypal_fees' returning entry_id, amount_minor)
    update journal_postings p set amount_minor = p.amount_minor + fee.amount_minor from fee
    where p.entry_id = fee.entry_id and account = 'paypal_balance'`,
  )
  expect(await violated()).toEqual({})
  await tamper(
    shop.db,
    sql`insert into journal_entries (kind, ref) select 'fee', paypal_capture_id from payment_captures`,
  )
  await tamper(
    shop.db,
    sql`
    insert into journal_postings select e.id, p.account, p.minor, 'USD' from journal_entries e,
    (values ('paypal_fees', 30), ('paypal_balance', -30)) p (account, minor) where e.kind = 'fee'`,
  )
  expect(await violated()).toEqual({})
})
