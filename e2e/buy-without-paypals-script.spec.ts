import { expect, test, type Page, type Route } from '@playwright/test'

import { expectReceipt, pageButton, readyToPay } from './support/buying'
import { look } from './support/look'
import { takeProduct } from './support/stage'

const SCRIPT = '**/web-sdk/v6/core*'

async function buyByThePage(page: Page, answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route(SCRIPT, answer)
  await readyToPay(page, (await takeProduct()).path)
  await expect(page.getByText('PayPal’s button could not be loaded.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Pay with PayPal', exact: true })).toHaveCount(0)
}

test('when PayPal’s script does not load the page says so, and its own button buys', async ({ page }) => {
  await buyByThePage(page, (route) => route.abort())
  await look(page, 'checkout-without-paypals-script')
  await pageButton(page).click()
  await page.getByRole('button', { name: 'Pay now' }).click()
  await expectReceipt(page)
})

test('when PayPal’s script fails the page says so, and its own button buys', async ({ page }) => {
  await buyByThePage(page, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("changed without notice")' }),
  )
  await pageButton(page).click()
  await page.getByRole('button', { name: 'Pay now' }).click()
  await expectReceipt(page)
})
