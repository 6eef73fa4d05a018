import { randomUUID } from 'node:crypto'

import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { inTransaction, type Database } from '@/db/client'
import { listAudit, verifyAuditChain } from '@/db/queries/audit-log'
import { findMovedProduct } from '@/db/queries/product-desk'
import { categories, products } from '@/db/schema/catalog'
import { discountCategories, discounts } from '@/db/schema/discounts'
import { outbox } from '@/db/schema/orders'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { Admin } from '@/lib/admin/admin'
import { parseProductFilter } from '@/lib/domain/product-filter'
import { newAdmin } from '@/testing/test-admin'
import { setUpShop, stockProduct } from '@/testing/test-shop'

import { createProduct } from './create-product'
import { createCategory, editCategory, getCategoryDesk, orderCategory, removeCategory } from './edit-category'
import { addOption, dropOption, editOption } from './edit-options'
import { addVariants, editVariants } from './edit-variants'
import { editDescription, editNames } from './edit-words'
import { placeProduct } from './place-product'
import { getPreview, getProductDesk, getProductPageForStaff } from './product-desk'

let database: TestDatabase
let db: Database
let editor: Admin<'catalogue.edit'>
let reader: Admin<'catalogue.read'>

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await setUpShop(db)
  editor = await newAdmin(db, 'manager', 'catalogue.edit')
  reader = await newAdmin(db, 'support', 'catalogue.read')
})
afterAll(() => database.drop())

async function newDraft(name = `Work ${randomUUID()}`): Promise<number> {
  return (await createProduct(db, editor, name)).productId
}

async function desk(productId: number) {
  const found = await getProductDesk(db, reader, String(productId))
  if (!found) throw new Error('no desk')
  return found
}

/** What a page would send that has just been opened. */
const seen = async (productId: number) => ({ productId, seenVersion: (await desk(productId)).product.version })

const plain = { sku: '', priceMinor: 2_800, weightGrams: 200, values: new Map<number, number | 'every'>() }

async function withVariant(): Promise<{ productId: number; variantId: number }> {
  const productId = await newDraft()
  const added = { ...plain, sku: `S-${randomUUID()}` }
  expect(await addVariants(db, editor, { ...(await seen(productId)), added })).toMatchObject({ kind: 'done' })
  return { productId, variantId: (await desk(productId)).variants[0]?.id ?? 0 }
}

