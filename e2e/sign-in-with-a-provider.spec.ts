import { expect, test, type Page } from '@playwright/test'

import { newEmail } from './support/buying'
import { look, watchConsole } from './support/look'
import { takeMail } from './support/mailbox'
import { expectSignedInAs, expectSignedOut, fromNewNetwork, signIn, signOut } from './support/members'

test.use(fromNewNetwork())

/** At the provider: says who one is, and goes back. */
async function identifyAs(page: Page, email: string, { name = '', confirmed = true } = {}): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in with Demo ID' })).toBeVisible()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('checkbox', { name: /The address is confirmed/ }).setChecked(confirmed)
  await page.getByRole('button', { name: 'Go on to the shop' }).click()
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/_identity'))
}

async function signInWithProvider(page: Page, email: string, more = {}): Promise<void> {
  await page.goto('/sign-in?to=/account/profile')
  await page.getByRole('button', { name: 'Sign in with Demo ID' }).click()
  await identifyAs(page, email, more)
}

test('somebody opens an account with an account elsewhere, comes back with it, and is where they were', async ({
  page,
}) => {
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with Demo ID' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in with Demo ID' })).toBeVisible()
  await look(page, 'provider')
  await identifyAs(page, email, { name: 'Grace Sheet' })
  await expect(page.getByRole('heading', { level: 1, name: 'Good to see you, Grace Sheet' })).toBeVisible()
  await signOut(page)
  await signInWithProvider(page, email)
  await page.waitForURL(({ pathname }) => pathname === '/account/profile')
  await expectSignedInAs(page, email)
  expectQuietConsole()
})

test('a member connects an account elsewhere, and disconnects it', async ({ page }) => {
  const email = newEmail()
  const there = newEmail()
  await signIn(page, email, '/account/security')
  await page.getByRole('button', { name: 'Connect Demo ID' }).click()
  await identifyAs(page, there)
  await expect(page.getByText('The account is connected.')).toBeVisible()
  await takeMail(email, /^A way to sign in .* was added/)
  await look(page, 'account-provider')
  await signOut(page)
  await signInWithProvider(page, there)
  await expectSignedInAs(page, email)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Disconnect Demo ID' }).click()
  await expect(page.getByText('The account is disconnected.')).toBeVisible()
  await signOut(page)
  await signInWithProvider(page, there)
  await expectSignedInAs(page, there)
})

test('signing in with a stranger’s account while a member is signed in connects nothing', async ({ page }) => {
  const email = newEmail()
  await signIn(page, email)
  await signInWithProvider(page, newEmail())
  await expect(page.getByText('That account is not connected to yours')).toBeVisible()
  await page.goto('/account/security')
  await expect(page.getByRole('button', { name: 'Connect Demo ID' })).toBeVisible()
  await expectSignedInAs(page, email)
})

test('an address that the provider has not confirmed opens nothing', async ({ page }) => {
  await signInWithProvider(page, newEmail(), { confirmed: false })
  await expect(page.getByText('has not confirmed an e-mail address for you')).toBeVisible()
  await look(page, 'sign-in-problem')
  await expectSignedOut(page)
})

test('the address of somebody’s account opens it for nobody who only claims it at a provider, confirmed or not', async ({
  page,
  browser,
}) => {
  const email = newEmail()
  await signIn(page, email)
  for (const confirmed of [false, true]) {
    const context = await browser.newContext()
    const thief = await context.newPage()
    await signInWithProvider(thief, email, { confirmed })
    await expect(thief.getByText('That did not sign you in')).toBeVisible()
    await expectSignedOut(thief)
    await context.close()
  }
  await page.goto('/account/security')
  await expect(page.getByRole('button', { name: 'Connect Demo ID' })).toBeVisible()
})

test('whoever says no at the provider is back at the sign-in page', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with Demo ID' }).click()
  await page.getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByText('That did not sign you in')).toBeVisible()
  await expectSignedOut(page)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('somebody signs in with an account elsewhere', async ({ page }) => {
    const email = newEmail()
    await signInWithProvider(page, email)
    await expectSignedInAs(page, email)
  })
})
