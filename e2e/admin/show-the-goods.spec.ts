import { expect, test, type Page } from '@playwright/test'

import { look, watchConsole } from '../support/look'
import { hostilePictures, testPicture } from '../support/pictures'
import { query, takeProduct } from '../support/stage'
import { signInAsOwner } from '../support/staff'

const file = (name: string, buffer: Buffer, mimeType = 'image/jpeg') => ({ name, mimeType, buffer })

async function openForm(page: Page): Promise<void> {
  if (!(await page.getByLabel('Picture', { exact: true }).isVisible())) await page.getByText('Add a picture').click()
}

async function namesOf(productId: number): Promise<string[]> {
  const rows = await query<{ alt: string }>('select alt from product_images where product_id = $1 order by position', [
    productId,
  ])
  return rows.map(({ alt }) => alt)
}

const item = (page: Page, number: number) => page.getByRole('listitem', { name: `Picture ${number}`, exact: true })

/** As a mouse moves, and let go of once the other has made room. */
async function dragOnto(page: Page, from: number, to: number): Promise<void> {
  const target = item(page, to)
  // Near its edges the window begins to scroll under what is dragged.
  await target.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const end = await target.boundingBox()
  const start = await item(page, from).locator('.desk-handle').boundingBox()
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 2, end.y + 8, { steps: 10 })
  await expect(target).toHaveAttribute('style', /translate/)
  await page.mouse.up()
}

test('a picture is sent, refused without words, shown in the shop at once, moved by keyboard and by hand, and deleted', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page, /422/)
  const { path, productId } = await takeProduct()
  const before = await namesOf(productId)
  const outside = await (await browser.newContext()).newPage()
  await outside.goto(path)
  await signInAsOwner(page, `/admin/products/${productId}`)
  await openForm(page)
  const pictures = page.getByRole('region', { name: /pictures?$/ })
  const form = pictures.locator('form', { has: page.getByLabel('Picture', { exact: true }) })
  const alt = form.getByLabel('In words, for whoever cannot see it')
  await form.getByRole('button', { name: 'Add the picture' }).click()
  await expect(form.getByText('Choose a picture.')).toBeVisible()
  await expect(form.getByText('Say what the picture shows')).toBeVisible()
  await form.getByLabel('Picture', { exact: true }).setInputFiles(file('a.jpg', await testPicture().jpeg().toBuffer()))
  await alt.fill('Stripes in a corner')
  await form.getByRole('button', { name: 'Add the picture' }).click()
  await expect(page.getByText('The picture is added, and the shop shows it.')).toBeVisible()
  expect(await namesOf(productId)).toEqual([...before, 'Stripes in a corner'])
  await outside.reload()
  await expect(outside.getByAltText('Stripes in a corner').first()).toBeAttached()
  await look(page, 'admin-product-pictures')

  const last = before.length + 1
  await page.getByRole('button', { name: `Move picture ${last} earlier` }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => namesOf(productId)).toEqual([...before.slice(0, -1), 'Stripes in a corner', before.at(-1)])
  await expect(item(page, last - 1).getByLabel('In words')).toHaveValue('Stripes in a corner')
  await dragOnto(page, last - 1, last - 2)
  await expect
    .poll(() => namesOf(productId))
    .toEqual([...before.slice(0, -2), 'Stripes in a corner', ...before.slice(-2)])
  await page.reload()
  const place = (await namesOf(productId)).indexOf('Stripes in a corner') + 1
  await page.locator('summary', { hasText: `Delete picture ${place}` }).click()
  await page.getByRole('button', { name: `Yes, delete picture ${place}` }).click()
  await expect(page.getByText('The picture is gone.')).toBeVisible()
  expect(await namesOf(productId)).toEqual(before)
  await outside.context().close()
  expectQuietConsole()
})

test('what is no picture, or more than one, is refused with a reason, and nothing of it can be fetched', async ({
  page,
}) => {
  test.slow()
  const { productId } = await takeProduct()
  const before = await namesOf(productId)
  await signInAsOwner(page, `/admin/products/${productId}`)
  for (const [name, buffer] of Object.entries(await hostilePictures())) {
    const response = await page.request.post(`/api/admin/pictures?product=${productId}`, {
      headers: { accept: 'application/json', origin: new URL(page.url()).origin },
      multipart: { alt: 'A trap', file: file('picture.jpg', buffer) },
    })
    expect(response.status(), name).toBe(422)
    const { errors } = (await response.json()) as { errors: Record<string, string> }
    expect(errors['file'], name).toMatch(/\.$/)
  }
  expect(await namesOf(productId)).toEqual(before)
})

test('a file without end is refused before it is read', async ({ page }) => {
  const { productId } = await takeProduct()
  await signInAsOwner(page, `/admin/products/${productId}`)
  const response = await page.request.post(`/api/admin/pictures?product=${productId}`, {
    headers: { accept: 'application/json', origin: new URL(page.url()).origin },
    multipart: { alt: 'Too much', file: file('picture.jpg', Buffer.alloc(25_000_000, 'x')) },
  })
  expect(response.status()).toBe(422)
  expect(await response.json()).toMatchObject({ errors: { file: /more than 20 MB/ } })
})

test('without JavaScript a picture is sent all the same', async ({ page, browser }) => {
  const { productId } = await takeProduct()
  const before = await namesOf(productId)
  await signInAsOwner(page, '/admin/products')
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const plain = await context.newPage()
  await plain.goto(`/admin/products/${productId}`)
  await openForm(plain)
  const form = plain.locator('form', { has: plain.getByLabel('Picture', { exact: true }) })
  const send = async (buffer: Buffer) => {
    await form.getByLabel('Picture', { exact: true }).setInputFiles(file('a.png', buffer, 'image/png'))
    await form.getByLabel('In words, for whoever cannot see it').fill('Plain stripes')
    await form.getByRole('button', { name: 'Add the picture' }).click()
  }
  await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
  await expect(plain.getByText('This is no JPEG, PNG, WebP or AVIF')).toBeVisible()
  await expect(form.getByLabel('In words, for whoever cannot see it')).toHaveValue('Plain stripes')
  await send(await testPicture(600, 500).png().toBuffer())
  await expect(plain.getByText('The picture is added, and the shop shows it.')).toBeVisible()
  expect(await namesOf(productId)).toEqual([...before, 'Plain stripes'])
  await context.close()
})
