import { randomUUID } from 'node:crypto'

import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkInvariants } from '@/db/queries/invariant-checks'
import { insertStaff } from '@/db/queries/staff'
import { orderEvents } from '@/db/schema/fulfilment'
import { paymentIncidents } from '@/db/schema/incidents'
import { orders } from '@/db/schema/orders'
import { memberTokens, members } from '@/db/schema/members'
import { paymentAttempts } from '@/db/schema/payments'
import { refunds } from '@/db/schema/refunds'
import { webhookEvents } from '@/db/schema/webhooks'
import { lookUpOrder, openOrderLink } from '@/lib/orders/look-up-order'
import { findReceipt } from '@/lib/orders/find-receipt'
import { getTimeline } from '@/lib/orders/get-timeline'
import { makeReceiptLink } from '@/lib/orders/receipt-link'
import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'
import { requestRefund } from '@/lib/payments/request-refund'
import { startPayment } from '@/lib/payments/start-payment'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { lastSecret, mailTo, newEmail, newMember, setTestEnvironment, VISITOR } from '@/testing/test-members'

import { confirmEmailChange, requestEmailChange } from './change-email'
import { askForDeletion, finishDeletions, keepAccount } from './delete-account'
import { exportData } from './export-data'
import type { Member } from './member'
import { getOwnOrder, getOwnOrders } from './own-orders'
import { signInWithIdentity } from './sign-in-with-identity'

let shop: TestShop
const caller = VISITOR

beforeAll(async () => {
  setTestEnvironment()
  shop = await openTestShop()
})
afterAll(() => shop.close())

/** A guest's order with this address. */
async function orderOf(email: string) {
  const who = await newBuyer(shop.db)
  const bought = await buy({ ...shop, draft: { ...shop.draft, email } }, who)
  return { ...bought, ...who }
}

const numbersOf = async (member: Member) =>
  (await getOwnOrders(shop.db, member, 1)).orders.map(({ orderNumber }) => orderNumber)

describe('a guest’s order', () => {
  test('appears in the account once its address is proved, and so does a later one', async () => {
    const email = newEmail()
    const earlier = await orderOf(email)
    const { member } = await newMember(shop.db, { email })
    expect(await numbersOf(member)).toEqual([earlier.orderNumber])
    const later = await orderOf(email)
    expect(await numbersOf(member)).toEqual([later.orderNumber, earlier.orderNumber])
    expect(await getOwnOrder(shop.db, member, earlier.orderNumber)).toMatchObject({ email })
    const { events, deliveryAhead } = await getTimeline(shop.db, earlier.orderNumber)
    expect({ kinds: events.map(({ kind }) => kind), deliveryAhead }).toEqual({ kinds: ['paid'], deliveryAhead: true })
  })

  test('is not in another account, nor found there', async () => {
    const { orderNumber } = await orderOf(newEmail())
    const { member } = await newMember(shop.db)
    expect(await numbersOf(member)).toEqual([])
    expect(await getOwnOrder(shop.db, member, orderNumber)).toBeNull()
    expect(await getOwnOrder(shop.db, member, 'nonsense')).toBeNull()
  })

  test('stays a guest’s while nobody has proved the address', async () => {
    const email = newEmail()
    const { orderNumber } = await orderOf(email)
    const [row] = await shop.db.select().from(orders).where(eq(orders.orderNumber, orderNumber))
    expect(row?.memberId).toBeNull()
  })
})

describe('a receipt', () => {
  const letDaysPass = (orderNumber: string) =>
    shop.db.execute(sql`
      alter table orders disable trigger user;
      update orders set placed_at = placed_at - interval '2 days' where order_number = '${sql.raw(orderNumber)}';
      alter table orders enable trigger user;`)

  test('that is in an account opens to the browser alone for a day, and to its member always', async () => {
    const email = newEmail()
    const { orderNumber, buyerKey } = await orderOf(email)
    const browser = { orderNumber, buyerKey, linkKey: null, memberId: null }
    await letDaysPass(orderNumber)
    expect(await findReceipt(shop.db, browser)).not.toBeNull()
    const { member } = await newMember(shop.db, { email })
    expect(await findReceipt(shop.db, browser)).toBeNull()
    const { memberId } = member
    expect(await findReceipt(shop.db, { ...browser, buyerKey: null, memberId })).not.toBeNull()
    const stranger = await newMember(shop.db)
    expect(await findReceipt(shop.db, { ...browser, memberId: stranger.member.memberId })).toBeNull()
    const recent = await orderOf(email)
    expect(await findReceipt(shop.db, { ...browser, ...recent })).not.toBeNull()
  })
})

