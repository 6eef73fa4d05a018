import { expect, test } from '@playwright/test'

import {
  expectReceipt,
  fillDetails,
  goToCheckout,
  openPayPal,
  pageButton,
  putInCart,
  readyToPay,
} from './support/buying'
import { look, watchConsole } from './support/look'
import { countOrdersOf, orderFault, takeProduct } from './support/stage'

test('a guest buys through PayPal’s window, and only the buyer sees the receipt', async ({ page, browser }) => {
  const expectQuietConsole = watchConsole(page)
  const product = await takeProduct()
  await putInCart(page, product.path)
  await page.goto('/cart')
  await look(page, 'cart')
  await goToCheckout(page)
  await look(page, 'checkout-contact')
  await fillDetails(page)
  await look(page, 'checkout-review')
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const orderNumber = await expectReceipt(page)
  await expect(page.getByText(product.name).first()).toBeVisible()
  await look(page, 'receipt')
  expectQuietConsole()

  await page.reload()
  await expect(page.getByText(orderNumber).first()).toBeVisible()
  const link = await page.getByRole('link', { name: 'This link opens the receipt' }).getAttribute('href')
  const stranger = await browser.newContext()
  const origin = new URL(page.url()).origin
  expect((await stranger.request.get(`${origin}/orders/${orderNumber}`)).status()).toBe(404)
  expect((await stranger.request.get(`${origin}/orders/${orderNumber}?key=wrong`)).status()).toBe(404)
  expect((await stranger.request.get(origin + link)).status()).toBe(200)
  await stranger.close()

  await page.goto('/cart')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
  await look(page, 'cart-empty')
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
})

test('cancelling at PayPal costs nothing, and the second try buys', async ({ page }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const first = await openPayPal(page)
  await first.getByRole('button', { name: /^Cancel/ }).click()
  await expect(page.getByText('You came back without paying')).toBeVisible()
  const second = await openPayPal(page)
  await second.getByRole('button', { name: 'Pay now' }).click()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
})

test('a declined card is explained, and another way to pay buys the same order', async ({ page }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const first = await openPayPal(page)
  await first.getByRole('button', { name: 'Decline my card' }).click()
  await expect(page.getByText('PayPal declined this way of paying')).toBeVisible()
  await look(page, 'checkout-declined')
  const second = await openPayPal(page)
  await second.getByRole('button', { name: 'Pay now' }).click()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
})

test('when PayPal’s answer is lost the buyer is told to wait, and the order comes', async ({ page }) => {
  test.slow()
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const paypal = await openPayPal(page)
  await orderFault('capture', 'drop_after')
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  await expect(page.getByText('We have your approval and are finishing your order')).toBeVisible()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
})

test('the same cart paid in two tabs is one order', async ({ page, context }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const other = await context.newPage()
  await other.goto('/checkout')
  await expect(pageButton(other)).toBeVisible()
  const paypal = await openPayPal(page)
  const paypalInOther = await openPayPal(other)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const orderNumber = await expectReceipt(page)
  await paypalInOther.reload()
  await paypalInOther.close()
  await other.reload()
  await expect(other.getByText(/already bought this|Your cart is empty/)).toBeVisible()
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
})

test('the back button after paying leads to no second payment', async ({ page }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const orderNumber = await expectReceipt(page)
  await page.goBack()
  await page.waitForLoadState()
  const pay = page.getByRole('button', { name: 'Pay with PayPal' })
  if (await pay.isVisible()) await pay.click()
  await expect(page.getByText(/already bought this|Your cart is empty|Your order is placed/).first()).toBeVisible()
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
})
