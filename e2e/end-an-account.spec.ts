import { expect, test } from '@playwright/test'

import { newEmail } from './support/buying'
import { takeMail } from './support/mailbox'
import { expectSignedInAs, fromNewNetwork, signIn } from './support/members'
import { query } from './support/stage'

test.use(fromNewNetwork())

test('an account whose fourteen days are over ends, and its address may begin anew', async ({ page }) => {
  test.slow()
  const email = newEmail()
  await signIn(page, email, '/account/data')
  await page.getByLabel(`Type ${email} to confirm`).fill(email)
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await expect(page.getByText('Your account will be deleted.')).toBeVisible()
  await query(`update members set deletion_requested_at = now() - interval '15 days' where email = $1`, [email])
  // The worker looks for accounts that are due once a minute.
  await takeMail(email, /^Your account at .* is deleted/, 150_000)
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in/)
  await signIn(page, email)
  await expectSignedInAs(page, email)
})
