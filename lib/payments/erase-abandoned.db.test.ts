import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { wakeAttempt } from '@/db/queries/payment-attempts'
import { mailOutbox } from '@/db/schema/mail'
import { paymentAttempts } from '@/db/schema/payments'
import { ABANDONED_DAYS, ERASED_EMAIL } from '@/lib/domain/attempt-snapshot'
import { openPromiseStage, type PromiseStage } from '@/testing/promise-stage'
import type { TestBuyer } from '@/testing/test-buyer'
import { readStock } from '@/testing/test-shop'

import { closeCartAttempts } from './close-cart-attempts'
import { eraseAbandoned } from './erase-abandoned'
import { readPayment } from './finish-payment'
import { recoverOwnCapture } from './recover-own-capture'

let stage: PromiseStage
let db: Database

beforeAll(async () => {
  stage = await openPromiseStage()
  db = stage.db
})
afterAll(() => stage.close())

const attemptOf = async ({ cart }: TestBuyer) => {
  const [attempt] = await db.select().from(paymentAttempts).where(eq(paymentAttempts.cartId, cart.cartId))
  if (!attempt) throw new Error('no attempt')
  return attempt
}

/** Began to pay and left, long enough ago that nobody watches any more. */
async function abandon(days = ABANDONED_DAYS + 1) {
  const who = await stage.shopper()
  const paypalOrderId = await stage.begin(who)
  await closeCartAttempts(db, who.cart.cartId)
  await grow(who, days)
  return { who, paypalOrderId }
}

const grow = (who: TestBuyer, days: number) =>
  db.execute(sql`
    alter table payment_attempts disable trigger user;
    update payment_attempts set created_at = now() - interval '${sql.raw(String(days))} days',
      updated_at = now() - interval '${sql.raw(String(days - 4))} days', watch_until = now() - interval '1 day', next_action_at = null
      where cart_id = '${sql.raw(who.cart.cartId)}';
    alter table payment_attempts enable trigger user;`)

async function captureBehindOurBack(paypalOrderId: string): Promise<string> {
  await stage.paypal.approve(paypalOrderId)
  const outcome = await stage.services.gateway.captureOrder(paypalOrderId, `stray-${paypalOrderId}`)
  if (outcome.kind !== 'captured') throw new Error(outcome.kind)
  return outcome.capture.paypalCaptureId
}

const PERSONAL = /buyer@example\.com|A Buyer|Market Street|San Francisco|94105/
const mailsTo = async (recipient: string) =>
  (await db.select().from(mailOutbox).where(eq(mailOutbox.recipient, recipient))).length

describe('a payment that came to nothing', () => {
  test('tells nobody who began it after thirty days, and keeps what tax depends on', async () => {
    const { who } = await abandon()
    expect(JSON.stringify(await attemptOf(who))).toMatch(PERSONAL)
    expect(await eraseAbandoned(stage.services)).toBe(1)
    const attempt = await attemptOf(who)
    expect(JSON.stringify(attempt)).not.toMatch(PERSONAL)
    expect(attempt).toMatchObject({ state: 'closed', erasedAt: expect.any(Date) })
    expect(attempt.snapshot).toMatchObject({ email: ERASED_EMAIL, address: { country: 'US', region: 'CA' } })
    expect(await eraseAbandoned(stage.services)).toBe(0)
  })

  test('is left alone while it is younger, watched, under way, or before a person', async () => {
    await abandon(ABANDONED_DAYS - 1)
    const watched = await abandon()
    await wakeAttempt(db, (await attemptOf(watched.who)).id)
    await stage.begin(await stage.shopper())
    const disputed = await abandon()
    const { id } = await attemptOf(disputed.who)
    await db.execute(
      sql`insert into payment_incidents (key, kind, attempt_id) values (${id}, 'money_without_order', ${id})`,
    )
    expect(await eraseAbandoned(stage.services)).toBe(0)
  })

  test('is asked about again a day later when PayPal does not answer', async () => {
    const { who } = await abandon()
    await stage.paypal.fault('get_order', 'error_before')
    expect(await eraseAbandoned(stage.services)).toBe(0)
    expect(await eraseAbandoned(stage.services)).toBe(0)
    await grow(who, ABANDONED_DAYS + 1)
    expect(await eraseAbandoned(stage.services)).toBe(1)
  })

  test('becomes the order it was for when PayPal shows its money at the last look', async () => {
    const { who, paypalOrderId } = await abandon()
    await captureBehindOurBack(paypalOrderId)
    expect(await eraseAbandoned(stage.services)).toBe(0)
    await stage.sweep(who)
    await stage.expectPromiseKept(who, 'order')
    expect(await mailsTo('buyer@example.com')).toBe(1)
  })
})

describe('a capture that turns up after the buyer was forgotten goes back', () => {
  async function forgotten() {
    const abandoned = await abandon()
    expect(await eraseAbandoned(stage.services)).toBe(1)
    return { ...abandoned, paypalCaptureId: await captureBehindOurBack(abandoned.paypalOrderId) }
  }

  async function expectRefunded(who: TestBuyer, paypalOrderId: string) {
    await stage.sweep(who)
    expect(await readPayment(stage.services, { ...who, paypalOrderId })).toEqual({ kind: 'refunded' })
    expect(await attemptOf(who)).toMatchObject({ state: 'refunded' })
    await stage.expectPromiseKept(who, 'no order')
    expect(await readStock(db, who.variantId)).toEqual({ onHand: 10, held: 0 })
    expect(await mailsTo(ERASED_EMAIL)).toBe(0)
    expect((await checkInvariants(db)).flatMap(({ findings }) => findings)).toEqual([])
  }

  test('when an event wakes the worker', async () => {
    const { who, paypalOrderId } = await forgotten()
    await wakeAttempt(db, (await attemptOf(who)).id)
    await expectRefunded(who, paypalOrderId)
  })

  test('when the nightly comparison finds it', async () => {
    const { who, paypalOrderId, paypalCaptureId } = await forgotten()
    expect(await recoverOwnCapture(stage.services, paypalCaptureId)).toBe('in_the_books')
    await expectRefunded(who, paypalOrderId)
  })
})

test('the database makes no order of an erased payment, and erases none that is under way', async () => {
  const { who } = await abandon()
  await eraseAbandoned(stage.services)
  const { id } = await attemptOf(who)
  const complete = db.execute(sql`update payment_attempts set state = 'completed' where id = ${id}`)
  await expect(complete).rejects.toThrow()
  const forget = db.execute(sql`update payment_attempts set erased_at = null where id = ${id}`)
  await forget
  expect(await attemptOf(who)).toMatchObject({ state: 'closed', erasedAt: expect.any(Date) })
  const live = await stage.shopper()
  await stage.begin(live)
  const early = db.execute(
    sql`update payment_attempts set snapshot = erased_snapshot(snapshot) where cart_id = ${live.cart.cartId}`,
  )
  await expect(early).rejects.toThrow()
})