describe('a new product', () => {
  test('is a draft with an address of its own, even beside one of the same name', async () => {
    const name = `Twice ${randomUUID()}`
    const [one, other] = [await newDraft(name), await newDraft(name)]
    const slugs = [(await desk(one)).product.slug, (await desk(other)).product.slug]
    expect(slugs[1]).toBe(`${slugs[0]}-2`)
    expect((await desk(one)).product.state).toBe('draft')
    const both = await Promise.all([1, 2, 3, 4].map(() => createProduct(db, editor, `${name} at once`)))
    expect(new Set(both.map(({ productId }) => productId)).size).toBe(4)
  })

  test('goes on sale once there is something to buy, and is new from then on', async () => {
    const productId = await newDraft()
    const place = async () => placeProduct(db, editor, { ...(await seen(productId)), state: 'active', categoryIds: [] })
    expect(await place()).toMatchObject({ kind: 'invalid', errors: { state: /variant/ } })
    await addVariants(db, editor, { ...(await seen(productId)), added: { ...plain, sku: `S-${randomUUID()}` } })
    await db
      .update(products)
      .set({ publishedAt: new Date(0) })
      .where(eq(products.id, productId))
    expect(await place()).toMatchObject({ kind: 'done' })
    const { product } = await desk(productId)
    expect(product.state).toBe('active')
    expect(product.publishedAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  test('can be looked at before that by staff, as the shop would show it', async () => {
    const { productId } = await withVariant()
    expect((await getPreview(db, reader, String(productId)))?.view?.variants).toHaveLength(1)
    expect(await getPreview(db, reader, '999999999')).toBeNull()
    expect(await getPreview(db, reader, '1; drop table products')).toBeNull()
  })
})

describe('an address', () => {
  test('that is left leads on to the new one, and can be had by another product later', async () => {
    const { productId } = await withVariant()
    const before = (await desk(productId)).product.slug
    const slug = `moved-${randomUUID()}`
    const rename = async (id: number, to: string) =>
      editNames(db, editor, { ...(await seen(id)), name: 'Moved', subtitle: '', slug: to })
    expect(await rename(productId, slug)).toEqual({ kind: 'done', slugs: [before, slug] })
    expect(await findMovedProduct(db, before)).toBeNull()
    await placeProduct(db, editor, { ...(await seen(productId)), state: 'active', categoryIds: [] })
    expect(await findMovedProduct(db, before)).toBe(slug)
    const other = await newDraft()
    expect(await rename(other, slug)).toMatchObject({ kind: 'invalid', errors: { slug: /Another product/ } })
    expect(await rename(other, before)).toMatchObject({ kind: 'done' })
    expect(await findMovedProduct(db, before)).toBeNull()
    expect(await rename(productId, before)).toMatchObject({ kind: 'invalid' })
  })

  test('comes back to a product that had it', async () => {
    const productId = await newDraft()
    const before = (await desk(productId)).product.slug
    for (const slug of [`away-${randomUUID()}`, before]) {
      const outcome = await editNames(db, editor, { ...(await seen(productId)), name: 'Back', subtitle: '', slug })
      expect(outcome).toMatchObject({ kind: 'done' })
    }
    expect((await desk(productId)).product.slug).toBe(before)
  })
})

describe('two people change one product', () => {
  test('and the second is told what the first did; nothing is written over it', async () => {
    const productId = await newDraft()
    const act = await seen(productId)
    const { slug } = (await desk(productId)).product
    const other = await newAdmin(db, 'manager', 'catalogue.edit')
    const outcomes = await Promise.all([
      editNames(db, editor, { ...act, name: 'The first name', subtitle: '', slug }),
      editDescription(db, other, { ...act, description: 'A text', details: [] }),
    ])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['changed_meanwhile', 'done'])
    const told = outcomes.find((outcome) => outcome.kind === 'changed_meanwhile')
    expect(told).toMatchObject({ version: act.seenVersion + 1 })
    expect(told?.kind === 'changed_meanwhile' && told.told.join()).toMatch(
      /@shop\.example changed (name|description) from/,
    )
    const after = await desk(productId)
    expect(after.product.version).toBe(act.seenVersion + 1)
    expect(
      [after.product.name === 'The first name', after.product.description === 'A text'].filter(Boolean),
    ).toHaveLength(1)
  })

  test('and whoever sends theirs again after reading that goes over it', async () => {
    const productId = await newDraft()
    const act = await seen(productId)
    await editDescription(db, editor, { ...act, description: 'One', details: [] })
    const refused = await editDescription(db, editor, { ...act, description: 'Two', details: [] })
    if (refused.kind !== 'changed_meanwhile') throw new Error(refused.kind)
    const again = await editDescription(db, editor, {
      productId,
      seenVersion: refused.version,
      description: 'Two',
      details: [],
    })
    expect(again).toMatchObject({ kind: 'done' })
  })
})

describe('every change', () => {
  test('is in the audit log with what was before and after, and tells the shop’s pages in the same transaction', async () => {
    const { productId, variantId } = await withVariant()
    const { sku } = (await desk(productId)).variants[0] ?? { sku: '' }
    const edited = [{ id: variantId, sku, priceMinor: 3_000, weightGrams: 200, active: true, lowStockAt: 2 }]
    expect(await editVariants(db, editor, { ...(await seen(productId)), edited })).toMatchObject({ kind: 'done' })
    const [entry] = await listAudit(db, { subject: `product ${productId}` }, 1)
    expect(entry).toMatchObject({
      action: 'product.variants_changed',
      actorEmail: editor.email,
      before: { [`${sku} price`]: '28.00 USD', [`${sku} low from`]: null, version: 2 },
      after: { [`${sku} price`]: '30.00 USD', [`${sku} low from`]: 2, version: 3 },
    })
    const { slug } = (await desk(productId)).product
    const rows = await db.select().from(outbox)
    expect(rows.filter(({ payload }) => payload.productSlugs.includes(slug)).length).toBeGreaterThanOrEqual(2)
    expect((await verifyAuditChain(db)).problem).toBeNull()
  })

  test('that changes nothing is done and leaves no trace', async () => {
    const { productId, variantId } = await withVariant()
    const before = await desk(productId)
    const row = before.variants[0]
    if (!row) throw new Error('no variant')
    const { sku, priceMinor, weightGrams, active, lowStockAt } = row
    const edited = [{ id: variantId, sku, priceMinor, weightGrams, active, lowStockAt }]
    expect(await editVariants(db, editor, { ...(await seen(productId)), edited })).toMatchObject({ kind: 'done' })
    expect((await desk(productId)).product.version).toBe(before.product.version)
    expect((await desk(productId)).changes).toHaveLength(before.changes.length)
  })
})

describe('options and variants', () => {
  test('of an option each value gets a variant, and only what is missing is added', async () => {
    const productId = await newDraft()
    await addOption(db, editor, { ...(await seen(productId)), name: 'Size', values: ['A4', 'A3'] })
    await addOption(db, editor, { ...(await seen(productId)), name: 'Frame', values: ['Oak', 'Black'] })
    const [size, frame] = (await desk(productId)).options
    if (!size || !frame) throw new Error('no options')
    const a4 = size.values[0]?.id ?? 0
    const prefix = `P-${randomUUID().slice(0, 8)}`
    const add = async (values: [number, number | 'every'][]) =>
      addVariants(db, editor, {
        ...(await seen(productId)),
        added: { ...plain, sku: prefix, values: new Map(values) },
      })
    expect(await add([[size.id, 'every']])).toMatchObject({ kind: 'invalid' })
    expect(
      await add([
        [size.id, a4],
        [frame.id, 'every'],
      ]),
    ).toMatchObject({ kind: 'done' })
    expect(
      await add([
        [size.id, 'every'],
        [frame.id, 'every'],
      ]),
    ).toMatchObject({ kind: 'done' })
    expect(
      await add([
        [size.id, 'every'],
        [frame.id, 'every'],
      ]),
    ).toMatchObject({ kind: 'invalid' })
    const { variants } = await desk(productId)
    expect(variants.map(({ sku }) => sku)).toEqual([
      `${prefix}-A4-OAK`,
      `${prefix}-A4-BLACK`,
      `${prefix}-A3-OAK`,
      `${prefix}-A3-BLACK`,
    ])
    expect(variants.every(({ onHand }) => onHand === 0)).toBe(true)
    expect(await dropOption(db, editor, { ...(await seen(productId)), optionId: frame.id })).toMatchObject({
      kind: 'invalid',
      errors: { form: /the same/ },
    })
  })

  test('a value is renamed, two change places, one without variants goes, and one with variants stays', async () => {
    const productId = await newDraft()
    await addOption(db, editor, { ...(await seen(productId)), name: 'Size', values: ['A4', 'A3', 'A2'] })
    const [size] = (await desk(productId)).options
    const [a4, a3, a2] = size?.values ?? []
    if (!size || !a4 || !a3 || !a2) throw new Error('no values')
    const added = { ...plain, sku: `S-${randomUUID()}`, values: new Map([[size.id, a4.id]]) }
    await addVariants(db, editor, { ...(await seen(productId)), added })
    const edit = async (values: [number, string][]) =>
      editOption(db, editor, {
        ...(await seen(productId)),
        edited: {
          optionId: size.id,
          name: 'Format',
          position: 0,
          values: values.map(([id, value], position) => ({ id, value, swatch: null, position })),
          added: ['A1'],
        },
      })
    expect(
      await edit([
        [a4.id, ''],
        [a3.id, 'A3'],
      ]),
    ).toMatchObject({ errors: { [`value.${a4.id}`]: /stays/ } })
    expect(
      await edit([
        [a4.id, 'A3'],
        [a3.id, 'A4'],
        [a2.id, ''],
      ]),
    ).toMatchObject({ kind: 'done' })
    const after = (await desk(productId)).options[0]
    expect(after?.name).toBe('Format')
    expect(after?.values.map(({ value, uses }) => [value, uses])).toEqual([
      ['A3', 1],
      ['A4', 0],
      ['A1', 0],
    ])
    expect(await dropOption(db, editor, { ...(await seen(productId)), optionId: size.id })).toMatchObject({
      kind: 'done',
    })
  })

  test('no two variants have one SKU, also not when two ask for it at once', async () => {
    const [one, other] = [await withVariant(), await withVariant()]
    const sku = `TAKEN-${randomUUID()}`
    const take = async ({ productId, variantId }: { productId: number; variantId: number }) =>
      editVariants(db, editor, {
        ...(await seen(productId)),
        edited: [{ id: variantId, sku, priceMinor: 100, weightGrams: 1, active: true, lowStockAt: null }],
      })
    const outcomes = await Promise.all([take(one), take(other)])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'invalid'])
  })
})

