import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { listAudit } from '@/db/queries/audit-log'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { countLow } from '@/db/queries/stock-desk'
import type { Admin } from '@/lib/admin/admin'
import type { Adjustment } from '@/lib/domain/stock-adjustment'
import { parseStockFilter } from '@/lib/domain/stock-filter'
import { newAdmin } from '@/testing/test-admin'
import { beginPaying, buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { readStock, stockProduct } from '@/testing/test-shop'

import { adjustStock } from './adjust-stock'
import { getStockPage, getVariantStock } from './stock-desk'

let shop: TestShop
let packer: Admin<'stock.adjust'>
let reader: Admin<'catalogue.read'>

beforeAll(async () => {
  shop = await openTestShop()
  packer = await newAdmin(shop.db, 'fulfilment', 'stock.adjust')
  reader = await newAdmin(shop.db, 'read_only', 'catalogue.read')
})
afterAll(() => shop.close())

const adjust = (variantId: number, adjustment: Adjustment, formId: string = randomUUID(), note = '') =>
  adjustStock(shop.db, packer, { variantId, formId, adjustment, note })

async function history(variantId: number) {
  const found = await getVariantStock(shop.db, reader, String(variantId), null)
  if (!found) throw new Error('no variant')
  return found.movements
}
const lastMovement = async (variantId: number) => (await history(variantId))[0]?.id ?? 0

async function expectSound(): Promise<void> {
  const findings = (await checkInvariants(shop.db)).filter(({ id }) => id !== 'I9').flatMap((result) => result.findings)
  expect(findings).toEqual([])
}

describe('pieces come and go', () => {
  test('with why, by whom and what was left, in the ledger and in the audit log, but the note in the ledger alone', async () => {
    const variantId = await stockProduct(shop.db, 4)
    expect(await adjust(variantId, { kind: 'received', pieces: 6 }, randomUUID(), 'Box 12')).toMatchObject({
      kind: 'done',
    })
    expect(await adjust(variantId, { kind: 'damaged', pieces: 3 })).toMatchObject({ kind: 'done' })
    expect(await history(variantId)).toMatchObject([
      { quantity: -3, reason: 'damaged', note: null, actorEmail: packer.email, left: 7 },
      { quantity: 6, reason: 'received', note: 'Box 12', actorEmail: packer.email, left: 10 },
      { quantity: 4, reason: 'initial', note: null, actorEmail: null, left: 4 },
    ])
    expect(await readStock(shop.db, variantId)).toMatchObject({ onHand: 7 })
    const { line } = (await getVariantStock(shop.db, reader, String(variantId), null)) ?? {}
    const entries = await listAudit(shop.db, { subject: `variant ${line?.sku}` }, 5)
    expect(entries).toMatchObject([
      { action: 'stock.adjusted', before: { onHand: 10 }, after: { onHand: 7, reason: 'damaged' } },
      { action: 'stock.adjusted', before: { onHand: 4 }, after: { onHand: 10, reason: 'received' } },
    ])
    expect(JSON.stringify(entries)).not.toContain('Box 12')
    await expectSound()
  })

  test('once for one form, however often it is sent', async () => {
    const variantId = await stockProduct(shop.db, 0)
    const form = randomUUID()
    const outcomes = await Promise.all([1, 2, 3].map(() => adjust(variantId, { kind: 'received', pieces: 5 }, form)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done'])
    expect(await readStock(shop.db, variantId)).toMatchObject({ onHand: 5 })
  })

  test('page by page, each with what was left after it', async () => {
    const variantId = await stockProduct(shop.db, 1)
    for (let n = 0; n < 55; n++) await adjust(variantId, { kind: 'received', pieces: 1 })
    const first = await getVariantStock(shop.db, reader, String(variantId), null)
    expect(first?.hasMore).toBe(true)
    expect(first?.movements.at(-1)?.left).toBe(7)
    const second = await getVariantStock(shop.db, reader, String(variantId), first?.movements.at(-1)?.id ?? 0)
    expect(second?.movements.map(({ left }) => left)).toEqual([6, 5, 4, 3, 2, 1])
    expect(second?.hasMore).toBe(false)
  })
})

describe('what buyers hold', () => {
  test('stays on the shelf, whatever is damaged or counted, and the database refuses it too', async () => {
    const who = await newBuyer(shop.db, { onHand: 5, quantity: 3 })
    await beginPaying(shop, who)
    const seenMovementId = await lastMovement(who.variantId)
    expect(await adjust(who.variantId, { kind: 'damaged', pieces: 3 })).toEqual({ kind: 'held', held: 3 })
    expect(await adjust(who.variantId, { kind: 'counted', pieces: 2, seenMovementId })).toEqual({
      kind: 'held',
      held: 3,
    })
    expect(await adjust(who.variantId, { kind: 'damaged', pieces: 2 })).toMatchObject({ kind: 'done' })
    expect(await adjust(who.variantId, { kind: 'damaged', pieces: 1 })).toEqual({ kind: 'held', held: 3 })
    const below = sql`update stock set on_hand = 2 where variant_id = ${who.variantId}`
    await expect(shop.db.execute(below)).rejects.toMatchObject({ cause: { constraint: 'stock_held_is_on_hand' } })
  })

  test('is never lost when somebody buys and somebody else takes pieces away at once', async () => {
    const variantId = await stockProduct(shop.db, 6)
    const buyers = await Promise.all([1, 2, 3].map(() => newBuyer(shop.db, { variantId, quantity: 2 })))
    const damage = [1, 2, 3].map(() => adjust(variantId, { kind: 'damaged', pieces: 2 }))
    await Promise.allSettled([...buyers.map((who) => beginPaying(shop, who)), ...damage])
    const { onHand, held } = await readStock(shop.db, variantId)
    expect(held).toBeLessThanOrEqual(onHand)
    await expectSound()
  })
})

describe('a count', () => {
  test('is an adjustment to what was seen, and agrees without a trace', async () => {
    const variantId = await stockProduct(shop.db, 8)
    const seenMovementId = await lastMovement(variantId)
    expect(await adjust(variantId, { kind: 'counted', pieces: 8, seenMovementId })).toEqual({ kind: 'agrees' })
    expect(await adjust(variantId, { kind: 'counted', pieces: 5, seenMovementId })).toMatchObject({ kind: 'done' })
    expect((await history(variantId))[0]).toMatchObject({ quantity: -3, reason: 'counted', left: 5 })
  })

  test('is refused when pieces moved since, even if as many are there again', async () => {
    const who = await newBuyer(shop.db, { onHand: 8, quantity: 2 })
    const seenMovementId = await lastMovement(who.variantId)
    await buy(shop, who)
    await adjust(who.variantId, { kind: 'found', pieces: 2 })
    expect(await readStock(shop.db, who.variantId)).toMatchObject({ onHand: 8 })
    expect(await adjust(who.variantId, { kind: 'counted', pieces: 7, seenMovementId })).toEqual({
      kind: 'moved_meanwhile',
      onHand: 8,
    })
  })

  test('of two at once the second is refused', async () => {
    const variantId = await stockProduct(shop.db, 8)
    const seenMovementId = await lastMovement(variantId)
    const outcomes = await Promise.all(
      [6, 7].map((pieces) => adjust(variantId, { kind: 'counted', pieces, seenMovementId })),
    )
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'moved_meanwhile'])
  })
})

describe('the list', () => {
  test('shows what runs low by each variant’s own mark, and what is sold out', async () => {
    const [many, few, none] = [
      await stockProduct(shop.db, 50),
      await stockProduct(shop.db, 3),
      await stockProduct(shop.db, 0),
    ]
    const shown = async (asked: Record<string, string>) => {
      const ids: number[] = []
      let after: string | null = null
      do {
        const page: Awaited<ReturnType<typeof getStockPage>> = await getStockPage(
          shop.db,
          reader,
          parseStockFilter(asked),
          after,
        )
        ids.push(...page.lines.map(({ variantId }) => variantId))
        after = page.next
      } while (after !== null)
      return [many, few, none].filter((id) => ids.includes(id))
    }
    expect(await shown({})).toEqual([many, few, none])
    expect(await shown({ show: 'low' })).toEqual([few, none])
    expect(await shown({ show: 'out' })).toEqual([none])
    await inTransaction(shop.db, (tx) =>
      tx.execute(
        sql`update variants set low_stock_at = case id when ${many} then 50 else 2 end where id in (${many}, ${few})`,
      ),
    )
    expect(await shown({ show: 'low' })).toEqual([many, none])
    expect(await countLow(shop.db, 2)).toBe(2)
  })
})
