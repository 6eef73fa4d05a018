import { expect, test } from '@playwright/test'

import { newEmail } from './support/buying'
import { look, watchConsole } from './support/look'
import { linkIn, takeMail } from './support/mailbox'
import {
  enterByPassword,
  expectSignedInAs,
  expectSignedOut,
  fromNewNetwork,
  openAccount,
  PASSWORD,
  signInByPassword,
  signOut,
} from './support/members'

test.use(fromNewNetwork())

const ANOTHER = 'nine louder printers hum'

test('a member signs in with the password, changes it, and the old one and the other devices are out', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  await openAccount(page, email)
  await signOut(page)
  await signInByPassword(page, email, 'not the password')
  await expect(page.getByText('Address and password do not fit together.')).toBeVisible()
  await look(page, 'sign-in-mistake')
  await enterByPassword(page, email, PASSWORD)
  await expect(page).toHaveURL(/\/account$/)

  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await other.goto('/sign-in')
  await enterByPassword(other, email, PASSWORD)
  await expectSignedInAs(other, email)

  await page.goto('/account/security')
  await page.getByRole('textbox', { name: 'New password' }).fill(email)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('it is little more than your name, your address or the shop’s')).toBeVisible()
  await page.getByRole('textbox', { name: 'New password' }).fill(ANOTHER)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is set. Every other device is signed out.')).toBeVisible()
  await look(page, 'account-security')
  await expectSignedOut(other)
  await elsewhere.close()
  expectQuietConsole()

  const message = await takeMail(email, /^Your password at .* was changed/)
  await page.setContent(message.html)
  await look(page, 'mail-password-changed', 'mail')

  await signOut(page)
  await signInByPassword(page, email, PASSWORD)
  await expect(page.getByText('Address and password do not fit together.')).toBeVisible()
  await enterByPassword(page, email, ANOTHER)
  await expectSignedInAs(page, email)
})

test('whoever has forgotten the password sets a new one by a mailed link, and goes on where they were', async ({
  page,
}) => {
  const email = newEmail()
  await openAccount(page, email)
  await signOut(page)
  await page.goto('/sign-in?to=/wish-list')
  await page.getByRole('link', { name: 'Forgot the password?' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Forgot the password' })).toBeVisible()
  await look(page, 'forgot-password')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
  const link = linkIn(await takeMail(email, /^Set a new password/), 'Choose a password')
  await page.goto(link)
  await look(page, 'reset-password')
  await page.getByRole('textbox', { name: 'New password' }).fill(ANOTHER)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page).toHaveURL(/\/wish-list$/)
  await takeMail(email, /^Your password at .* was changed/)

  await signOut(page)
  await page.goto(link)
  await expect(page.getByText('This link is not good any more')).toBeVisible()
  await page.goto('/sign-in')
  await enterByPassword(page, email, ANOTHER)
  await expectSignedInAs(page, email)
})

test('a password can be removed, because the mailed link is left', async ({ page }) => {
  const email = newEmail()
  await openAccount(page, email)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Remove the password' }).click()
  await expect(page.getByText('Your password is removed.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Set a password' })).toBeVisible()
  await signOut(page)
  await signInByPassword(page, email, PASSWORD)
  await expect(page.getByText('Address and password do not fit together.')).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a member signs in with the password, is told of a mistake, and changes it', async ({ page }) => {
    const email = newEmail()
    await openAccount(page, email)
    await signOut(page)
    await signInByPassword(page, email, 'not the password')
    await expect(page.getByText('Address and password do not fit together.')).toBeVisible()
    await enterByPassword(page, email, PASSWORD)
    await page.goto('/account/security')
    await page.getByRole('textbox', { name: 'New password' }).fill(ANOTHER)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await expect(page.getByText('Your password is set.')).toBeVisible()
  })
})
