import { expect, test, type Page } from '@playwright/test'

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
import { receiptLinkUntil } from './support/receipt-link'
import { capturesOfVariant, countOrdersOf, orderFault, takeProduct } from './support/stage'

test('a guest buys through PayPal’s window, and only the buyer sees the receipt', async ({ page, browser }) => {
  const expectQuietConsole = watchConsole(page)
  const product = await takeProduct()
  await putInCart(page, product.path)
  await goToCheckout(page)
  await fillDetails(page)
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
  await expectNothingThere(await stranger.newPage(), orderNumber, link ?? '')
  expect((await stranger.request.get(origin + link)).status()).toBe(200)
  await stranger.close()

  await page.goto('/cart')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
  await look(page, 'cart-empty')
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
})

/** No key, one that was cut off, forged, of another order or too old, and a number that never was: one answer, which tells nothing. */
async function expectNothingThere(page: Page, orderNumber: string, link: string) {
  const inADay = new Date(Date.now() + 86_400_000)
  expect((await page.request.get(receiptLinkUntil(orderNumber, inADay))).status()).toBe(200)
  const texts = new Set<string>()
  for (const address of [
    `/orders/${orderNumber}`,
    link.slice(0, -1),
    `/orders/${orderNumber}?key=wrong`,
    link.replace(orderNumber, '7K4MQ-2XTVN'),
    receiptLinkUntil(orderNumber, new Date(Date.now() - 1_000)),
    '/orders/7K4MQ-2XTVN',
    '/orders/7K4MQ-2XTVN?key=wrong',
    `/orders/${orderNumber}/return?key=wrong`,
  ]) {
    const response = await page.goto(address)
    expect(response?.status(), address).toBe(404)
    texts.add(await page.locator('body').innerText())
  }
  expect(texts.size).toBe(1)
  await look(page, 'receipt-not-found')
  await page.getByRole('link', { name: 'ask for another by e-mail' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Find an order' })).toBeVisible()
}

test('cancelling at PayPal costs nothing, and the second try buys', async ({ page }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const first = await openPayPal(page)
  await first.getByRole('button', { name: /^Cancel/ }).click()
  await expect(page.getByText('You came back without paying')).toBeVisible()
  await look(page, 'checkout-cancelled')
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

for (const [fault, status, said] of [
  ['refuse', 402, 'PayPal could not take this payment'],
  ['error_before', 503, 'PayPal does not answer'],
] as const) {
  test(`a payment that cannot begin (${status}) is explained without an error of the page, and the next try buys`, async ({
    page,
  }) => {
    const product = await takeProduct()
    await readyToPay(page, product.path)
    const expectQuietConsole = watchConsole(page, new RegExp(`^Failed to load resource: .* ${status}`))
    await orderFault('create_order', fault)
    const refused = page.waitForResponse('**/api/paypal/orders')
    await page.getByRole('button', { name: 'Pay with PayPal' }).click()
    expect((await refused).status()).toBe(status)
    await expect(page.getByText(said)).toBeVisible()
    const paypal = await openPayPal(page)
    await paypal.getByRole('button', { name: 'Pay now' }).click()
    expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
    expectQuietConsole()
  })
}

test('when PayPal’s answer is lost the buyer is told to wait, and the order comes', async ({ page }) => {
  test.slow()
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const paypal = await openPayPal(page)
  await orderFault('capture', 'drop_after')
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const said = page.getByText('We have your approval and are finishing your order')
  // In sight as a whole, also above the bar at the bottom of a phone.
  await expect(said).toBeInViewport({ ratio: 1 })
  const bar = await page.locator('.phone-bar').boundingBox()
  const box = await page.locator('[data-busy] > [aria-live]').boundingBox()
  expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? Infinity)
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
})

test('when the request that finishes is lost on its way, the page sends it again and the order comes', async ({
  page,
}) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const paypal = await openPayPal(page)
  await page.route('**/capture', (route) => route.abort(), { times: 1 })
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
})

test('a checkout that is loaded anew before an approved payment is finished says so, and one click finishes it', async ({
  page,
}) => {
  await readyToPay(page, (await takeProduct()).path)
  // Nobody finishes it before the buyer: the button's own request is lost, and the worker, whom PayPal wakes, waits for PayPal.
  await page.route('**/capture', (route) => route.abort())
  const paypal = await openPayPal(page)
  await orderFault('get_order', 'slow', { delayMs: 20_000 })
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  await expect(page.getByText('We have your approval and are finishing your order')).toBeVisible()
  await page.reload()
  await expect(page.getByText('PayPal has your approval')).toBeVisible()
  await look(page, 'checkout-approved')
  await page.getByRole('link', { name: 'Finish the payment you have approved' }).click()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
})

test('the same cart paid in two tabs is one order', async ({ page, context }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const other = await context.newPage()
  await other.goto('/checkout')
  await expect(pageButton(other)).toBeVisible()
  const before = await capturesOfVariant(product.variantId)
  const windows = [await openPayPal(page), await openPayPal(other)]
  // PayPal takes its time over the first, so that both are approved before either is captured.
  await orderFault('capture', 'slow', { delayMs: 3_000 })
  await Promise.all(windows.map((paypal) => paypal.getByRole('button', { name: 'Pay now' }).click()))
  const [orderNumber, inOther] = await Promise.all([expectReceipt(page), expectReceipt(other)])
  expect(inOther).toBe(orderNumber)
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
  expect(await capturesOfVariant(product.variantId)).toBe(before + 1)
})

test('a checkout that was left open while its cart was bought leads to the receipt', async ({ page, context }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const other = await context.newPage()
  await other.goto('/checkout')
  await expect(pageButton(other)).toBeVisible()
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const orderNumber = await expectReceipt(page)
  await pageButton(other).click()
  expect(await expectReceipt(other)).toBe(orderNumber)
  await other.goto('/checkout')
  await other.getByRole('link', { name: orderNumber }).click()
  expect(await expectReceipt(other)).toBe(orderNumber)
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
