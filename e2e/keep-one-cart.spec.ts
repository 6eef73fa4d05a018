import { expect, test, type Page } from '@playwright/test'

import { newEmail, putInCart } from './support/buying'
import { look, watchConsole } from './support/look'
import { fromNewNetwork, signIn } from './support/members'
import { setAvailable, takeProduct, type TestProduct } from './support/stage'

test.use(fromNewNetwork())

async function expectQuantity(page: Page, { name }: TestProduct, quantity: number): Promise<void> {
  await expect(page.getByLabel(`Change the quantity of ${name}`, { exact: true })).toHaveValue(String(quantity))
}

/** What the badge reads. */
async function expectCount(page: Page, count: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.cookie)).toContain(`cartwright_count=${count}`)
}

async function putInCartTimes(page: Page, { path }: TestProduct, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await putInCart(page, path)
}

test('the carts of guest and member become one: added up, capped by the stock, nothing lost, and the person is told', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  const [both, scarce, guests, members] = [
    await takeProduct(),
    await takeProduct(),
    await takeProduct(),
    await takeProduct(),
  ]
  await signIn(page, email)
  await putInCartTimes(page, both, 1)
  await putInCartTimes(page, scarce, 2)
  await putInCartTimes(page, members, 1)

  const elsewhere = await browser.newContext()
  const guest = await elsewhere.newPage()
  const expectQuietConsole = watchConsole(guest)
  await putInCartTimes(guest, both, 2)
  await putInCartTimes(guest, scarce, 2)
  await putInCartTimes(guest, guests, 1)
  await setAvailable(scarce.path, 3)
  await signIn(guest, email, '/cart')
  await expect(guest.getByText('The cart of this browser and the one of your account are one now')).toBeVisible()
  await expect(guest.getByText(`Both had some of the same, now added up: 3 × ${both.name}`)).toBeVisible()
  await expect(guest.getByText(`There are fewer than you had put in of ${scarce.name}`)).toBeVisible()
  await look(guest, 'cart-merged')
  expectQuietConsole()

  // And it is the same on the device that was signed in before.
  await page.goto('/cart')
  for (const seen of [guest, page]) {
    await expectQuantity(seen, both, 3)
    await expectQuantity(seen, scarce, 3)
    await expectQuantity(seen, guests, 1)
    await expectQuantity(seen, members, 1)
  }
  await elsewhere.close()
})

test('whoever signs in on the way to pay is told at the checkout what joined the cart', async ({ page, browser }) => {
  const email = newEmail()
  const product = await takeProduct()
  await signIn(page, email)
  await putInCart(page, product.path)
  const elsewhere = await browser.newContext()
  const guest = await elsewhere.newPage()
  await putInCart(guest, product.path)
  await signIn(guest, email, '/checkout')
  await expect(guest.getByRole('heading', { level: 1, name: 'Checkout' })).toBeVisible()
  await expect(guest.getByText(`Both had some of the same, now added up: 2 × ${product.name}`)).toBeVisible()
  await elsewhere.close()
})

test('the person is told also when the two carts have nothing in common', async ({ page, browser }) => {
  const email = newEmail()
  const [members, guests] = [await takeProduct(), await takeProduct()]
  await signIn(page, email)
  await putInCart(page, members.path)
  const elsewhere = await browser.newContext()
  const guest = await elsewhere.newPage()
  await putInCart(guest, guests.path)
  await signIn(guest, email, '/cart')
  await expect(guest.getByText('1 line from this device was added to your cart.')).toBeVisible()
  await elsewhere.close()
})

test('a member’s cart is the same on another device, and what is changed there is changed here', async ({
  page,
  browser,
}) => {
  const email = newEmail()
  const product = await takeProduct()
  await signIn(page, email)
  await putInCart(page, product.path)
  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await signIn(other, email, '/cart')
  await expectQuantity(other, product, 1)
  await putInCart(other, product.path)
  // A page that is the same for everybody tells it too.
  await page.goto(product.path)
  await expectCount(page, '2')
  await page.goto('/cart')
  await expectQuantity(page, product, 2)
  await elsewhere.close()
})

test('what somebody had in the cart before another member used the browser is not mixed in', async ({ page }) => {
  const product = await takeProduct()
  await signIn(page, newEmail())
  await putInCart(page, product.path)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await signIn(page, newEmail(), '/cart')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
})