test('whoever came by a receipt’s link is shown that one again, and no later one', async () => {
  const { orderNumber, buyerKey } = await orderOf(newEmail())
  const request = { orderNumber, buyerKey: null, linkKey: null, memberId: null }
  const bought = await findReceipt(shop.db, { ...request, buyerKey })
  const { path } = makeReceiptLink(orderNumber, new Date(Date.now() - 3_600_000))
  const linkKey = new URL(path, 'https://shop.example').searchParams.get('key')
  expect(path).not.toBe(bought?.link.path)
  expect((await findReceipt(shop.db, { ...request, linkKey }))?.link.path).toBe(path)
  expect(await findReceipt(shop.db, request)).toBeNull()
})

describe('looking an order up', () => {
  test('mails a link that opens it, as often as wanted, until it is too old', async () => {
    const email = newEmail()
    const { orderNumber } = await orderOf(email)
    expect(await lookUpOrder(shop.db, { orderNumber: orderNumber.toLowerCase(), email, caller })).toEqual({
      kind: 'mailed',
    })
    const secret = await lastSecret(shop.db, email)
    expect(await openOrderLink(shop.db, secret)).toMatchObject({ orderNumber })
    expect(await openOrderLink(shop.db, secret)).toMatchObject({ orderNumber })
    await shop.db
      .update(memberTokens)
      .set({ expiresAt: sql`now()` })
      .where(eq(memberTokens.email, email))
    expect(await openOrderLink(shop.db, secret)).toBeNull()
  })

  test('answers alike for a wrong number, a foreign address and both, and mails nothing', async () => {
    const email = newEmail()
    const { orderNumber } = await orderOf(email)
    const other = await orderOf(newEmail())
    const stranger = newEmail()
    for (const [number, address] of [
      [orderNumber, stranger],
      [other.orderNumber, email],
      ['AAAAA-AAAAA', stranger],
    ] as const) {
      const asked = await lookUpOrder(shop.db, { orderNumber: number, email: address, caller })
      expect(asked).toEqual({ kind: 'mailed' })
    }
    const kinds = [...(await mailTo(shop.db, email)), ...(await mailTo(shop.db, stranger))].map(({ kind }) => kind)
    expect(kinds).toEqual(['order_placed'])
    expect(await openOrderLink(shop.db, 'nothing')).toBeNull()
  })
})

