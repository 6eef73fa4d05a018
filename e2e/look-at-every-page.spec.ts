import { expect, test } from '@playwright/test'

import { fillDetails, goToCheckout, newEmail, openPayPal, pageButton, putInCart, readyToPay } from './support/buying'
import { look, watchConsole } from './support/look'
import { soldOutProductPath, takeProduct } from './support/stage'

const PAGES = {
  home: '/',
  category: '/categories/prints',
  'category-sorted': '/categories/prints/sort/price-low',
  'category-page-2': '/categories/prints/page/2',
  delivery: '/delivery',
  returns: '/returns',
  contact: '/contact',
  terms: '/terms',
  privacy: '/privacy',
}

for (const [name, address] of Object.entries(PAGES)) {
  test(`the page ${address} looks right and is accessible`, async ({ page }) => {
    const expectQuietConsole = watchConsole(page)
    const response = await page.goto(address)
    expect(response?.status()).toBe(200)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await look(page, name)
    expectQuietConsole()
  })
}

test('pages that are not there look right and are accessible', async ({ page }) => {
  const expectQuietConsole = watchConsole(page, /^Failed to load resource: .* 404/)
  const pages = { 'not-found': '/products/nothing', 'not-found-anywhere': '/nowhere' }
  for (const [name, address] of Object.entries(pages)) {
    const response = await page.goto(address)
    expect(response?.status(), address).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await look(page, name)
  }
  expectQuietConsole()
})

test('a product that is sold out looks right and is accessible', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  const response = await page.goto(await soldOutProductPath())
  expect(response?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expect(page.getByText('Sold out').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeHidden()
  await look(page, 'product-sold-out')
  expectQuietConsole()
})

test('a product and what opens over it look right and is accessible', async ({ page, isMobile }) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const { path } = await takeProduct()
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await look(page, 'product')
  await page.getByRole('region', { name: 'Pictures' }).getByRole('link').first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(page, 'product-zoom')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(page, 'product-added')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  if (isMobile) {
    await page.getByText('Menu', { exact: true }).click()
    await expect(page.getByRole('dialog').getByRole('link', { name: 'Returns' })).toBeVisible()
    await look(page, 'phone-menu')
  }
  expectQuietConsole()
})

test('each step of the checkout looks right and is accessible, with and without mistakes', async ({ page }) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  await putInCart(page, (await takeProduct()).path)
  await page.goto('/cart')
  await look(page, 'cart')
  await goToCheckout(page)
  await look(page, 'checkout-contact')
  await page.getByLabel('E-mail').fill('nobody')
  await page.getByRole('button', { name: 'Continue to address' }).click()
  await expect(page.getByText('Enter an e-mail address like name@example.com.')).toBeVisible()
  await look(page, 'checkout-contact-mistake')
  await page.getByLabel('E-mail').fill(newEmail())
  await page.getByRole('button', { name: 'Continue to address' }).click()
  await expect(page.getByLabel('Full name')).toBeVisible()
  await look(page, 'checkout-address')
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await expect(page.getByLabel('Full name')).toHaveAttribute('aria-invalid', 'true')
  await look(page, 'checkout-address-mistakes')
  await page.goto('/checkout?step=contact')
  await fillDetails(page, newEmail(), { pauseAtDelivery: () => look(page, 'checkout-delivery') })
  await expect(page.getByRole('button', { name: 'Pay with PayPal' })).toBeVisible()
  await look(page, 'checkout-review')
  expectQuietConsole()
})

test('waiting for PayPal looks right and is accessible', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  await readyToPay(page, (await takeProduct()).path)
  await pageButton(page).click()
  await page.waitForURL(/checkoutnow/)
  await page.getByLabel(/The payment stays pending/).check()
  await page.getByRole('button', { name: 'Pay now' }).click()
  await page.waitForURL(/checkout\/wait/)
  await expect(page.getByRole('link', { name: 'Ask again now' })).toBeVisible()
  await look(page, 'checkout-wait')
  expectQuietConsole()
})

test('PayPal’s page looks right and is accessible', async ({ page }) => {
  await readyToPay(page, (await takeProduct()).path)
  const paypal = await openPayPal(page)
  await look(paypal, 'paypal')
})
