import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { createTestDatabase } from '@/db/testing/database'
import type { DiscountDraft } from '@/lib/domain/discount-draft'
import { newAdmin } from '@/testing/test-admin'
import { setUpShop } from '@/testing/test-shop'

import { changeDiscount, createDiscount, getDiscount } from './discounts-desk'

let db: Database
let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
  ;({ db } = database)
  await setUpShop(db)
})
afterAll(() => database.drop())

let codes = 0
const draft = (more: Partial<DiscountDraft> = {}): DiscountDraft => ({
  label: 'A tenth off',
  code: `DESK-${++codes}`,
  kind: 'percent',
  value: 1_000,
  minimumMinor: 0,
  startsAt: new Date('2030-01-01T00:00:00Z'),
  endsAt: null,
  usesMax: null,
  usesMaxPerBuyer: null,
  scope: 'all',
  productSlugs: [],
  categoryIds: [],
  active: true,
  ...more,
})

const manager = () => newAdmin(db, 'manager', 'discounts.manage')

async function made(more: Partial<DiscountDraft> = {}): Promise<number> {
  const outcome = await createDiscount(db, await manager(), draft(more))
  if (outcome.kind !== 'saved') throw new Error(outcome.kind)
  return outcome.id
}

const logOf = async (id: number) => {
  const { rows } = await db.execute<{ action: string; before: unknown; after: Record<string, unknown> }>(
    sql`select action, before, after from audit_log where subject = ${`discount ${id}`} order by id`,
  )
  return rows
}

describe('a discount', () => {
  test('is made and changed with an entry in the log, with before and after', async () => {
    const id = await made({ label: 'First' })
    const change = { id, version: 1, draft: draft({ label: 'Second', active: false }) }
    expect(await changeDiscount(db, await manager(), change)).toEqual({ kind: 'saved', id })
    expect(await logOf(id)).toMatchObject([
      { action: 'discount.created', before: null, after: { label: 'First', active: true } },
      { action: 'discount.changed', before: { label: 'First' }, after: { label: 'Second', active: false } },
    ])
  })

  test('that somebody else has changed meanwhile is not changed, and the log says nothing', async () => {
    const id = await made()
    const both = [draft({ label: 'One' }), draft({ label: 'Other' })].map(async (changed) =>
      changeDiscount(db, await manager(), { id, version: 1, draft: changed }),
    )
    const kinds = (await Promise.all(both)).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['changed_meanwhile', 'saved'])
    expect(await logOf(id)).toHaveLength(2)
  })

  test('is refused a code that another one has, and a product that is not there', async () => {
    const id = await made({ code: 'TAKEN' })
    const admin = await manager()
    expect(await createDiscount(db, admin, draft({ code: 'TAKEN' }))).toEqual({ kind: 'code_taken' })
    expect(await changeDiscount(db, admin, { id, version: 1, draft: draft({ code: 'TAKEN' }) })).toMatchObject({
      kind: 'saved',
    })
    expect(await createDiscount(db, admin, draft({ productSlugs: ['nowhere'] }))).toEqual({
      kind: 'unknown_products',
      slugs: ['nowhere'],
    })
  })

  test('for chosen goods stays so when the last of them is gone', async () => {
    await db.execute(sql`insert into products (slug, name) values ('short-lived', 'Short-lived')`)
    const id = await made({ scope: 'chosen', productSlugs: ['short-lived'] })
    await db.execute(sql`delete from products where slug = 'short-lived'`)
    expect((await getDiscount(db, await manager(), id))?.discount.scope).toBe('chosen')
    const ended = draft({ scope: 'chosen', endsAt: new Date('2030-02-01T00:00:00Z') })
    expect(await changeDiscount(db, await manager(), { id, version: 1, draft: ended })).toEqual({ kind: 'saved', id })
    expect((await getDiscount(db, await manager(), id))?.discount.scope).toBe('chosen')
    expect((await logOf(id)).at(-1)?.after).toMatchObject({ scope: 'chosen' })
  })
})
