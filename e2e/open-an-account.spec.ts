import { expect, test } from '@playwright/test'

import { newEmail } from './support/buying'
import { look, watchConsole } from './support/look'
import { linkIn, readMail, takeMail } from './support/mailbox'
import { expectSignedInAs, expectSignedOut, followLink, fromNewNetwork, PASSWORD } from './support/members'

test.use(fromNewNetwork())

test('somebody registers, proves the address, chooses a password whose strength they see, and is signed in', async ({
  page,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  await page.goto('/register')
  await look(page, 'register')
  await page.getByLabel('Name').fill('Ada Plotter')
  await page.getByLabel('E-mail').fill('nobody')
  await page.getByRole('button', { name: 'Open an account' }).click()
  await expect(page.getByText('Enter an e-mail address like name@example.com.')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Ada Plotter')
  await look(page, 'register-mistake')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Open an account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
  await look(page, 'mail-sent')
  await expectSignedOut(page)

  const link = linkIn(await takeMail(email, /^Confirm your address/), 'Confirm the address')
  await page.goto(link)
  await expect(page.getByLabel('Name')).toHaveValue('Ada Plotter')
  const password = page.getByRole('textbox', { name: /^Password/ })
  await password.fill('password1')
  await expect(page.getByRole('status').filter({ hasText: 'Far too easy to guess' })).toBeVisible()
  await page.getByRole('button', { name: 'Confirm and sign in' }).click()
  await expect(page.getByText('This password is on the lists that attackers try first.')).toBeVisible()
  await look(page, 'register-confirm-mistake')
  await password.fill('Plotterhouse2026!')
  await expect(page.getByRole('status').filter({ hasText: 'Far too easy to guess' })).toBeVisible()
  await page.getByRole('button', { name: 'Confirm and sign in' }).click()
  await expect(page.getByText('it is little more than your name, your address or the shop’s')).toBeVisible()
  // A password manager pastes what it was told to make; a part of it would be a password nobody knows.
  const overlong = 'seven quiet plotters draw '.repeat(6)
  await password.focus()
  await page.evaluate(
    (text) => document.execCommand('selectAll') && document.execCommand('insertText', false, text),
    overlong,
  )
  await expect(password).toHaveValue(overlong)
  await expect(page.getByRole('status').filter({ hasText: 'Too long: at most 128 characters' })).toBeVisible()
  await page.getByRole('button', { name: 'Confirm and sign in' }).click()
  await expect(page.getByText('Use at most 128 characters.')).toBeVisible()
  await password.fill(PASSWORD)
  await expect(page.getByRole('status').filter({ hasText: 'Very strong' })).toBeVisible()
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password).toHaveAttribute('type', 'text')
  await look(page, 'register-confirm')
  await page.getByRole('button', { name: 'Confirm and sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Good to see you, Ada Plotter' })).toBeVisible()
  await look(page, 'account')
  expectQuietConsole()

  await page.goto(link)
  await expect(page.getByText('This link is not good any more')).toBeVisible()
  await look(page, 'link-over')
})

test('a mail about the account can be read in light and in dark', async ({ page }) => {
  const email = newEmail()
  await page.goto('/register')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Open an account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
  await page.setContent((await takeMail(email, /^Confirm your address/)).html)
  await look(page, 'mail-verify-address', 'mail')
})

test('whoever has an account already is told so in the mail and nowhere else', async ({ page, browser }) => {
  const email = newEmail()
  const said: string[] = []
  for (const subject of [/^Confirm your address/, /^Sign in to/]) {
    const context = await browser.newContext()
    const visitor = await context.newPage()
    await visitor.goto('/register')
    await visitor.getByLabel('E-mail').fill(email)
    await visitor.getByRole('button', { name: 'Open an account' }).click()
    await expect(visitor.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
    said.push(await visitor.getByRole('main').innerText())
    const message = await takeMail(email, subject)
    if (said.length === 1) {
      await visitor.goto(linkIn(message, 'Confirm the address'))
      await visitor.getByRole('button', { name: 'Confirm and sign in' }).click()
      await visitor.waitForURL(/\/account$/)
    } else {
      await followLink(page, linkIn(message, 'Sign in'))
      await expectSignedInAs(page, email)
    }
    await context.close()
  }
  expect(said[1]).toBe(said[0])
  // The second browser is a new device, of which its owner hears as well.
  const asked = (await readMail(email)).filter(({ subject }) => !subject.startsWith('New sign-in'))
  expect(asked).toHaveLength(2)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('somebody registers, is told what was wrong, and is signed in', async ({ page }) => {
    const email = newEmail()
    await page.goto('/register')
    await page.getByLabel('E-mail').fill('two@example.com,three@example.com')
    await page.getByRole('button', { name: 'Open an account' }).click()
    await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true')
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Open an account' }).click()
    await page.goto(linkIn(await takeMail(email, /^Confirm your address/), 'Confirm the address'))
    await page.getByRole('textbox', { name: /^Password/ }).fill('12345678')
    await page.getByRole('button', { name: 'Confirm and sign in' }).click()
    await expect(page.getByText('This password is on the lists')).toBeVisible()
    await page.getByRole('textbox', { name: /^Password/ }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Confirm and sign in' }).click()
    await page.waitForURL(/\/account$/)
    await expectSignedInAs(page, email)
  })
})
