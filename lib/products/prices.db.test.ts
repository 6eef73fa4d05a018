import { randomUUID } from 'node:crypto'

import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { listAudit } from '@/db/queries/audit-log'
import { lockProduct } from '@/db/queries/product-desk'
import { variants } from '@/db/schema/catalog'
import { outbox } from '@/db/schema/orders'
import { priceChanges } from '@/db/schema/price-changes'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { Admin } from '@/lib/admin/admin'
import { newAdmin } from '@/testing/test-admin'
import { setUpShop, stockProduct } from '@/testing/test-shop'

import { applyDuePrices } from './apply-due-prices'
import { cancelScheduledPrice, schedulePrice } from './schedule-price'

let database: TestDatabase
let db: Database
let editor: Admin<'catalogue.edit'>

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await setUpShop(db)
  editor = await newAdmin(db, 'manager', 'catalogue.edit')
})
afterAll(() => database.drop())

async function newVariant() {
  const variantId = await stockProduct(db, 5)
  const [row] = await db.select().from(variants).where(eq(variants.id, variantId))
  if (!row) throw new Error('no variant')
  return { variantId, productId: row.productId, seenVersion: null }
}
type Variant = Awaited<ReturnType<typeof newVariant>>

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)
const plan = (variant: Variant, priceMinor: number, startsAt = inHours(1), changeId: string = randomUUID()) =>
  schedulePrice(db, editor, { ...variant, priceMinor, startsAt, changeId })

async function priceOf({ variantId }: Variant): Promise<number | undefined> {
  const [row] = await db.select().from(variants).where(eq(variants.id, variantId))
  return row?.priceMinor
}

/** As if its time had come, so many minutes ago. */
async function letComeDue(changeId: string, minutes = 1): Promise<void> {
  await db.execute(
    sql`update price_changes set starts_at = now() - make_interval(mins => ${minutes}) where id = ${changeId}`,
  )
}

describe('a price that takes effect at a time', () => {
  test('does so then and not before, once, however many workers look; pages and audit log are told', async () => {
    const variant = await newVariant()
    const changeId = randomUUID()
    expect(await plan(variant, 3_500, inHours(1), changeId)).toMatchObject({ kind: 'done' })
    expect(await applyDuePrices(db)).toBe(0)
    expect(await priceOf(variant)).toBe(2_800)
    await letComeDue(changeId)
    const told = await db.$count(outbox)
    const applied = await Promise.all([1, 2, 3].map(() => applyDuePrices(db)))
    expect(applied.reduce((sum, n) => sum + n, 0)).toBe(1)
    expect(await applyDuePrices(db)).toBe(0)
    expect(await priceOf(variant)).toBe(3_500)
    expect(await db.$count(outbox)).toBe(told + 1)
    const [entry] = await listAudit(db, { subject: `product ${variant.productId}` }, 1)
    expect(entry).toMatchObject({ action: 'product.price_applied', actorEmail: 'the worker' })
    expect(Object.values(entry?.before as object)).toContain('28.00 USD')
    expect(Object.values(entry?.after as object)).toEqual(expect.arrayContaining(['35.00 USD', editor.email]))
  })

  test('that somebody changes by hand afterwards stays as it is', async () => {
    const variant = await newVariant()
    const changeId = randomUUID()
    await plan(variant, 3_500, inHours(1), changeId)
    await letComeDue(changeId)
    await applyDuePrices(db)
    await db.update(variants).set({ priceMinor: 1_000 }).where(eq(variants.id, variant.variantId))
    await applyDuePrices(db)
    expect(await priceOf(variant)).toBe(1_000)
  })

  test('of several that are due the latest is in force, in whatever order they were planned', async () => {
    const variant = await newVariant()
    const [late, early] = [randomUUID(), randomUUID()]
    await plan(variant, 3_900, inHours(2), late)
    await plan(variant, 3_100, inHours(1), early)
    await letComeDue(late, 1)
    await letComeDue(early, 60)
    expect(await applyDuePrices(db)).toBe(2)
    expect(await priceOf(variant)).toBe(3_900)
  })

  test('waits while its product is being written, holds up no other, and keeps its order', async () => {
    const [busy, free] = [await newVariant(), await newVariant()]
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const
    await plan(busy, 3_100, inHours(1), ids[0])
    await plan(busy, 3_900, inHours(2), ids[1])
    await plan(free, 3_500, inHours(3), ids[2])
    for (const [n, id] of ids.entries()) await letComeDue(id, 60 - n)
    await db.transaction(async (importing) => {
      await lockProduct(importing, busy.productId)
      expect(await applyDuePrices(db)).toBe(1)
    })
    expect([await priceOf(busy), await priceOf(free)]).toEqual([2_800, 3_500])
    expect(await applyDuePrices(db)).toBe(2)
    expect(await priceOf(busy)).toBe(3_900)
  })

  test('is planned once for one form, and there is only one for one moment', async () => {
    const variant = await newVariant()
    const changeId = randomUUID()
    const at = inHours(1)
    await Promise.all([plan(variant, 3_500, at, changeId), plan(variant, 3_500, at, changeId)])
    expect(await db.$count(priceChanges, eq(priceChanges.variantId, variant.variantId))).toBe(1)
    expect(await plan(variant, 3_600, at)).toMatchObject({ kind: 'invalid', errors: { from: /this very moment/ } })
    expect(await plan({ ...variant, variantId: 999_999 }, 3_600)).toMatchObject({ kind: 'invalid' })
  })
})

describe('a price that is cancelled', () => {
  test('never takes effect, and both are in the audit log', async () => {
    const variant = await newVariant()
    const changeId = randomUUID()
    await plan(variant, 3_500, inHours(1), changeId)
    expect(await cancelScheduledPrice(db, editor, { ...variant, changeId })).toMatchObject({ kind: 'done' })
    expect(await cancelScheduledPrice(db, editor, { ...variant, changeId })).toMatchObject({ kind: 'invalid' })
    await letComeDue(changeId)
    expect(await applyDuePrices(db)).toBe(0)
    expect(await priceOf(variant)).toBe(2_800)
    const entries = await listAudit(db, { subject: `product ${variant.productId}` }, 5)
    expect(entries.map(({ action }) => action)).toEqual(['product.price_cancelled', 'product.price_scheduled'])
  })

  test('at the moment in which it takes effect is one or the other, never both', async () => {
    for (let n = 0; n < 5; n++) {
      const variant = await newVariant()
      const changeId = randomUUID()
      await plan(variant, 3_500, inHours(1), changeId)
      await letComeDue(changeId)
      const [applied, cancelled] = await Promise.all([
        applyDuePrices(db),
        cancelScheduledPrice(db, editor, { ...variant, changeId }),
      ])
      expect(applied === 1).toBe(cancelled.kind !== 'done')
      expect(await priceOf(variant)).toBe(applied === 1 ? 3_500 : 2_800)
    }
  })

  test('is not applied by the database itself either, nor before its time', async () => {
    const variant = await newVariant()
    const changeId = randomUUID()
    await plan(variant, 3_500, inHours(1), changeId)
    const early = sql`update price_changes set applied_at = now() where id = ${changeId}`
    await expect(db.execute(early)).rejects.toMatchObject({ cause: { constraint: 'price_changes_not_early' } })
    await letComeDue(changeId)
    const both = sql`update price_changes set applied_at = now(), cancelled_at = now() where id = ${changeId}`
    await expect(db.execute(both)).rejects.toMatchObject({ cause: { constraint: 'price_changes_one_end' } })
  })
})
