import { expect, test, type Page } from '@playwright/test'

import { takeProduct } from './support/stage'

const addButton = (page: Page) => page.getByRole('button', { name: 'Add to cart' })
const firstPicture = (page: Page) => page.getByRole('region', { name: 'Pictures' }).getByRole('link').first()

/** From now on the network gives no more scripts: what was not loaded before is not had. */
async function refuseScripts(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.route('**/_next/static/chunks/**', (route) => route.abort())
}

test('Escape closes what opened and gives the focus back to what opened it', async ({ page, isMobile }) => {
  await page.goto((await takeProduct()).path)
  await addButton(page).click()
  await expect(page.getByRole('dialog', { name: 'Added to your cart' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(addButton(page)).toBeFocused()

  await firstPicture(page).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(firstPicture(page)).toBeFocused()

  if (!isMobile) return
  await page.getByText('Menu', { exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('summary')).toBeFocused()
})

test('a page that was left with a panel open is free again when one comes back', async ({ page, isMobile }) => {
  const { path } = await takeProduct()
  await page.goto(path)
  await addButton(page).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Go to cart' }).click()
  await page.waitForURL('**/cart')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.goBack()
  await page.waitForURL(`**${path}`)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await addButton(page).click()
  await expect(page.getByRole('dialog', { name: 'Added to your cart' })).toBeVisible()
  await page.getByRole('button', { name: 'Keep looking' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  if (!isMobile) return
  await page.getByText('Menu', { exact: true }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Returns' }).click()
  await page.waitForURL('**/returns')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('when the code of a panel cannot be had, adding, looking closer and the menu work without it', async ({
  page,
  isMobile,
}) => {
  await page.goto((await takeProduct()).path)
  await refuseScripts(page)
  await addButton(page).click()
  await expect(page.getByText(/In your cart:/)).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  if (isMobile) {
    await page.getByText('Menu', { exact: true }).click()
    await expect(page.locator('details').getByRole('link', { name: 'Returns' })).toBeVisible()
    await page.getByText('Close', { exact: true }).click()
    await expect(page.locator('details').getByRole('link', { name: 'Returns' })).toBeHidden()
  }
  await firstPicture(page).click()
  await page.waitForURL('**/media/**')
})
