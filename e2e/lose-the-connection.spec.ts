import { expect, test, type Locator, type Page } from '@playwright/test'

import { goToCheckout, newEmail, pageButton, putInCart } from './support/buying'
import { look, watchConsole } from './support/look'
import { takeProduct } from './support/stage'

const NO_ANSWER = /^No answer from the shop\. Check your connection and send it again; nothing you typed is lost\.$/

/** Whatever the checkout's forms send is lost on its way, or answered by something that is not the shop. */
async function withoutShop(page: Page, how: 'lost' | 'gateway', act: () => Promise<void>): Promise<void> {
  await page.route('**/checkout**', (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    if (how === 'lost') return route.abort()
    return route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' })
  })
  await act()
  await page.unroute('**/checkout**')
}

/** Sends a form in vain: it is still there, and says in sight of whoever has sent it what has happened. */
async function sendInVain(page: Page, button: Locator): Promise<void> {
  await withoutShop(page, 'lost', async () => {
    await button.click()
    const said = button.locator('xpath=ancestor::form').getByRole('alert').filter({ hasText: NO_ANSWER })
    await expect(said).toBeInViewport({ ratio: 1 })
    await expect(button).toBeVisible()
  })
}

test('what is typed at checkout outlives a lost connection at every step, and is then sent', async ({ page }) => {
  const expectQuietConsole = watchConsole(page, /^Failed to load resource/)
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  const email = newEmail()
  await page.getByLabel('E-mail').fill(email)
  const toAddress = page.getByRole('button', { name: 'Continue to address' })
  await sendInVain(page, toAddress)
  await look(page, 'checkout-no-answer')
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await toAddress.click()

  const typed = {
    'Full name': 'A Buyer',
    'Street and number': '1 Unter den Linden',
    'Postal code': '10117',
    'Town or city': 'Berlin',
  }
  await page.getByLabel('Country').selectOption('DE')
  for (const [label, value] of Object.entries(typed)) await page.getByLabel(label).fill(value)
  const expectTyped = async () => {
    await expect(page.getByLabel('Country')).toHaveValue('DE')
    for (const [label, value] of Object.entries(typed)) await expect(page.getByLabel(label)).toHaveValue(value)
  }
  await page.getByText('Do you have a discount code?').click()
  await page.getByLabel('Discount code').fill('SPRING')
  await sendInVain(page, page.getByRole('button', { name: 'Use the code' }))
  await expect(page.getByLabel('Discount code')).toHaveValue('SPRING')
  await expectTyped()
  const toDelivery = page.getByRole('button', { name: 'Continue to delivery' })
  await sendInVain(page, toDelivery)
  await expectTyped()
  await withoutShop(page, 'gateway', async () => {
    await toDelivery.click()
    await expect(page.getByText(/^The shop could not answer just now\./)).toBeVisible()
  })
  await expectTyped()
  await toDelivery.click()

  const toPayment = page.getByRole('button', { name: 'Continue to payment' })
  const method = page.getByRole('radio').last()
  await method.check()
  await sendInVain(page, toPayment)
  await expect(method).toBeChecked()
  await toPayment.click()
  await expect(pageButton(page)).toBeVisible()
  await expect(page.getByText('1 Unter den Linden')).toBeVisible()
  expectQuietConsole()
})
