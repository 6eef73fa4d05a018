import { expect, test, type Page } from '@playwright/test'

import { newEmail } from './support/buying'
import { look } from './support/look'
import { fromNewNetwork, signIn, signOut } from './support/members'
import { takeProduct, type TestProduct } from './support/stage'

test.use(fromNewNetwork())

async function wishFor(page: Page, { path }: TestProduct): Promise<void> {
  await page.goto(path)
  await page.getByRole('button', { name: 'Add to the wish list' }).click()
  await expect(page.getByText('On your wish list')).toBeVisible()
}

test('a guest’s wishes are kept, join the member’s at sign-in, and follow to another device', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  const [guests, members] = [await takeProduct(), await takeProduct()]
  await page.goto('/wish-list')
  await look(page, 'wish-list-empty')
  await wishFor(page, guests)
  await look(page, 'product-wished')
  await page.reload()
  await expect(page.getByRole('button', { name: 'On your wish list' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: 'See it' })).toBeVisible()

  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await signIn(other, email)
  await wishFor(other, members)

  await page.goto('/wish-list')
  await expect(page.getByText('Kept in this browser.')).toBeVisible()
  await expect(page.getByRole('heading', { name: guests.name })).toBeVisible()
  await look(page, 'wish-list-guest')
  await signIn(page, email, '/wish-list')
  for (const seen of [page, other]) {
    await seen.goto('/wish-list')
    await expect(seen.getByRole('heading', { name: guests.name })).toBeVisible()
    await expect(seen.getByRole('heading', { name: members.name })).toBeVisible()
  }
  await expect(page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Wish list' })).toBeVisible()
  await look(page, 'wish-list')
  // The other device heard of it on the list's own page.
  await other.goto(guests.path)
  await expect(other.getByRole('button', { name: 'On your wish list' })).toBeVisible()
  await page.getByRole('button', { name: `Remove ${guests.name}` }).click()
  await expect(page.getByRole('heading', { name: guests.name })).toHaveCount(0)
  await page.goto(guests.path)
  await expect(page.getByRole('button', { name: 'Add to the wish list' })).toBeVisible()
  await page.goto(members.path)
  await expect(page.getByRole('button', { name: 'On your wish list' })).toBeVisible()
  await signOut(page)
  await page.goto(members.path)
  await expect(page.getByRole('button', { name: 'Add to the wish list' })).toBeVisible()
  await page.goto('/wish-list')
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
  await elsewhere.close()
})
