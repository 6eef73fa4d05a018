import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { hostilePictures, testPicture } from '@/e2e/support/pictures'
import type { Admin } from '@/lib/admin/admin'
import { createProduct } from '@/lib/products/create-product'
import { addOption } from '@/lib/products/edit-options'
import { getProductDesk } from '@/lib/products/product-desk'
import { newAdmin } from '@/testing/test-admin'
import { setUpShop } from '@/testing/test-shop'

import { addPicture } from './add-picture'
import { describePicture, dropPicture, orderPictures } from './edit-pictures'

let database: TestDatabase
let db: Database
let editor: Admin<'catalogue.edit'>
let mediaDir: string

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await setUpShop(db)
  editor = await newAdmin(db, 'manager', 'catalogue.edit')
  mediaDir = await mkdtemp(path.join(tmpdir(), 'pictures-'))
})
afterAll(async () => {
  await database.drop()
  await rm(mediaDir, { recursive: true })
})

const newDraft = async () => (await createProduct(db, editor, `Work ${randomUUID()}`)).productId

async function desk(productId: number) {
  const found = await getProductDesk(db, await newAdmin(db, 'support', 'catalogue.read'), String(productId))
  if (!found) throw new Error('no desk')
  return found
}
const act = async (productId: number) => ({ productId, seenVersion: (await desk(productId)).product.version })

const add = (productId: number, bytes: Uint8Array, alt = 'Stripes', shows: number[] = []) =>
  addPicture(db, editor, { productId, bytes, alt, shows, mediaDir })

