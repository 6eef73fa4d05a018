import { expect, test } from '@playwright/test'

import { plugInAuthenticator } from './support/authenticator'
import { newEmail } from './support/buying'
import { look, watchConsole } from './support/look'
import { takeMail } from './support/mailbox'
import { expectSignedInAs, expectSignedOut, fromNewNetwork, signIn, signOut } from './support/members'

test.use(fromNewNetwork())

test('a member adds a passkey, signs in with nothing else, is back where they were, and removes it', async ({
  page,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  const authenticator = await plugInAuthenticator(page)
  await signIn(page, email, '/account/security')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('The passkey is added.')).toBeVisible()
  expect(await authenticator.passkeys()).toBe(1)
  await takeMail(email, /^A way to sign in .* was added/)
  await look(page, 'account-passkey')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('This device has a passkey for your account already.')).toBeVisible()
  await look(page, 'account-passkey-known')

  await signOut(page)
  await page.goto('/sign-in?to=/wish-list')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/wish-list')
  await expectSignedInAs(page, email)

  await page.goto('/account/security')
  await page.getByRole('button', { name: /^Remove the passkey/ }).click()
  await expect(page.getByText('The passkey is removed.')).toBeVisible()
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText('This passkey is not known here.')).toBeVisible()
  await expectSignedOut(page)
  expectQuietConsole()
})

test('whoever has no passkey here is told so, and can go another way', async ({ page }) => {
  await plugInAuthenticator(page)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText('No passkey was used. Try again, or go another way.')).toBeVisible()
  await look(page, 'sign-in-no-passkey')
})
