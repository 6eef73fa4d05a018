import { expect, test } from '@playwright/test'

import { look, watchConsole } from '../support/look'
import { query, takeProduct } from '../support/stage'
import { signInAsOwner } from '../support/staff'

test('a price is planned, one is cancelled, and the other is in the shop when its time has come', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  const { path, productId, variantId } = await takeProduct()
  // Unlike what it costs now, also when this product has been through this before.
  const [now] = await query<{ price: number }>('select price_minor::int as price from variants where id = $1', [
    variantId,
  ])
  const later = ((now?.price ?? 0) / 100 + 7.75).toFixed(2)
  await page.goto(path)
  await signInAsOwner(page, `/admin/products/${productId}`)
  const prices = page.getByRole('region', { name: 'Prices to come' })
  const plan = async (price: string, from: string) => {
    if (!(await prices.getByLabel('From (UTC)').isVisible())) await prices.getByText('Plan a price').click()
    await prices.getByLabel('Price in USD').fill(price)
    await prices.getByLabel('From (UTC)').fill(from)
    await prices.getByRole('button', { name: 'Plan the price' }).click()
  }
  await plan(later, '2020-01-01T08:00')
  await expect(prices.getByText('This moment is over.')).toBeVisible()
  const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 11)
  await plan(later, `${soon}08:00`)
  await expect(page.getByText('The price takes effect by itself at that moment.')).toBeVisible()
  // The form leads to the page anew, at the same address: what it shows before that is about to go. Nor is it the load of the first.
  await page.waitForLoadState('load')
  const loaded = page.waitForEvent('load')
  await plan('11.25', `${soon}09:00`)
  await loaded
  await expect(prices.getByText('$11.25')).toBeVisible()
  await look(page, 'admin-product-prices')
  await prices.getByRole('button', { name: /^Cancel the price of .* 09:00 UTC$/ }).click()
  await expect(page.getByText('The price is cancelled. What it costs now stays.')).toBeVisible()
  await expect(prices.getByText('$11.25')).toHaveCount(0)
  await query(
    `update price_changes set starts_at = now() where variant_id = $1 and cancelled_at is null and applied_at is null`,
    [variantId],
  )
  // The worker applies it and tells the shop's pages; nobody has to look at the desk for it.
  await expect
    .poll(async () => (await (await page.request.get(path)).text()).includes(`$${later}`), {
      message: 'the shop shows it',
    })
    .toBe(true)
  await page.goto(`/admin/products/${productId}`)
  await expect(prices.getByText('None: prices stay until somebody changes them.')).toBeVisible()
  await expect(
    page
      .getByRole('region', { name: 'Changes' })
      .getByText(/the worker/)
      .first(),
  ).toBeVisible()
  expectQuietConsole()
})