describe('an account that ends', () => {
  async function ending() {
    const email = newEmail()
    const order = await orderOf(email)
    const { member, secret } = await newMember(shop.db, { email })
    expect(await askForDeletion(shop.db, member)).toEqual({ kind: 'asked' })
    return { email, order, member, secret }
  }

  const letPass = (member: Member, days: number) =>
    shop.db
      .update(members)
      .set({ deletionRequestedAt: sql`now() - make_interval(days => ${days})` })
      .where(eq(members.id, member.memberId))

  const deliver = async (id: string) => {
    await shop.db.update(orders).set({ state: 'shipped' }).where(eq(orders.id, id))
    await shop.db
      .update(orders)
      .set({ state: 'delivered', deliveredAt: sql`now()` })
      .where(eq(orders.id, id))
  }

  const isThere = async ({ memberId }: Member) =>
    (await shop.db.select().from(members).where(eq(members.id, memberId))).length === 1

  test('waits for the time to think again and for its parcels, and can be kept', async () => {
    const { member, order } = await ending()
    await deliver(order.id)
    await letPass(member, 13)
    await finishDeletions(shop.db)
    expect(await isThere(member)).toBe(true)
    await letPass(member, 15)
    await keepAccount(shop.db, member)
    await finishDeletions(shop.db)
    expect(await isThere(member)).toBe(true)
    const other = await ending()
    await letPass(other.member, 15)
    await finishDeletions(shop.db)
    expect(await isThere(other.member)).toBe(true)
    await deliver(other.order.id)
    await finishDeletions(shop.db)
    expect(await isThere(other.member)).toBe(false)
    const cancelled = await ending()
    const { orderNumber } = cancelled.order
    const request = { kind: 'rest', restock: true } as const
    await requestRefund(shop.services, { refundId: randomUUID(), orderNumber, request, noteToPayer: '' })
    await shop.db.update(orders).set({ state: 'cancelled' }).where(eq(orders.id, cancelled.order.id))
    await letPass(cancelled.member, 15)
    await finishDeletions(shop.db)
    expect(await isThere(cancelled.member)).toBe(false)
  })

  test('is not that of somebody who works here, whenever they began to', async () => {
    const works = async ({ memberId }: Member) =>
      shop.db.transaction((tx) => insertStaff(tx, { memberId, role: 'owner', invitedBy: null }))
    const { member } = await newMember(shop.db)
    await works(member)
    expect(await askForDeletion(shop.db, member)).toEqual({ kind: 'works_here' })
    const asked = (await newMember(shop.db)).member
    await askForDeletion(shop.db, asked)
    await letPass(asked, 15)
    await works(asked)
    await finishDeletions(shop.db)
    expect(await isThere(asked)).toBe(true)
  })

  test('leaves the books and nobody’s name in them', async () => {
    const { member, order, email } = await ending()
    await deliver(order.id)
    await letPass(member, 15)
    expect(await finishDeletions(shop.db)).toBeGreaterThan(0)
    const [row] = await shop.db.select().from(orders).where(eq(orders.id, order.id))
    expect(row).toMatchObject({
      memberId: null,
      totalMinor: order.totalMinor,
      addressCountry: 'US',
      addressRegion: 'CA',
    })
    const [attempt] = await shop.db.select().from(paymentAttempts).where(eq(paymentAttempts.id, order.attemptId))
    for (const kept of [row, attempt]) {
      expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${email}|A Buyer|Market Street|San Francisco|94105`))
    }
    expect(await shop.db.select().from(memberTokens).where(eq(memberTokens.email, email))).toEqual([])
    expect((await mailTo(shop.db, email)).map(({ kind }) => kind)).toContain('account_deleted')
    const again = await newMember(shop.db, { email })
    expect(await numbersOf(again.member)).toEqual([])
    expect((await checkInvariants(shop.db)).flatMap(({ findings }) => findings)).toEqual([])
  })

  test('leaves nothing about the member in notes, refunds, incidents and what PayPal told', async () => {
    const { member, order, email } = await ending()
    const told = `call ${email} at 555 0100`
    const note = { orderId: order.id, kind: 'note', actorEmail: 'staff@shop.example' } as const
    await shop.db.insert(orderEvents).values({ ...note, data: { text: told } })
    await shop.db.insert(webhookEvents).values({
      id: `WH-${order.id}`,
      eventType: 'PAYMENT.CAPTURE.COMPLETED',
      paypalCaptureId: order.paypalCaptureId,
      body: told,
      transmittedAt: new Date(),
      doneAt: new Date(),
    })
    const details = { problem: 'amount', payerEmail: email, shipTo: told }
    const incident = { key: order.id, kind: 'amount_differs', orderId: order.id, details } as const
    await shop.db.insert(paymentIncidents).values(incident)
    const refund = { refundId: randomUUID(), request: { kind: 'amount', amountMinor: 100 }, noteToPayer: told } as const
    await requestRefund(shop.services, { ...refund, orderNumber: order.orderNumber })
    await deliver(order.id)
    await letPass(member, 15)
    const tables = [orderEvents, webhookEvents, paymentIncidents, refunds]
    const everything = async () =>
      JSON.stringify(await Promise.all(tables.map((table) => shop.db.select().from(table as typeof orderEvents))))
    expect(await everything()).toContain(told)
    // A refund that PayPal has not heard of yet still needs its words.
    await shop.db.execute(sql`update refunds set next_action_at = now() where id = ${refund.refundId}`)
    await sweepRefunds(shop.services)
    await finishDeletions(shop.db)
    expect(await isThere(member)).toBe(false)
    expect(await everything()).not.toMatch(new RegExp(`${email}|555 0100`))
    const [event] = await shop.db.select().from(orderEvents).where(eq(orderEvents.orderId, order.id))
    expect(event).toMatchObject({ kind: 'note', data: {} })
    await expect(
      shop.db.update(orderEvents).set({ kind: 'held' }).where(eq(orderEvents.orderId, order.id)),
    ).rejects.toThrow()
  })

  test('takes along what was begun as a guest, and what is left under addresses that were given up', async () => {
    const former = newEmail()
    const who = await newBuyer(shop.db)
    await startPayment(shop.services, { ...who, draft: { ...shop.draft, email: former }, shownTotalMinor: null })
    await closeCartAttempts(shop.db, who.cart.cartId)
    await shop.db.update(paymentAttempts).set({ nextActionAt: null }).where(eq(paymentAttempts.cartId, who.cart.cartId))
    const { member } = await newMember(shop.db, { email: former })
    const begun = async () => (await exportData(shop.db, member)).paymentsWithoutOrder.length
    expect(await begun()).toBe(1)
    const email = newEmail()
    await requestEmailChange(shop.db, member, { email, caller: VISITOR })
    await confirmEmailChange(shop.db, await lastSecret(shop.db, email), member)
    expect(await begun()).toBe(1)
    await askForDeletion(shop.db, member)
    await shop.db.execute(
      sql`update mail_outbox set done_at = now(), payload = null where recipient in (${former}, ${email})`,
    )
    await letPass(member, 15)
    await finishDeletions(shop.db)
    expect(await isThere(member)).toBe(false)
    const { rows } = await shop.db.execute(sql`
      select 'attempt' as left from payment_attempts where snapshot::text like ${`%${former}%`}
      union all select 'mail' from mail_outbox where recipient = ${former} or (recipient = ${email} and kind <> 'account_deleted' and done_at is not null)
      union all select 'token' from member_tokens where email in (${former}, ${email})`)
    expect(rows).toEqual([])
  })

  test('waits for a payment that may still become an order', async () => {
    const { member, order } = await ending()
    await deliver(order.id)
    await letPass(member, 15)
    const who = await newBuyer(shop.db)
    const started = await startPayment(shop.services, {
      ...who,
      draft: shop.draft,
      shownTotalMinor: null,
      memberId: member.memberId,
    })
    if (started.kind !== 'started') throw new Error(started.kind)
    await closeCartAttempts(shop.db, who.cart.cartId)
    await finishDeletions(shop.db)
    expect(await isThere(member)).toBe(true)
    await shop.db.update(paymentAttempts).set({ nextActionAt: null }).where(eq(paymentAttempts.cartId, who.cart.cartId))
    await finishDeletions(shop.db)
    expect(await isThere(member)).toBe(false)
  })
})

test('the export has all of the member’s data, nobody else’s, and nothing that lets somebody in', async () => {
  const email = newEmail()
  const { orderNumber } = await orderOf(email)
  const foreign = await orderOf(newEmail())
  const { member, secret } = await newMember(shop.db, { email })
  const text = JSON.stringify(await exportData(shop.db, member))
  for (const own of [email, orderNumber, '1 Market Street', VISITOR.device]) expect(text).toContain(own)
  for (const hidden of [foreign.orderNumber, secret, 'Hash', 'publicKey']) expect(text).not.toContain(hidden)
})

test('the export has the payments that became no order, the refunds and the accounts elsewhere', async () => {
  const email = newEmail()
  const { orderNumber } = await orderOf(email)
  const { member } = await newMember(shop.db, { email })
  const asMember = async (memberId: string) => {
    const started = await startPayment(shop.services, {
      ...(await newBuyer(shop.db)),
      draft: shop.draft,
      shownTotalMinor: null,
      memberId,
    })
    if (started.kind !== 'started') throw new Error(started.kind)
    return started.paypalOrderId
  }
  const begun = await asMember(member.memberId)
  const foreign = await asMember((await newMember(shop.db)).member.memberId)
  const noteToPayer = `Sorry for ${orderNumber}`
  const request = { kind: 'amount', amountMinor: 100 } as const
  await requestRefund(shop.services, { refundId: randomUUID(), orderNumber, request, noteToPayer })
  const subject = randomUUID()
  const identity = { provider: 'oidc', subject, email, emailVerified: true, name: '' } as const
  await signInWithIdentity(shop.db, identity, { member, connect: true, visitor: VISITOR })
  const text = JSON.stringify(await exportData(shop.db, member))
  for (const own of [begun, noteToPayer, subject]) expect(text).toContain(own)
  expect(text).not.toContain(foreign)
})
