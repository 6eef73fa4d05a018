import { expect, test, type Page } from '@playwright/test'

import { look, watchConsole } from '../support/look'
import { query, takeProduct } from '../support/stage'
import { signInAsOwner } from '../support/staff'

const unique = () => Math.random().toString(36).slice(2, 8)

async function makeDraft(page: Page, name: string): Promise<string> {
  await page.goto('/admin/products/new')
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Make a draft' }).click()
  await expect(page.getByText('The draft is made.')).toBeVisible()
  return new URL(page.url()).pathname
}

async function placeOf(category: string): Promise<number> {
  const [row] = await query<{ place: string }>(
    `select (select count(*) from categories s
       where s.parent_id = c.parent_id and (s.position, s.name, s.id) < (c.position, c.name, c.id)) as place
     from categories c where c.name = $1`,
    [category],
  )
  return Number(row?.place)
}

async function addVariant(page: Page, sku: string, price: string): Promise<void> {
  const form = page.getByRole('region', { name: /variants?$/ })
  await form.getByLabel('SKU', { exact: true }).fill(sku)
  await form.getByLabel('Price in USD', { exact: true }).fill(price)
  await form.getByLabel('Grams', { exact: true }).fill('200')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
}

test('a product is made, filled, looked at by staff alone, and in the shop the moment it goes on sale', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page, /^Failed to load resource: .* 404/)
  const name = `Rings ${unique()}`
  const sku = `RINGS-${unique().toUpperCase()}`
  await signInAsOwner(page, '/admin/products')
  await look(page, 'admin-products')
  await page.getByRole('link', { name: 'New product' }).click()
  await page.getByRole('button', { name: 'Make a draft' }).click()
  await expect(page.getByText('Give it a name.')).toBeVisible()
  const desk = await makeDraft(page, name)
  await look(page, 'admin-product-draft')

  await page.getByText('Add an option').click()
  const options = page.getByRole('region', { name: 'Options' })
  await options.getByLabel('Name').fill('Size')
  await options.getByLabel('Values, a line each').fill('A4\nA3')
  await options.getByRole('button', { name: 'Add the option' }).click()
  await expect(page.getByText('The option is saved.')).toBeVisible()
  await addVariant(page, sku, 'a lot')
  await expect(page.getByText('Write a price in USD, such as 28.50.')).toBeVisible()
  await addVariant(page, sku, '28.50')
  await expect(page.getByText('The variants are added.')).toBeVisible()
  await expect(page.getByLabel('SKU, A3')).toHaveValue(`${sku}-A3`)
  await page.getByLabel('Price in USD, A3').fill('0')
  await page.getByRole('button', { name: 'Save the variants' }).click()
  await expect(page.getByText('A price is more than nothing.')).toBeVisible()
  await page.getByLabel('Price in USD, A3').fill('42')
  await page.getByRole('button', { name: 'Save the variants' }).click()
  await expect(page.getByText('The variants are saved.')).toBeVisible()
  await page.getByRole('region', { name: 'Description' }).getByLabel(/^Text/).fill('Forty rings.\n\nDrawn at night.')
  await page.getByLabel('Details').fill('Paper')
  await page.getByRole('button', { name: 'Save the description' }).click()
  await expect(page.getByText('Line 1 is not like')).toBeVisible()
  await page.getByLabel('Details').fill('Paper: 250 g cotton')
  await page.getByRole('button', { name: 'Save the description' }).click()
  await expect(page.getByText('The description is saved.')).toBeVisible()

  const [row] = await query<{ slug: string }>('select slug from products where name = $1', [name])
  const address = `/products/${row?.slug}`
  const outside = await (await browser.newContext()).newPage()
  expect((await outside.goto(address))?.status()).toBe(404)
  expect((await outside.goto(`${desk}/preview`))?.status()).toBe(404)
  await page.getByRole('link', { name: 'Preview' }).click()
  await expect(page.getByText('Only staff see this page.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await look(page, 'admin-product-preview')

  await page.goto(desk)
  await page.getByLabel('State').selectOption('On sale')
  await page.getByLabel('Prints', { exact: true }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('It is saved, and the shop shows it so.')).toBeVisible()
  await look(page, 'admin-product')
  expect((await outside.goto(address))?.status()).toBe(200)
  await expect(outside.getByText('Drawn at night.')).toBeVisible()
  await outside.goto('/categories/prints')
  await expect(outside.getByRole('link', { name }).first()).toBeVisible()

  await page.getByLabel('State').selectOption('Archived')
  // The page says already that it is saved: of the last time.
  const archived = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await archived
  await expect(page.getByText('It is saved, and the shop shows it so.')).toBeVisible()
  expect((await outside.goto(address))?.status()).toBe(404)
  await outside.context().close()
  expectQuietConsole()
})