describe('categories', () => {
  const make = async (name: string, parentId: number | null = null) => {
    expect(await createCategory(db, editor, { name, parentId })).toEqual({ kind: 'done' })
    const row = (await getCategoryDesk(db, reader)).findLast((each) => each.name === name)
    if (!row) throw new Error('no category')
    return row
  }
  const unique = (name: string) => `${name} ${randomUUID()}`
  const move = (row: Awaited<ReturnType<typeof make>>, parentId: number | null) =>
    editCategory(db, editor, { ...row, categoryId: row.id, seenVersion: row.version, parentId })

  test('are no ring and not too deep, and the database refuses both by itself', async () => {
    const top = await make(unique('Top'))
    const middle = await make(unique('Middle'), top.id)
    const low = await make(unique('Low'), middle.id)
    const bottom = await make(unique('Bottom'), low.id)
    expect(await move(top, low.id)).toMatchObject({ kind: 'invalid', errors: { parent: /below itself/ } })
    expect(await createCategory(db, editor, { name: 'Deeper', parentId: bottom.id })).toMatchObject({ kind: 'invalid' })
    const into = (id: number, parentId: number) => db.update(categories).set({ parentId }).where(eq(categories.id, id))
    await expect(into(top.id, bottom.id)).rejects.toMatchObject({ cause: { constraint: 'categories_form_a_tree' } })
    const another = await make(unique('Another'))
    await make(unique('Below another'), another.id)
    await expect(into(another.id, low.id)).rejects.toMatchObject({ cause: { constraint: 'categories_are_reachable' } })
  })

  test('two moves at once that are a ring together are not both made', async () => {
    const [one, other] = [await make(unique('One')), await make(unique('Other'))]
    const outcomes = await Promise.allSettled([move(one, other.id), move(other, one.id)])
    const done = outcomes.filter((each) => each.status === 'fulfilled' && each.value.kind === 'done')
    expect(done).toHaveLength(1)
    const tree = await getCategoryDesk(db, reader)
    const parents = [one, other].map(({ id }) => tree.find((row) => row.id === id)?.parentId)
    expect(parents).toContain(null)
  })

  test('are ordered one place at a time, and go only when nothing is in them', async () => {
    const top = await make(unique('Shelf'))
    const names = ['a', 'b', 'c'].map(unique)
    const rows = [
      await make(names[0] ?? '', top.id),
      await make(names[1] ?? '', top.id),
      await make(names[2] ?? '', top.id),
    ]
    const third = rows[2]
    if (!third) throw new Error('no third')
    await orderCategory(db, editor, { categoryId: third.id, by: -1 })
    await orderCategory(db, editor, { categoryId: third.id, by: -1 })
    await orderCategory(db, editor, { categoryId: third.id, by: -1 })
    const order = (await getCategoryDesk(db, reader))
      .filter(({ parentId }) => parentId === top.id)
      .map(({ name }) => name)
    expect(order).toEqual([names[2], names[0], names[1]])
    expect(await removeCategory(db, editor, top.id)).toMatchObject({ kind: 'invalid', errors: { form: /below/ } })
    const { productId } = await withVariant()
    await placeProduct(db, editor, { ...(await seen(productId)), state: 'draft', categoryIds: [third.id] })
    expect(await removeCategory(db, editor, third.id)).toMatchObject({
      kind: 'invalid',
      errors: { form: /1 products/ },
    })
    await expect(db.delete(categories).where(eq(categories.id, third.id))).rejects.toThrow()
    await placeProduct(db, editor, { ...(await seen(productId)), state: 'draft', categoryIds: [] })
    const [discount] = await db
      .insert(discounts)
      .values({
        label: 'Spring',
        kind: 'percent',
        value: 1_000,
        scope: 'chosen',
        minimumMinor: 0,
        startsAt: new Date(),
      })
      .returning({ id: discounts.id })
    await db.insert(discountCategories).values({ discountId: discount?.id ?? 0, categoryId: third.id })
    expect(await removeCategory(db, editor, third.id)).toMatchObject({
      kind: 'invalid',
      errors: { form: /“Spring” is for it/ },
    })
    await db.delete(discountCategories).where(eq(discountCategories.categoryId, third.id))
    expect(await removeCategory(db, editor, third.id)).toEqual({ kind: 'done' })
  })

  test('the second of two who change one is told what the first did', async () => {
    const row = await make(unique('Shared'))
    const act = { ...row, categoryId: row.id, seenVersion: row.version }
    expect(await editCategory(db, editor, { ...act, name: 'Renamed' })).toEqual({ kind: 'done' })
    expect(await editCategory(db, editor, { ...act, description: 'Text' })).toMatchObject({
      kind: 'changed_meanwhile',
      told: [`${editor.email} changed name from “${row.name}” to “Renamed”`],
    })
  })
})

