import { expect, test, type Page } from '@playwright/test'

import { readyToPay } from './support/buying'
import { setAvailable, takeProduct } from './support/stage'

/** Notes in the browser whether the page ever says `text`: while it is being left, nobody can look at it from outside. */
async function noteWhether(page: Page, text: string): Promise<() => Promise<boolean>> {
  await page.evaluate((said) => {
    const note = () => document.body.textContent?.includes(said) && sessionStorage.setItem('said', said)
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, text)
  return () => page.evaluate((said) => sessionStorage.getItem('said') === said, text)
}

test('while the browser leaves for the cart, nobody is told that PayPal does not answer', async ({ page }) => {
  const product = await takeProduct()
  await readyToPay(page, product.path)
  await setAvailable(product.path, 0)
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route('**/cart?notice=sold_out', async (route) => {
    await held
    await route.continue()
  })
  const wasSaid = await noteWhether(page, 'PayPal does not answer')
  const opened = page.waitForEvent('popup')
  const leaves = page.waitForRequest('**/cart?notice=sold_out')
  // A click waits for the page to which it leads, when that comes at once: it is let go below.
  const clicked = page.getByRole('button', { name: 'Pay with PayPal' }).click()
  const paypal = await opened
  await leaves
  // PayPal's script closes its window after it has told the page that there was no order.
  if (!paypal.isClosed()) await paypal.waitForEvent('close')
  letGo()
  await clicked
  await expect(page.getByText('Sold out meanwhile.')).toBeVisible()
  expect(await wasSaid()).toBe(false)
  await setAvailable(product.path, 20)
})
