import { expect, test } from '@playwright/test'

import { newEmail } from './support/buying'
import { look } from './support/look'
import { fromNewNetwork, signIn } from './support/members'
import { query } from './support/stage'

test.use(fromNewNetwork())

test('a name and an address without a blank break, and no page of the account is wider than the window', async ({
  page,
}) => {
  const email = `${'a-very-long-name-'.repeat(2)}${newEmail()}`
  await signIn(page, email)
  await query('update members set name = $1 where email = $2', ['Wolfeschlegelsteinhausenbergerdorff'.repeat(2), email])
  for (const path of ['', '/orders', '/addresses', '/profile', '/security', '/data']) {
    await page.goto(`/account${path}`)
    await expect(page.getByRole('navigation', { name: 'Account' })).toBeVisible()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide, `/account${path}`).toBeLessThanOrEqual(0)
  }
  await page.goto('/account')
  await look(page, 'account-long-name')
})
