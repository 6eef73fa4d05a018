import { expect, test } from '@playwright/test'

import { look, watchConsole } from '../support/look'
import { query, takeProduct } from '../support/stage'
import { signInAsOwner } from '../support/staff'

test('pieces that come are in the shop at once, with why and by whom in the ledger', async ({ page, browser }) => {
  const expectQuietConsole = watchConsole(page)
  const { path, variantId } = await takeProduct(1)
  const [variant] = await query<{ sku: string }>('select sku from variants where id = $1', [variantId])
  const outside = await (await browser.newContext()).newPage()
  await signInAsOwner(page, '/admin/stock')
  await look(page, 'admin-stock')
  await page.getByRole('searchbox').fill(variant?.sku ?? '')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: variant?.sku ?? '', exact: true }).click()
  const move = page.getByRole('region', { name: 'Pieces came or went' })
  await move.getByLabel('Pieces').fill('many')
  await move.getByLabel('What happened').selectOption('Something else, fewer pieces')
  await move.getByRole('button', { name: 'Change the shelf' }).click()
  await expect(move.getByText('A whole number of pieces, from 0 to 1,000,000.')).toBeVisible()
  await move.getByLabel('Pieces').fill('1')
  await move.getByRole('button', { name: 'Change the shelf' }).click()
  await expect(move.getByText('Say what happened, for whoever comes after you.')).toBeVisible()
  await move.getByLabel('Note').fill('Given to the museum')
  await move.getByRole('button', { name: 'Change the shelf' }).click()
  await expect(page.getByText('The shelf is changed, and the shop knows.')).toBeVisible()
  await outside.goto(path)
  await expect(outside.getByText('Sold out').first()).toBeVisible()
  await move.getByLabel('What happened').selectOption('Received from the printer or a supplier')
  await move.getByLabel('Pieces').fill('40')
  // The page says already that the shelf is changed: that it was changed again shows in the page that is loaded then.
  const loaded = page.waitForEvent('load')
  await move.getByRole('button', { name: 'Change the shelf' }).click()
  await loaded
  await outside.reload()
  await expect(outside.getByRole('button', { name: 'Add to cart' })).toBeVisible()
  const ledger = page.getByRole('region', { name: 'What moved' })
  // The newest first, below the heads.
  await expect(ledger.getByRole('row').nth(1)).toContainText('+40')
  await expect(ledger.getByRole('row').nth(2)).toContainText('Given to the museum')
  await look(page, 'admin-stock-variant')
  await outside.context().close()
  expectQuietConsole()
})

test('a count of another moment is refused, and one of now is entered', async ({ page }) => {
  const { variantId } = await takeProduct(30)
  await signInAsOwner(page, `/admin/stock/${variantId}`)
  const count = page.getByRole('region', { name: 'Counted', exact: true })
  await query('update stock set on_hand = on_hand - 1 where variant_id = $1', [variantId])
  await count.getByLabel('Pieces on the shelf').fill('30')
  await count.getByRole('button', { name: 'Enter the count' }).click()
  await expect(
    page.getByText(/^The shelf moved since you opened this page: the books say 29 pieces now\./),
  ).toBeVisible()
  await expect(count.getByLabel('Pieces on the shelf')).toHaveValue('30')
  await page.reload()
  await count.getByLabel('Pieces on the shelf').fill('30')
  await count.getByRole('button', { name: 'Enter the count' }).click()
  await expect(page.getByText('The count is in the books, and the shop knows.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'What moved' }).getByText('Counted').first()).toBeVisible()
})

test('what runs low is on a list of its own, and each variant may have its own mark', async ({ page }) => {
  const { variantId, productId } = await takeProduct(7)
  const [variant] = await query<{ sku: string }>(
    'update variants set low_stock_at = null where id = $1 returning sku',
    [variantId],
  )
  await signInAsOwner(page, '/admin/stock?show=low')
  await look(page, 'admin-stock-low')
  await page.goto(`/admin/stock?show=low&q=${variant?.sku}`)
  await expect(page.getByText('No variant is like that.')).toBeVisible()
  await page.goto(`/admin/products/${productId}`)
  await page
    .getByLabel(/^Low from, /)
    .first()
    .fill('8')
  await page.getByRole('button', { name: 'Save the variants' }).click()
  await expect(page.getByText('The variants are saved.')).toBeVisible()
  await page.goto(`/admin/stock?show=low&q=${variant?.sku}`)
  await expect(page.getByRole('link', { name: variant?.sku ?? '', exact: true })).toBeVisible()
})
