import { expect, test } from '@playwright/test'

import { newEmail } from './support/buying'
import { look, watchConsole } from './support/look'
import { linkIn, takeMail } from './support/mailbox'
import { expectSignedInAs, fromNewNetwork, signIn } from './support/members'

test.use(fromNewNetwork())

test('a member changes the e-mail address: the new one confirms, both are told, and only the new one signs in', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const former = newEmail()
  const email = newEmail()
  await signIn(page, former, '/account/profile')
  await look(page, 'account-profile')
  await page.getByLabel('What we call you').fill('Ada Plotter')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText('Your name is saved.')).toBeVisible()
  await page.getByLabel('New e-mail').fill(former)
  await page.getByRole('button', { name: 'Change the address' }).click()
  await expect(page.getByText('This is your address already.')).toBeVisible()
  await page.getByLabel('New e-mail').fill(email)
  await page.getByRole('button', { name: 'Change the address' }).click()
  await expect(page.getByText('We have sent a link to the new address.')).toBeVisible()
  await look(page, 'account-email-asked')
  await expectSignedInAs(page, former)

  const link = linkIn(await takeMail(email, /^An account asks for your address/), 'Look at the request')
  const bystander = await browser.newPage()
  await bystander.goto(link)
  await expect(bystander.getByText('Sign in to the account that asked')).toBeVisible()
  await expect(bystander.getByRole('button', { name: 'Confirm the address' })).toHaveCount(0)
  await bystander.close()
  await page.goto(link)
  await look(page, 'confirm-address')
  await page.getByRole('button', { name: 'Confirm the address' }).click()
  await expect(page.getByText('Your address is changed')).toBeVisible()
  await look(page, 'confirm-address-done')
  for (const address of [former, email]) await takeMail(address, /^Your address at .* was changed/)
  await expectSignedInAs(page, email)
  expectQuietConsole()
})