describe('a picture', () => {
  test('is stored in the shop’s sizes, upright, and without where and with what it was taken', async () => {
    const productId = await newDraft()
    const bytes = await testPicture(1_600, 1_200)
      .withExif({
        IFD0: { Make: 'Camera of somebody', Copyright: 'Somebody' },
        IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    expect(await add(productId, bytes)).toMatchObject({ kind: 'done' })
    const [image] = (await desk(productId)).images
    // Lying on its side it was wider than high; upright it is higher than wide.
    expect(image).toMatchObject({ alt: 'Stripes', width: 1_200, height: 1_600, widths: [400, 800, 1_200], position: 0 })
    for (const width of image?.widths ?? []) {
      const file = await readFile(path.join(mediaDir, `${image?.base}-${width}.webp`))
      const stored = await sharp(file).metadata()
      expect(stored).toMatchObject({ format: 'webp', width })
      expect([stored.exif, stored.xmp, stored.iptc, stored.icc, stored.orientation]).toEqual(Array(5).fill(undefined))
      expect(file.includes('Camera of somebody')).toBe(false)
    }
    const corner = await sharp(path.join(mediaDir, `${image?.base}-400.webp`))
      .extract({ left: 300, top: 20, width: 50, height: 50 })
      .png()
      .toBuffer()
      .then((cut) => sharp(cut).stats())
    expect(corner.channels[0]?.mean).toBeGreaterThan(200)
  })

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'may come as %s, and none is made wider than it was',
    async (type) => {
      const productId = await newDraft()
      const bytes = await testPicture(900, 600).toFormat(type).toBuffer()
      expect(await add(productId, bytes)).toMatchObject({ kind: 'done' })
      expect((await desk(productId)).images[0]).toMatchObject({ width: 900, height: 600, widths: [400, 800, 900] })
    },
  )

  test('is refused with a reason when it is something else, a bomb or broken; nothing of it is kept', async () => {
    const productId = await newDraft()
    const before = await readdir(mediaDir)
    const problems: Record<string, string> = {}
    for (const [name, bytes] of Object.entries(await hostilePictures())) {
      const outcome = await add(productId, bytes)
      problems[name] = outcome.kind === 'refused' ? outcome.problem : outcome.kind
    }
    expect(problems).toEqual({
      'an SVG with a script': 'wrong_type',
      'an SVG behind a line of XML': 'wrong_type',
      'a page that is called a picture': 'wrong_type',
      'a GIF': 'wrong_type',
      'a PDF': 'wrong_type',
      'a JPEG with a page in its comment': 'something_else',
      'a JPEG with a program behind it': 'something_else',
      'a JPEG that is an archive': 'something_else',
      'a JPEG that is a PDF': 'something_else',
      'a PNG with more behind its end': 'something_else',
      'a WebP with more behind its end': 'something_else',
      'a bomb: 50,000 by 50,000 pixels': 'too_many_pixels',
      'a bomb: 200 million white pixels': 'too_many_pixels',
      'half a JPEG': 'broken',
      'a PNG that is not what it says': 'broken',
      'a picture that moves': 'moving',
      'a picture that is too small': 'too_small',
      'a picture that is too long': 'too_long',
      nothing: 'empty',
    })
    expect(await readdir(mediaDir)).toEqual(before)
    expect((await desk(productId)).images).toEqual([])
  }, 60_000)

  test('of a product that is not there is nowhere', async () => {
    const before = await readdir(mediaDir)
    expect(await add(999_999, await testPicture().jpeg().toBuffer())).toEqual({ kind: 'not_found' })
    expect(await readdir(mediaDir)).toEqual(before)
  })
})

describe('pictures of one product', () => {
  async function withPictures(...alts: string[]): Promise<number> {
    const productId = await newDraft()
    const bytes = await testPicture(500, 500).png().toBuffer()
    for (const alt of alts) expect(await add(productId, bytes, alt)).toMatchObject({ kind: 'done' })
    return productId
  }
  const alts = async (productId: number) => (await desk(productId)).images.map(({ alt }) => alt)

  test('are put in another order, each of them once', async () => {
    const productId = await withPictures('one', 'two', 'three')
    const ids = (await desk(productId)).images.map(({ id }) => id)
    const order = async (imageIds: number[]) => orderPictures(db, editor, { ...(await act(productId)), imageIds })
    expect(await order(ids.toReversed())).toMatchObject({ kind: 'done' })
    expect(await alts(productId)).toEqual(['three', 'two', 'one'])
    expect(await order(ids.slice(1))).toMatchObject({ kind: 'invalid' })
    expect(await order([...ids, ids[0] ?? 0])).toMatchObject({ kind: 'invalid' })
    expect(await order([ids[0] ?? 0, ids[0] ?? 0, ids[1] ?? 0])).toMatchObject({ kind: 'invalid' })
    const other = (await desk(await withPictures('foreign'))).images[0]?.id ?? 0
    expect(await order([...ids.slice(1), other])).toMatchObject({ kind: 'invalid' })
  })

  test('close the gap when one goes, and its files stay for orders that show it', async () => {
    const productId = await withPictures('one', 'two', 'three')
    const image = (await desk(productId)).images[1]
    const files = await readdir(mediaDir)
    expect(await dropPicture(db, editor, { ...(await act(productId)), imageId: image?.id ?? 0 })).toMatchObject({
      kind: 'done',
    })
    expect((await desk(productId)).images.map(({ alt, position }) => [alt, position])).toEqual([
      ['one', 0],
      ['three', 1],
    ])
    expect(await readdir(mediaDir)).toEqual(files)
    expect(await dropPicture(db, editor, { ...(await act(productId)), imageId: image?.id ?? 0 })).toMatchObject({
      kind: 'invalid',
    })
  })

  test('say in words what they show, and for which choice; two people do not change one at once', async () => {
    const productId = await withPictures('one')
    await addOption(db, editor, { ...(await act(productId)), name: 'Frame', values: ['Oak', 'Black'] })
    const before = await desk(productId)
    const black = before.options[0]?.values[1]?.id ?? 0
    const change = { ...(await act(productId)), imageId: before.images[0]?.id ?? 0, alt: 'In black', shows: [black] }
    const outcomes = await Promise.all([
      describePicture(db, editor, change),
      describePicture(db, editor, { ...change, alt: 'X' }),
    ])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['changed_meanwhile', 'done'])
    expect((await desk(productId)).images[0]?.optionValues).toEqual({ Frame: 'Black' })
  })

  test('are there in words: the database takes none without', async () => {
    const productId = await withPictures('one')
    const without = sql`update product_images set alt = '' where product_id = ${productId}`
    await expect(db.execute(without)).rejects.toMatchObject({ cause: { constraint: 'product_images_alt_required' } })
  })

  test('all arrive when several are sent at once', async () => {
    const productId = await newDraft()
    const bytes = await testPicture(500, 500).png().toBuffer()
    const outcomes = await Promise.all(['a', 'b', 'c'].map((alt) => add(productId, bytes, alt)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done'])
    expect((await desk(productId)).images.map(({ position }) => position)).toEqual([0, 1, 2])
  })
})
