import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { listAudit, verifyAuditChain } from '@/db/queries/audit-log'
import { findLiveSession } from '@/db/queries/member-sessions'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { parseCustomerFilter, type Customer } from '@/lib/domain/customer'
import { hashSecret } from '@/lib/members/member-token'
import { requestLink } from '@/lib/members/request-link'
import { confirmSignInLink } from '@/lib/members/confirm-link'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'
import { lastSecret, mailTo, newEmail, newMember, setTestEnvironment, VISITOR } from '@/testing/test-members'

import type { Admin } from '../admin'
import { disableMember, enableMember, endSessions, noteCustomer } from './change-customer'
import { customerSubject } from './customer-subject'
import { CUSTOMERS_PER_PAGE, getCustomers, getGuestDesk, getMemberDesk } from './customers'
import { eraseCustomer, getErasable } from './erase-customer'
import { exportCustomer } from './export-customer'

let shop: TestShop
let reader: Admin<'customers.read'>
let clerk: Admin<'customers.edit'>
let exporter: Admin<'customers.export'>
let eraser: Admin<'customers.erase'>

beforeAll(async () => {
  setTestEnvironment()
  shop = await openTestShop()
  reader = await newAdmin(shop.db, 'read_only', 'customers.read')
  clerk = await newAdmin(shop.db, 'support', 'customers.edit')
  exporter = await newAdmin(shop.db, 'manager', 'customers.export')
  eraser = await newAdmin(shop.db, 'manager', 'customers.erase')
})
afterAll(() => shop.close())

async function buyAs(email: string, name = 'A Buyer'): Promise<BoughtOrder> {
  const address = shop.draft.address && { ...shop.draft.address, name }
  return buy({ ...shop, draft: { ...shop.draft, email, address } }, await newBuyer(shop.db))
}

const deliver = ({ id }: BoughtOrder) =>
  shop.db.execute(sql`
    alter table orders disable trigger user;
    update orders set state = 'delivered', delivered_at = now() where id = '${sql.raw(id)}';
    alter table orders enable trigger user;`)

const find = async (asked: Record<string, string>, after: string | null = null) =>
  getCustomers(shop.db, reader, parseCustomerFilter(asked), after)
async function everyGuest(q: string): Promise<string[]> {
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof find>> = await find({ kind: 'guests', q }, after)
    expect(page.guests.length).toBeLessThanOrEqual(CUSTOMERS_PER_PAGE)
    seen.push(...page.guests.map((row) => row.email))
    if (seen.length > 20_000) throw new Error('the list does not end')
    after = page.next
  } while (after)
  return seen
}

const guest = (email: string): Customer => ({ kind: 'guest', email })

describe('the list', () => {
  test('finds a member by how address or name begins, and a guest by the same, each once', async () => {
    const mark = randomUUID().slice(0, 8)
    const { member, email } = await newMember(shop.db, { email: `m-${mark}@example.com` })
    await shop.db.execute(sql`update members set name = ${`Zoë ${mark}`} where id = ${member.memberId}`)
    await buyAs(`g-${mark}@example.com`, `Greta ${mark}`)
    await buyAs(`g-${mark}@example.com`, `Greta ${mark} Married`)
    expect((await find({ q: `M-${mark}` })).members.map((row) => row.email)).toEqual([email])
    expect((await find({ q: `zoë ${mark}` })).members).toMatchObject([{ id: member.memberId, orders: 0 }])
    const row = { email: `g-${mark}@example.com`, orders: 2, name: `Greta ${mark} Married`, country: 'US' }
    expect((await find({ kind: 'guests', q: `g-${mark}` })).guests).toMatchObject([row])
    expect((await find({ kind: 'guests', q: `greta ${mark}` })).guests).toMatchObject([row])
    expect((await find({ kind: 'guests', q: '%' })).guests).toEqual([])
    expect((await find({ q: `_-${mark}` })).members).toEqual([])
  })

  test('of guests is read page by page without a gap, and a guest who became a member is not in it', async () => {
    // Orders alone, without what belongs to one: this is about finding them.
    await shop.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql`insert into orders (id, order_number, cart_id, attempt_id, paypal_capture_id, buyer_key_hash, email,
        address_name, address_line1, address_line2, address_city, address_region, address_postal_code, address_country,
        delivery_name, delivery_estimate, items_minor, discount_minor, delivery_minor, tax_minor, tax_included, total_minor, currency)
        select gen_random_uuid(), 'MANY-' || n, gen_random_uuid(), gen_random_uuid(), 'MANY' || n, 'x',
          'many-' || n % 7000 || '@example.com', 'Many ' || n, '1 Street', '', 'City', 'CA', '94105', 'US',
          'Post', '3 days', 100, 0, 0, 0, true, 100, 'USD'
        from generate_series(1, 20000) n`)
    })
    await shop.db.execute(sql`analyze orders`)
    const { email } = await newMember(shop.db)
    await buyAs(email)
    const seen = await everyGuest('many-1')
    const { rows } = await shop.db.execute<{ n: number }>(
      sql`select count(distinct email)::int as n from orders where email like 'many-1%' and member_id is null`,
    )
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(rows[0]?.n ?? 0)
    expect((await find({ kind: 'guests', q: email })).guests).toEqual([])
    const named = await everyGuest('many 12')
    expect(new Set(named).size).toBe(named.length)
    expect(named.length).toBeGreaterThan(CUSTOMERS_PER_PAGE * 2)
  })

  test('of guests never reads all orders', async () => {
    const { rows } = await shop.db.execute<{ 'QUERY PLAN': string }>(sql`explain
      select email from orders where member_id is null and email ~>~ 'many-3' and email like 'many-%'
      order by email using ~<~ limit 1`)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toMatch(/Index (Only )?Scan using orders_/)
    expect(plan).not.toContain('Seq Scan')
  })

  test('of members is read page by page, the newest first', async () => {
    await shop.db.execute(sql`insert into members (id, email, email_verified_at, created_at)
      select gen_random_uuid(), 'crowd-' || n || '@example.com', now(), now() - make_interval(secs => n / 40)
      from generate_series(1, 130) n`)
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof find>> = await find({ q: 'crowd-' }, after)
      seen.push(...page.members.map((row) => row.email))
      after = page.next
    } while (after)
    expect(new Set(seen).size).toBe(130)
    expect(seen).toHaveLength(130)
  })
})

