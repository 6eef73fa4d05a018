import { expect, test } from '@playwright/test'

import { expectReceipt, fillDetails, goToCheckout, newEmail, openPayPal, pageButton, putInCart } from './support/buying'
import { countOf, forgetCounts, takeProduct, waitAsTold, wearOut, wearOutBeyond } from './support/stage'

test('a buyer who is asked for patience is told when to come again, and then buys', async ({ page }) => {
  const email = newEmail()
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await fillDetails(page, email)
  await wearOut(email)
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/paypal/orders'))
  await page.getByRole('button', { name: 'Pay with PayPal' }).click()
  const refused = await answered
  expect(refused.status()).toBe(429)
  const seconds = Number(refused.headers()['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  await expect(page.getByText('A moment of patience, please')).toBeVisible()
  await expect(page.getByText(/Nothing was charged.*Try again in \d+ (second|minute)/)).toBeVisible()
  await waitAsTold(seconds)
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  await expectReceipt(page)
})

const KEPT = /Your approval is kept.*Try again in \d+ seconds?/

test('a buyer who has approved is told when it goes on, and need not do anything for it', async ({ page }) => {
  const email = newEmail()
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await fillDetails(page, email)
  const paypal = await openPayPal(page)
  await wearOutBeyond(email)
  const answered = page.waitForResponse((response) => response.url().endsWith('/capture'))
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const refused = await answered
  expect(refused.status()).toBe(429)
  const seconds = Number(refused.headers()['retry-after'])
  expect(seconds).toBeLessThanOrEqual(60)
  await expect(page.getByText(KEPT)).toBeVisible()
  await page.waitForURL(/\/orders\//, { timeout: (seconds + 30) * 1000 })
  await expectReceipt(page)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the page says so too, and keeps what was filled in', async ({ page }) => {
    const email = newEmail()
    await page.goto((await takeProduct()).path)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await goToCheckout(page)
    await fillDetails(page, email)
    await wearOut(email)
    await pageButton(page).click()
    await expect(page.getByText(/Nothing was charged.*Try again in \d+ (second|minute)/)).toBeVisible()
    await waitAsTold(Number(new URL(page.url()).searchParams.get('wait')))
    await pageButton(page).click()
    await page.getByRole('button', { name: 'Pay now' }).click()
    await expectReceipt(page)
  })

  test('whoever has approved is told when, and finishes from the page then', async ({ page }) => {
    const email = newEmail()
    await page.goto((await takeProduct()).path)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await goToCheckout(page)
    await fillDetails(page, email)
    await pageButton(page).click()
    await wearOutBeyond(email)
    await page.getByRole('button', { name: 'Pay now' }).click()
    await expect(page.getByText(KEPT)).toBeVisible()
    await waitAsTold(Number(new URL(page.url()).searchParams.get('wait')))
    await page.getByRole('link', { name: 'Finish the payment you have approved' }).click()
    await expectReceipt(page)
  })
})

test('whatever a buyer writes into X-Forwarded-For, the payment is counted for the address that the trusted proxy saw', async ({
  page,
}) => {
  // The tests' shop trusts one proxy: what it adds comes last, and what the buyer wrote stands before it.
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.77, 198.51.100.9' })
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await fillDetails(page)
  await forgetCounts()
  await pageButton(page).click()
  await page.waitForURL(/checkoutnow/)
  expect(await countOf('203.0.113.77')).toBe(0)
  expect(await countOf('198.51.100.9')).toBeCloseTo(1, 0)
})
