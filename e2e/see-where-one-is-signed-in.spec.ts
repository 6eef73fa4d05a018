import { expect, test, type Browser, type Page } from '@playwright/test'

import { expectReceipt, goToCheckout, newEmail, pageButton, putInCart } from './support/buying'
import { look } from './support/look'
import { expectSignedInAs, expectSignedOut, fromNewNetwork, signIn, signOut } from './support/members'
import { takeProduct } from './support/stage'

test.use(fromNewNetwork())

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15'

async function openDevice(browser: Browser, email: string, userAgent: string) {
  const context = await browser.newContext({ userAgent })
  const page = await context.newPage()
  await signIn(page, email)
  return { context, page }
}

/** The checkout knows the address for mail; returns the order's number. */
async function buyAsMember(page: Page, productPath: string): Promise<string> {
  await putInCart(page, productPath)
  await goToCheckout(page)
  await page.getByLabel('Full name').fill('A Buyer')
  await page.getByLabel('Street and number').fill('1 Market Street')
  await page.getByLabel('ZIP code').fill('94105')
  await page.getByLabel('Town or city').fill('San Francisco')
  await page.getByLabel('State').selectOption('CA')
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await pageButton(page).click()
  await page.getByRole('button', { name: 'Pay now' }).click()
  return expectReceipt(page)
}

test('a member sees their devices with the last use, signs one out, and then all others at once', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  await signIn(page, email)
  const laptop = await openDevice(browser, email, FIREFOX)
  const phone = await openDevice(browser, email, SAFARI)

  await page.goto('/account/security')
  const devices = page.getByRole('region', { name: 'Signed in here' })
  await expect(devices.getByRole('listitem')).toHaveCount(3)
  await expect(devices.getByText('This one')).toHaveCount(1)
  await expect(devices.getByText(/last used .* UTC/)).toHaveCount(3)
  await look(page, 'account-devices')

  await devices.getByRole('button', { name: 'Sign out Firefox on Linux' }).click()
  await expect(page.getByText('That device is signed out.')).toBeVisible()
  await expectSignedOut(laptop.page)
  await expectSignedInAs(phone.page, email)

  await signIn(laptop.page, email)
  const product = await takeProduct()
  await putInCart(laptop.page, product.path)
  await page.goto('/account/security')
  await devices.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByText('Every other device is signed out.')).toBeVisible()
  // Pages that are the same for everybody go by what the browser holds, and that is put right.
  await laptop.page.goto(product.path)
  await expect.poll(() => laptop.page.evaluate(() => document.cookie)).not.toContain('cartwright_member=1')
  expect(await laptop.page.evaluate(() => document.cookie)).toContain('cartwright_count=0')
  await expectSignedOut(laptop.page)
  await expectSignedOut(phone.page)
  await expectSignedInAs(page, email)
  await laptop.context.close()
  await phone.context.close()
})

test('a form that was open on a device when it was signed out leads to sign in, and changes nothing', async ({
  page,
  browser,
}) => {
  const email = newEmail()
  await signIn(page, email)
  const laptop = await openDevice(browser, email, FIREFOX)
  await laptop.page.goto('/account/profile')
  await laptop.page.getByLabel('What we call you').fill('Somebody Else')
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByText('Every other device is signed out.')).toBeVisible()
  await laptop.page.getByRole('button', { name: 'Save the name' }).click()
  await expect(laptop.page).toHaveURL(/\/sign-in\?to=/)
  await page.goto('/account/profile')
  await expect(page.getByLabel('What we call you')).toHaveValue('')
  await laptop.context.close()
})

test('a device that is signed out from elsewhere has nothing left of what its member filled in and bought', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  await signIn(page, email)
  const laptop = await openDevice(browser, email, FIREFOX)
  const [bought, next] = [await takeProduct(), await takeProduct()]
  const receipt = `/orders/${await buyAsMember(laptop.page, bought.path)}`
  expect(new URL(laptop.page.url()).search).toBe('')

  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByText('Every other device is signed out.')).toBeVisible()
  await expectSignedOut(laptop.page)
  expect((await laptop.context.request.get(receipt)).status()).toBe(404)
  await putInCart(laptop.page, next.path)
  await goToCheckout(laptop.page)
  await expect(laptop.page.getByLabel('E-mail')).toHaveValue('')
  await expect(laptop.page.getByText('1 Market Street')).toHaveCount(0)
  expect((await page.request.get(receipt)).status()).toBe(200)
  await laptop.context.close()
})

test('Back after signing out shows no receipt', async ({ page }) => {
  const product = await takeProduct()
  await signIn(page, newEmail())
  await buyAsMember(page, product.path)
  const receipt = page.url()
  await signOut(page)
  const again = await page.goto(receipt)
  expect(again?.status()).toBe(404)
  await expect(page.getByText('1 Market Street')).toHaveCount(0)
})