describe('a member', () => {
  test('is shown with orders, totals, notes and devices, and nothing that lets somebody in', async () => {
    const email = newEmail()
    const order = await buyAs(email)
    const { member } = await newMember(shop.db, { email })
    const { memberId } = member
    const customer: Customer = { kind: 'member', memberId }
    expect(await noteCustomer(shop.db, clerk, { customer, text: 'Likes blue' })).toEqual({ kind: 'noted' })
    const desk = await getMemberDesk(shop.db, reader, memberId)
    expect(desk).toMatchObject({
      member: { email },
      orders: [{ orderNumber: order.orderNumber }],
      totals: [{ orders: 1, total: { minor: order.totalMinor, currency: 'USD' }, refunded: { minor: 0 } }],
      notes: [{ text: 'Likes blue', authorEmail: clerk.email }],
      sessions: [{ device: VISITOR.device }],
      worksHere: false,
    })
    expect(desk?.member).not.toHaveProperty('passwordHash')
    const [entry] = await listAudit(shop.db, { subject: `member ${memberId}` }, 1)
    expect(entry).toMatchObject({ action: 'customer.noted', before: null, after: null })
    expect(await getMemberDesk(shop.db, reader, randomUUID())).toBeNull()
  })

  test('who is shut out is signed out at once, comes in by no way, and is let in again', async () => {
    const { member, secret, email } = await newMember(shop.db)
    expect(await disableMember(shop.db, clerk, member.memberId)).toEqual({ kind: 'changed' })
    expect(await findLiveSession(shop.db, hashSecret(secret))).toBeNull()
    const comeIn = async () => {
      await requestLink(shop.db, { email, returnTo: '/account', caller: VISITOR })
      return (await confirmSignInLink(shop.db, { secret: await lastSecret(shop.db, email), visitor: VISITOR })).kind
    }
    expect(await comeIn()).toBe('disabled')
    expect(await enableMember(shop.db, clerk, member.memberId)).toEqual({ kind: 'changed' })
    expect(await findLiveSession(shop.db, hashSecret(secret))).toBeNull()
    expect(await comeIn()).toBe('signed_in')
    expect(await endSessions(shop.db, clerk, member.memberId)).toEqual({ kind: 'changed' })
    expect((await getMemberDesk(shop.db, reader, member.memberId))?.sessions).toEqual([])
    expect(await disableMember(shop.db, clerk, randomUUID())).toEqual({ kind: 'not_found' })
  })

  test('who works here is not touched from here', async () => {
    expect(await disableMember(shop.db, clerk, eraser.memberId)).toEqual({ kind: 'works_here' })
    const customer = { kind: 'member', memberId: eraser.memberId } as const
    expect(await eraseCustomer(shop.db, eraser, customer)).toEqual({ kind: 'works_here' })
  })

  test('is forgotten with account, notes and name, once nothing is under way, and the order stays in the books', async () => {
    const email = newEmail()
    const order = await buyAs(email, 'Nora Forgotten')
    const { member } = await newMember(shop.db, { email })
    const customer = { kind: 'member', memberId: member.memberId } as const
    await noteCustomer(shop.db, clerk, { customer, text: `about ${email}` })
    expect(await getErasable(shop.db, eraser, customer)).toEqual({ email, orders: 1, obstacle: 'parcels' })
    expect(await eraseCustomer(shop.db, eraser, customer)).toEqual({ kind: 'waits', for: 'parcels' })
    await deliver(order)
    expect(await eraseCustomer(shop.db, eraser, customer)).toEqual({ kind: 'erased' })
    expect(await eraseCustomer(shop.db, eraser, customer)).toEqual({ kind: 'not_found' })
    expect(await getMemberDesk(shop.db, reader, member.memberId)).toBeNull()
    await expectForgotten(order, [email, 'Nora Forgotten'])
    expect((await mailTo(shop.db, email)).map(({ kind }) => kind)).toContain('account_deleted')
  })
})

