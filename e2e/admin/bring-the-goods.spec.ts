import { readFile } from 'node:fs/promises'

import { expect, test, type Page } from '@playwright/test'

import { look, watchConsole } from '../support/look'
import { query, takeProduct } from '../support/stage'
import { ageSecondFactor, owner, signInAsOwner, typeCode } from '../support/staff'

async function exportFile(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export all variants' }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

async function send(page: Page, text: string | Buffer): Promise<void> {
  await page.goto('/admin/products/import')
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'goods.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: 'Look at the file' }).click()
}

test('a file goes out and comes back without a difference, and a changed one is seen before it is written', async ({
  page,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page, /422|ERR_ABORTED/)
  const { path, variantId } = await takeProduct(12)
  const [variant] = await query<{ sku: string; price: string; grams: number; slug: string }>(
    `select v.sku, to_char(price_minor / 100.0, 'FM999990.00') as price, weight_grams as grams, p.slug
     from variants v join products p on p.id = v.product_id where v.id = $1`,
    [variantId],
  )
  if (!variant) throw new Error('no variant')
  const dearer = (Number(variant.price) + 57.01).toFixed(2)
  await page.goto(path)
  await signInAsOwner(page, '/admin/products/import')
  await look(page, 'admin-import')
  const file = await exportFile(page)
  await send(page, file)
  await expect(page.getByText('Nothing in this file differs from what is there.')).toBeVisible()
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(page.getByText('It was discarded. Nothing was written.')).toBeVisible()

  const own = `,${variant.sku},${variant.price},${variant.grams},yes,12,`
  expect(file).toContain(own)
  await send(page, file.replace(own, `,${variant.sku},${dearer},${variant.grams},yes,15,`))
  await expect(page.getByText('Nothing is written yet')).toBeVisible()
  await expect(page.getByText(`price ${variant.price} → ${dearer}`)).toBeVisible()
  await expect(page.getByText('on_hand 12 → 15')).toBeVisible()
  await look(page, 'admin-import-seen')
  await page.getByRole('button', { name: 'Write 1 row' }).click()
  await expect(page.getByText(/rows are in the catalogue, and the shop shows them/)).toBeVisible()
  await look(page, 'admin-import-done')
  // The worker has written it; it tells the shop's pages.
  await expect
    .poll(async () => (await (await page.request.get(path)).text()).includes(`$${dearer}`), {
      message: 'the shop shows it',
    })
    .toBe(true)
  const moved = await query(
    'select quantity, reason from stock_movements where variant_id = $1 order by id desc limit 1',
    [variantId],
  )
  expect(moved).toEqual([{ quantity: 3, reason: 'import' }])
  expectQuietConsole()
})

test('files that are none are refused with the row and the reason, and rows that are wrong are told', async ({
  page,
}) => {
  const expectQuietConsole = watchConsole(page, /422/)
  await signInAsOwner(page, '/admin/products/import')
  const file = await exportFile(page)
  const [heads = ''] = file.split('\r\n')
  await send(page, 'a,b\r\n1,2')
  await expect(page.getByText(/^Row 1: columns are missing: product/)).toBeVisible()
  await look(page, 'admin-import-refused')
  await send(page, Buffer.from(`${heads}\r\nGr\u00f6\u00dfe`, 'latin1'))
  await expect(page.getByText(/^Line 2 is not UTF-8/)).toBeVisible()
  await send(page, `${heads}\r\n"open`)
  await expect(page.getByText('Row 2: a quote is opened and never closed.')).toBeVisible()
  await send(page, `${file}nothing-1,=1+1,,,,sold,,,NOTHING-1,1e9,0,perhaps,99999999,\r\n`)
  await expect(page.getByText('1 row is wrong')).toBeVisible()
  await expect(page.getByText(/^name: This would be run as a formula/)).toBeVisible()
  await expect(page.getByText(/^price: Write a price in USD/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Write/ })).toHaveCount(0)
  await look(page, 'admin-import-wrong')
  expectQuietConsole()
})

test('taking the catalogue out asks for the second factor again', async ({ page }) => {
  await signInAsOwner(page, '/admin/products/import')
  await ageSecondFactor(owner().email, 11)
  await page.getByRole('link', { name: 'Export all variants' }).click()
  const download = page.waitForEvent('download')
  await typeCode(page, owner().totpSecret, owner().email)
  expect((await download).suggestedFilename()).toMatch(/^catalogue-.*\.csv$/)
})

test('a file larger than any is refused before it is read', async ({ page }) => {
  await signInAsOwner(page, '/admin/products/import')
  const response = await page.request.post('/api/admin/imports', {
    headers: { accept: 'application/json', origin: new URL(page.url()).origin },
    multipart: { file: { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.alloc(61_000_000, 'x') } },
  })
  expect(response.status()).toBe(422)
  expect(await response.json()).toMatchObject({ errors: { file: /more than 60 MB/ } })
})