describe('the list', () => {
  test('finds by name, address, SKU, state, category and stock, page by page', async () => {
    const mark = randomUUID().slice(0, 8)
    for (let n = 0; n < 3; n++) await newDraft(`Along ${mark} ${n}`)
    const variantId = await stockProduct(db, 0)
    const ask = (asked: Record<string, string>) =>
      getProductPageForStaff(db, reader, parseProductFilter(asked), null).then(({ products: found }) => found)
    expect((await ask({ q: mark })).map(({ name }) => name.at(-1))).toEqual(['0', '1', '2'])
    expect(await ask({ q: `%${mark}` })).toEqual([])
    expect(await ask({ q: mark, state: 'active' })).toEqual([])
    const { rows } = await db.execute<{ sku: string }>(sql`select sku from variants where id = ${variantId}`)
    expect(await ask({ q: rows[0]?.sku.slice(0, 20) ?? '', stock: 'out' })).toMatchObject([{ soldOut: 1, free: 0 }])
    expect(await ask({ q: rows[0]?.sku ?? '', stock: 'low' })).toEqual([])
    const filter = parseProductFilter({ q: mark })
    const { products: found } = await getProductPageForStaff(db, reader, filter, null)
    const second = found[1]
    const after = { name: second?.sortName ?? '', id: second?.id ?? 0 }
    const rest = await getProductPageForStaff(db, reader, filter, after)
    expect(rest.products.map(({ name }) => name.at(-1))).toEqual(['2'])
  })
})

test('a variant stays with its product', async () => {
  const [one, other] = [await withVariant(), await withVariant()]
  const move = inTransaction(db, (tx) =>
    tx.execute(sql`update variants set product_id = ${other.productId} where id = ${one.variantId}`),
  )
  await expect(move).rejects.toMatchObject({ cause: { constraint: 'variants_stay_with_their_product' } })
})