describe('a guest', () => {
  test('is shown by the address, without what a member with the same name has', async () => {
    const email = newEmail()
    const order = await buyAs(email)
    await noteCustomer(shop.db, clerk, { customer: guest(email), text: 'Asked by telephone' })
    expect(await getGuestDesk(shop.db, reader, email)).toMatchObject({
      orders: [{ orderNumber: order.orderNumber }],
      addresses: [{ line1: '1 Market Street' }],
      notes: [{ text: 'Asked by telephone' }],
    })
    expect(await getGuestDesk(shop.db, reader, newEmail())).toBeNull()
    const note = { customer: guest(newEmail()), text: 'Nobody' }
    expect(await noteCustomer(shop.db, clerk, note)).toEqual({ kind: 'not_found' })
  })

  test('is exported and forgotten by the address, and the log names nobody', async () => {
    const email = newEmail()
    const order = await buyAs(email, 'Gil Forgotten')
    const other = await buyAs(newEmail(), 'Olga Stays')
    await noteCustomer(shop.db, clerk, { customer: guest(email), text: `mail ${email}` })
    await shop.db.execute(sql`insert into order_events (order_id, kind, actor_email, data)
      values (${order.id}, 'note', 'staff@shop.example', ${JSON.stringify({ text: `call ${email}` })})`)
    const data = JSON.stringify(await exportCustomer(shop.db, exporter, guest(email)))
    expect(data).toContain(order.orderNumber)
    expect(data).toContain(`mail ${email}`)
    expect(data).not.toContain('Olga Stays')
    expect(await eraseCustomer(shop.db, eraser, guest(email))).toEqual({ kind: 'waits', for: 'parcels' })
    await deliver(order)
    expect(await eraseCustomer(shop.db, eraser, guest(email))).toEqual({ kind: 'erased' })
    expect(await eraseCustomer(shop.db, eraser, guest(email))).toEqual({ kind: 'not_found' })
    await expectForgotten(order, [email, 'Gil Forgotten'])
    const { rows } = await shop.db.execute(sql`select address_name as name from orders where id = ${other.id}`)
    expect(rows).toEqual([{ name: 'Olga Stays' }])
    const log = await listAudit(shop.db, { subject: customerSubject(guest(email)) }, 10)
    expect(log.map(({ action }) => action)).toEqual(['customer.erased', 'customer.exported', 'customer.noted'])
    expect(JSON.stringify(log)).not.toContain(email)
    expect(await exportCustomer(shop.db, exporter, guest(email))).toBeNull()
  })
})

test('a member is exported with what staff wrote, and without what lets somebody in', async () => {
  const { member, email } = await newMember(shop.db)
  const customer = { kind: 'member', memberId: member.memberId } as const
  await noteCustomer(shop.db, clerk, { customer, text: 'Asked for all of it' })
  const data = JSON.stringify(await exportCustomer(shop.db, exporter, customer))
  expect(data).toContain(email)
  expect(data).toContain('Asked for all of it')
  expect(data).not.toMatch(/passwordHash|secretHash/)
})

/** Nothing in any table but the mail that is still to be sent, and the order as the books need it. */
async function expectForgotten({ id, totalMinor }: BoughtOrder, marks: readonly string[]): Promise<void> {
  const { rows: tables } = await shop.db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'mail_outbox'`,
  )
  for (const { name } of tables) {
    for (const mark of marks) {
      const { rows } = await shop.db.execute(
        sql`select 1 from ${sql.identifier(name)} t where t::text like ${`%${mark}%`} limit 1`,
      )
      expect(rows, `${mark} in ${name}`).toEqual([])
    }
  }
  const { rows } = await shop.db.execute(
    sql`select total_minor::int as total, address_country as country from orders where id = ${id}`,
  )
  expect(rows).toEqual([{ total: totalMinor, country: 'US' }])
}

test('books and audit log hold together after all of this', async () => {
  await shop.db.execute(
    sql`set session_replication_role = replica; delete from orders where order_number like 'MANY-%';`,
  )
  const findings = (await checkInvariants(shop.db)).filter(({ id }) => id !== 'I9').flatMap((result) => result.findings)
  expect(findings).toEqual([])
  expect((await verifyAuditChain(shop.db)).problem).toBeNull()
})
