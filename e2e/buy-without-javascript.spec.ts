import { expect, test } from '@playwright/test'

import { expectReceipt, fillDetails, goToCheckout, pageButton } from './support/buying'
import { countOrdersOf, orderFault, takeProduct } from './support/stage'

test.use({ javaScriptEnabled: false })

test('the whole purchase passes with JavaScript off', async ({ page }) => {
  const product = await takeProduct()
  await page.goto(product.path)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText(/In your cart/).first()).toBeVisible()
  await page.goto('/cart')
  await page.getByRole('button', { name: /^One more/ }).click()
  await expect(page.getByLabel(/^Quantity of/)).toHaveText('2')
  await goToCheckout(page)
  await page.getByLabel('E-mail').fill('nobody')
  await page.getByRole('button', { name: 'Continue to address' }).click()
  await expect(page.getByText('Enter an e-mail address like name@example.com.')).toBeVisible()
  await fillDetails(page)
  await pageButton(page).click()
  await page.waitForURL(/checkoutnow/)
  await page.getByRole('button', { name: /^Cancel/ }).click()
  await expect(page.getByText('You came back without paying')).toBeVisible()
  await pageButton(page).click()
  await page.getByRole('button', { name: 'Decline my card' }).click()
  await expect(page.getByText('PayPal declined this way of paying')).toBeVisible()
  await pageButton(page).click()
  await page.getByRole('button', { name: 'Pay now' }).click()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
  await page.goto('/cart')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
})

test('without JavaScript a lost answer leads to a page that waits for the receipt', async ({ page }) => {
  test.slow()
  const product = await takeProduct()
  await page.goto(product.path)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await goToCheckout(page)
  await fillDetails(page)
  await pageButton(page).click()
  await page.waitForURL(/checkoutnow/)
  await orderFault('capture', 'drop_after')
  await page.getByRole('button', { name: 'Pay now' }).click()
  await expect(page.getByRole('heading', { name: 'We are finishing your order' })).toBeVisible()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
})
