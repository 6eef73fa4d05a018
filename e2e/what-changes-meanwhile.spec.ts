import { expect, test } from '@playwright/test'

import { expectReceipt, openPayPal, pageButton, putInCart, readyToPay } from './support/buying'
import { look } from './support/look'
import { capturesOfVariant, query, raisePrices, setAvailable, takeProduct } from './support/stage'

test('a line that is sold out meanwhile says so before any money moves', async ({ page }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  await setAvailable(product.path, 0)
  const before = await capturesOfVariant(product.variantId)
  await page.getByRole('button', { name: 'Pay with PayPal' }).click()
  await expect(page.getByText('Sold out meanwhile.')).toBeVisible()
  await look(page, 'cart-sold-out')
  expect(await capturesOfVariant(product.variantId)).toBe(before)
  await page.getByRole('button', { name: 'Keep what is available' }).click()
  await expect(page.getByText('Nothing here yet')).toBeVisible()
  await setAvailable(product.path, 20)
})

test('a line that is no longer sold says which it was, and is taken out with one click', async ({ page }) => {
  const gone = await takeProduct()
  const kept = await takeProduct()
  await putInCart(page, gone.path)
  await putInCart(page, kept.path)
  await query(`update products set state = 'draft' where id = $1`, [gone.productId])
  await page.goto('/cart')
  await expect(page.getByText('No longer sold.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Check out' })).toHaveCount(0)
  await look(page, 'cart-no-longer-sold')
  await page.getByRole('button', { name: `Remove ${gone.name}` }).click()
  await expect(page.getByText('No longer sold.')).toHaveCount(0)
  await expect(page.getByRole('link', { name: kept.name })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Check out' })).toBeVisible()
  await query(`update products set state = 'active' where id = $1`, [gone.productId])
})

test('a price that changed since it was put in is named in the cart', async ({ page }) => {
  const product = await takeProduct()
  await putInCart(page, product.path)
  await raisePrices(product.path, 250)
  await page.goto('/cart')
  await expect(page.getByText(/The price has changed since you put this in/)).toBeVisible()
  await look(page, 'cart-price-changed')
  await raisePrices(product.path, -250)
})

test('a total that changed since the page was loaded is shown and asked for again', async ({ page }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const shown = await pageButton(page).textContent()
  await raisePrices(product.path, 250)
  await page.getByRole('button', { name: 'Pay with PayPal' }).click()
  await expect(page.getByText('The total has changed')).toBeVisible()
  await look(page, 'checkout-total-changed')
  await expect(pageButton(page)).not.toHaveText(shown ?? '')
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  await expectReceipt(page)
  await raisePrices(product.path, -250)
})
