import { expect, test, type Locator, type Page } from '@playwright/test'

import { expectReceipt, newEmail, pageButton, readyToPay } from './support/buying'
import { takeProduct } from './support/stage'

/** Presses Tab until `target` has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${String(target)}`)
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label))
  await page.keyboard.type(text)
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

test('the keyboard alone buys, from product page to receipt', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no Tab key')
  const { path } = await takeProduct()
  await page.goto(path)
  await press(page, page.getByRole('button', { name: 'Add to cart' }))
  await press(page, page.getByRole('dialog').getByRole('link', { name: 'Go to cart' }))
  await press(page, page.getByRole('link', { name: 'Check out' }))
  await type(page, 'E-mail', newEmail())
  await page.keyboard.press('Enter')
  await type(page, 'Full name', 'A Buyer')
  await type(page, 'Street and number', '1 Market Street')
  await type(page, 'ZIP code', '94105')
  await type(page, 'Town or city', 'San Francisco')
  await type(page, 'State', 'California')
  await press(page, page.getByRole('button', { name: 'Continue to delivery' }))
  await press(page, page.getByRole('button', { name: 'Continue to payment' }))
  await press(page, pageButton(page))
  await page.waitForURL(/checkoutnow/)
  await press(page, page.getByRole('button', { name: 'Pay now' }))
  await expectReceipt(page)
})

test('the keyboard reaches PayPal’s own button, and pays in PayPal’s window', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no Tab key')
  const { path } = await takeProduct()
  await readyToPay(page, path)
  await page.reload()
  const button = page.locator('paypal-button')
  const opened = page.waitForEvent('popup')
  await press(page, button)
  const paypal = await opened
  await paypal.waitForURL(/checkoutnow/)
  await tabTo(paypal, paypal.getByRole('button', { name: 'Pay now' }))
  // The window may close while the key is still down, and the key then says so; that it closes is what counts.
  const closed = paypal.waitForEvent('close')
  await paypal.keyboard.press('Enter').catch(() => {})
  await closed
  await expectReceipt(page)
})

test('nothing moves when PayPal’s button appears', async ({ page }) => {
  const { path } = await takeProduct()
  await readyToPay(page, path)
  await page.addInitScript(() => {
    const seen = window as unknown as { shift: number }
    seen.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.reload()
  await expect(page.getByRole('button', { name: 'Pay with PayPal' })).toBeVisible()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.01)
})
