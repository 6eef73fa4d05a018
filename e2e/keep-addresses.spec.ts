import { expect, test, type Page } from '@playwright/test'

import { expectReceipt, goToCheckout, newEmail, openPayPal, putInCart } from './support/buying'
import { look, watchConsole } from './support/look'
import { fromNewNetwork, signIn } from './support/members'
import { takeProduct } from './support/stage'

test.use(fromNewNetwork())

async function fillAddress(page: Page, line1: string): Promise<void> {
  await page.getByLabel('Full name').fill('A Member')
  await page.getByLabel('Street and number').fill(line1)
  await page.getByLabel('ZIP code').fill('94105')
  await page.getByLabel('Town or city').fill('San Francisco')
  await page.getByLabel('State').selectOption('CA')
}

test('a member keeps the address of the first purchase, and the second is delivered there with one click', async ({
  page,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  await signIn(page, email)
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  // The e-mail address is known: the checkout begins with the delivery address.
  await expect(page.getByRole('main').getByText(email)).toBeVisible()
  await fillAddress(page, '7 Paper Lane')
  await page.getByLabel(/^Keep this address/).check()
  await look(page, 'checkout-keep-address')
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const orderNumber = await expectReceipt(page)
  await page.goto('/account/orders')
  await expect(page.getByRole('link', { name: `Order ${orderNumber}` })).toBeVisible()

  // On another day: nothing of the first checkout is left in the browser.
  await page.context().clearCookies({ name: 'cartwright_checkout' })
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await look(page, 'checkout-saved-addresses')
  await page.getByRole('button', { name: /^Deliver here.*7 Paper Lane/ }).click()
  await expect(page.getByRole('button', { name: 'Continue to payment' })).toBeVisible()
  await expect(page.getByText('7 Paper Lane')).toBeVisible()
  expectQuietConsole()
})

test('a member adds addresses, chooses the default, edits one and removes one', async ({ page }) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  await signIn(page, newEmail(), '/account/addresses')
  await look(page, 'account-addresses-empty')
  await page.getByLabel('Full name').fill('')
  await page.getByRole('button', { name: 'Save the address' }).click()
  await expect(page.getByLabel('Full name')).toHaveAttribute('aria-invalid', 'true')
  for (const line1 of ['1 First Street', '2 Second Street']) {
    await fillAddress(page, line1)
    await page.getByRole('button', { name: 'Save the address' }).click()
    await expect(page.getByText('The address is saved.')).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: line1 })).toBeVisible()
  }
  const book = page.getByRole('main').getByRole('listitem')
  await expect(book.filter({ hasText: '1 First Street' }).getByText('Default', { exact: false }).first()).toBeVisible()
  await look(page, 'account-addresses')
  await page.getByRole('button', { name: /^Make it the default.*2 Second Street/ }).click()
  await expect(book.filter({ hasText: '2 Second Street' }).getByText('✓ Default')).toBeVisible()
  await page.getByRole('link', { name: 'Edit 1 First Street' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Edit an address' })).toBeVisible()
  await look(page, 'account-address')
  await page.getByLabel('Street and number').fill('10 First Street')
  await page.getByRole('button', { name: 'Save the address' }).click()
  await expect(book.filter({ hasText: '10 First Street' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove 2 Second Street' }).click()
  await expect(page.getByText('The address is removed.')).toBeVisible()
  await expect(book.filter({ hasText: '10 First Street' }).getByText('✓ Default')).toBeVisible()
  expectQuietConsole()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a member adds an address, and what was wrong is said beside its field', async ({ page }) => {
    await signIn(page, newEmail(), '/account/addresses')
    await fillAddress(page, '1 First Street')
    await page.getByLabel('ZIP code').fill('nowhere')
    await page.getByRole('button', { name: 'Save the address' }).click()
    await expect(page.getByLabel('ZIP code')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Street and number')).toHaveValue('1 First Street')
    await page.getByLabel('ZIP code').fill('94105')
    await page.getByRole('button', { name: 'Save the address' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: '1 First Street' })).toBeVisible()
    await page.getByRole('link', { name: 'Edit 1 First Street' }).click()
    await page.getByLabel('Town or city').fill('Berlin')
    await page.getByLabel('Country').selectOption('DE')
    await page.getByRole('button', { name: 'Use this country' }).click()
    await expect(page.getByLabel('State')).toHaveCount(0)
    await expect(page.getByLabel('Country')).toHaveValue('DE')
    await expect(page.getByLabel('Town or city')).toHaveValue('Berlin')
    await expect(page.locator('[aria-invalid]')).toHaveCount(0)
    await page.getByLabel('Postal code').fill('10117')
    await page.getByRole('button', { name: 'Save the address' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: 'Berlin' })).toBeVisible()
  })
})
