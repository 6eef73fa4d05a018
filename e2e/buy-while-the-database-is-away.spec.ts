import { expect, test, type Page } from '@playwright/test'

import { expectReceipt, goToCheckout, newEmail, pageButton, readyToPay } from './support/buying'
import { look } from './support/look'
import { fromNewNetwork, signIn } from './support/members'
import { countOrdersOf, takeProduct } from './support/stage'
import { takeDatabaseAway } from './support/take-database-away'

test.use(fromNewNetwork())

async function expectToBeTold(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'The shop cannot answer at the moment' })).toBeVisible()
  await expect(page.getByText('you will not be charged twice')).toBeVisible()
}

/** Loses the database at the button and again on the way back from PayPal, and gets the receipt all the same. */
async function buyDespiteIt(page: Page, whenTold = async () => {}): Promise<void> {
  let giveBack = await takeDatabaseAway()
  try {
    await pageButton(page).click()
    await expectToBeTold(page)
    await whenTold()
  } finally {
    await giveBack()
  }
  await page.getByRole('link', { name: 'Back to the checkout' }).click()
  await pageButton(page).click()
  await page.waitForURL(/checkoutnow/)
  giveBack = await takeDatabaseAway()
  try {
    await page.getByRole('button', { name: 'Pay now' }).click()
    await page.waitForURL(/\/checkout\/wait\?/)
    await expectToBeTold(page)
  } finally {
    await giveBack()
  }
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
}

test('a guest whose shop loses its database is told so at each step, and gets the receipt', async ({ page }) => {
  await readyToPay(page, (await takeProduct()).path)
  await buyDespiteIt(page, () => look(page, 'checkout-database-away'))
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a member whose shop loses its database is told so at each step, and gets the receipt', async ({ page }) => {
    await readyToPay(page, (await takeProduct()).path)
    await signIn(page, newEmail())
    await goToCheckout(page)
    await buyDespiteIt(page)
    const giveBack = await takeDatabaseAway()
    try {
      await page.goto('/checkout/return')
      await expectToBeTold(page)
    } finally {
      await giveBack()
    }
    await expect(page.getByRole('heading', { level: 1, name: 'Cart' })).toBeVisible()
  })
})