test('a new name and price are in the shop at once, and the old address leads to the new one', async ({ page }) => {
  const { path, productId } = await takeProduct()
  const name = `Renamed ${unique()}`
  const slug = `renamed-${unique()}`
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(name)
  await signInAsOwner(page, `/admin/products/${productId}`)
  await page.getByLabel('Name', { exact: true }).first().fill(name)
  await page.getByLabel(/^Address/).fill('Not An Address')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText('Small letters, digits and single hyphens only')).toBeVisible()
  await page.getByLabel(/^Address/).fill(slug)
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText('The name is saved.')).toBeVisible()
  await page
    .getByLabel(/^Price in USD, /)
    .first()
    .fill('77.25')
  await page.getByRole('button', { name: 'Save the variants' }).click()
  await expect(page.getByText('The variants are saved.')).toBeVisible()
  await page.goto(path)
  await expect(page).toHaveURL(`/products/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(page.getByText('$77.25').first()).toBeVisible()
})

test('of two who change one product the second is told what the first did, and may put theirs over it', async ({
  page,
}) => {
  await signInAsOwner(page, '/admin/products')
  const desk = await makeDraft(page, `Shared ${unique()}`)
  const other = await page.context().newPage()
  await other.goto(desk)
  await other.getByLabel('Line below it').fill('By the first')
  await other.getByRole('button', { name: 'Save the name' }).click()
  await expect(other.getByText('The name is saved.')).toBeVisible()
  await page.getByLabel('Line below it').fill('By the second')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText(/changed subtitle from nothing to “By the first”/)).toBeVisible()
  await expect(page.getByLabel('Line below it')).toHaveValue('By the second')
  await look(page, 'admin-product-meanwhile')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText('The name is saved.')).toBeVisible()
  await expect(page.getByLabel('Line below it')).toHaveValue('By the second')
})

test('without JavaScript a product is edited all the same, and what was wrong is said beside its field', async ({
  page,
  browser,
}) => {
  await signInAsOwner(page, '/admin/products')
  const desk = await makeDraft(page, `Plain ${unique()}`)
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const plain = await context.newPage()
  await plain.goto(desk)
  await plain.getByLabel(/^Address/).fill('No Address')
  await plain.getByLabel('Line below it').fill('Kept as typed')
  await plain.getByRole('button', { name: 'Save the name' }).click()
  await expect(plain.getByText('Small letters, digits and single hyphens only')).toBeVisible()
  await expect(plain.getByLabel('Line below it')).toHaveValue('Kept as typed')
  await plain.getByLabel(/^Address/).fill(`plain-${unique()}`)
  await plain.getByRole('button', { name: 'Save the name' }).click()
  await expect(plain.getByText('The name is saved.')).toBeVisible()
  await addVariant(plain, `PLAIN-${unique()}`, '12')
  await expect(plain.getByText('The variants are added.')).toBeVisible()
  await context.close()
})

test('categories are made, moved, ordered and deleted, and the shop’s menu follows at once', async ({ page }) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const name = `Shelf ${unique()}`
  await signInAsOwner(page, '/admin/products/categories')
  await look(page, 'admin-categories')
  const form = page.getByRole('region', { name: 'New category' })
  await form.getByLabel('Name').fill(name)
  await form.getByRole('button', { name: 'Make the category' }).click()
  await expect(page.getByText('The category is saved.')).toBeVisible()
  const row = page.locator('li', { has: page.locator('summary', { hasText: name }) })
  await row.locator('summary').click()
  await row.getByLabel('Below').selectOption({ label: name })
  await row.getByRole('button', { name: `Save ${name}` }).click()
  await expect(row.getByText('A category cannot be below itself.')).toBeVisible()
  await row.getByLabel('Below').selectOption({ label: 'Prints' })
  await row.getByLabel('Text above its products').fill('Small things')
  const moved = page.waitForEvent('load')
  await row.getByRole('button', { name: `Save ${name}` }).click()
  await moved
  await expect(page.getByText('The category is saved.')).toBeVisible()
  const before = await placeOf(name)
  await page.getByRole('button', { name: `Move ${name} earlier` }).click()
  await expect.poll(() => placeOf(name)).toBeLessThan(before)
  const [kept] = await query<{ slug: string; position: number }>(
    'select slug, position from categories where name = $1',
    [name],
  )
  expect((await page.request.get(`/categories/prints/${kept?.slug}`)).status()).toBe(200)
  await page.goto('/admin/products/categories')
  await row.locator('summary').click()
  await look(page, 'admin-category-open')
  await row.getByRole('button', { name: `Delete ${name}` }).click()
  await expect(page.getByText('The category is gone.')).toBeVisible()
  expect((await page.request.get(`/categories/prints/${kept?.slug}`)).status()).toBe(404)
  expectQuietConsole()
})
