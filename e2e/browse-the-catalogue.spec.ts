import { expect, test } from '@playwright/test'

import { takeProduct } from './support/stage'

test('a category is sorted and paged by plain links', async ({ page }) => {
  await page.goto('/categories/prints')
  await page.getByRole('link', { name: /low/i }).first().click()
  await page.waitForURL(/sort\/price-low/)
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
})

test('the keyboard alone can put a piece into the cart', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no Tab key')
  const { path } = await takeProduct()
  await page.goto(path)
  const add = page.getByRole('button', { name: 'Add to cart' })
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if (await add.evaluate((element) => element === document.activeElement)) break
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('an empty cart fetches nothing of the home page ahead, whose great picture is not shown there', async ({
  page,
}) => {
  await page.goto('/cart?notice=already_ordered', { waitUntil: 'networkidle' })
  await expect(page.getByRole('link', { name: 'Look at the new works' })).toBeVisible()
  await expect(page.locator('link[rel="preload"][as="image"]')).toHaveCount(0)
})
