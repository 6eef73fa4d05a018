import { readFile } from 'node:fs/promises'

import { expect, test } from '@playwright/test'

import { buySomething, newEmail } from '../support/buying'
import { look, watchConsole } from '../support/look'
import { fromNewNetwork, signIn } from '../support/members'
import { query } from '../support/stage'
import { ageSecondFactor, giveCode, owner, signInAsOwner } from '../support/staff'

test.use(fromNewNetwork())

/** As if the parcel had arrived; the steps to there are shown elsewhere. */
async function deliver(orderNumber: string): Promise<void> {
  await query(`set session_replication_role = replica;
    update orders set state = 'delivered', delivered_at = now() where order_number = '${orderNumber}'`)
}

test('a member is found, noted, shut out at once, and let in again', async ({ page, browser }) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  const member = await (await browser.newContext()).newPage()
  // Bought before there is an account: the order finds its owner.
  const orderNumber = await buySomething(member, email)
  await signIn(member, email)
  await signInAsOwner(page)
  await page
    .getByRole('navigation', { name: 'Admin' })
    .getByRole('link', { name: /^Customers/ })
    .click()
  await look(page, 'admin-customers')
  await page.getByRole('searchbox').fill(email.slice(0, 12).toUpperCase())
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: email }).click()
  await expect(page.getByRole('heading', { level: 1, name: email })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Orders', exact: true }).getByText(orderNumber)).toBeVisible()
  await page.getByRole('button', { name: 'Keep the note' }).click()
  await expect(page.getByText('Write something first.')).toBeVisible()
  await page.getByLabel(/^Staff read it/).fill('Rings the bell twice')
  await page.getByRole('button', { name: 'Keep the note' }).click()
  await expect(page.getByText('Rings the bell twice')).toBeVisible()
  await look(page, 'admin-customer')

  await page.getByRole('button', { name: 'Close the account' }).click()
  await expect(page.getByText('The account is closed and every session has ended.')).toBeVisible()
  await member.goto('/account')
  await expect(member).toHaveURL(/\/sign-in\?to=/)
  await page.getByRole('button', { name: 'Open it again' }).click()
  await expect(page.getByText('The account is open again.')).toBeVisible()
  await signIn(member, email)
  await page.goto(`/admin/orders/${orderNumber}`)
  await page.getByRole('link', { name: 'Member', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: email })).toBeVisible()
  await member.context().close()
  expectQuietConsole()
})

test('a guest who asks gets everything as a file, and is forgotten once the parcel has arrived', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page, /^Failed to load resource: .* 404/)
  const email = newEmail()
  const buyer = await browser.newContext()
  const orderNumber = await buySomething(await buyer.newPage(), email)
  await buyer.close()
  await signInAsOwner(page, '/admin/customers')
  await page.getByRole('navigation', { name: 'Customers' }).getByRole('link', { name: 'Guests' }).click()
  await look(page, 'admin-guests')
  await page.getByRole('searchbox').fill(email)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: email }).click()
  await look(page, 'admin-guest')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download everything' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  expect(file).toContain(orderNumber)
  expect(file).toContain(email)

  await ageSecondFactor(owner().email, 11)
  await page.getByRole('link', { name: 'Forget them' }).click()
  await giveCode(page, owner().totpSecret, owner().email)
  await expect(page.getByText('An order of the last thirty days has not arrived yet')).toBeVisible()
  await page.getByLabel(/^Type /).fill('somebody')
  await page.getByRole('button', { name: 'Forget this customer' }).click()
  await expect(page.getByText('Type the e-mail address as it stands above.')).toBeVisible()
  await look(page, 'admin-forget')
  await page.getByLabel(/^Type /).fill(email)
  // The page has said so before: only the answer tells that it was refused again.
  const refused = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: 'Forget this customer' }).click()
  await refused
  await expect(page.getByText('An order of the last thirty days has not arrived yet').last()).toBeVisible()
  await deliver(orderNumber)
  await page.getByRole('button', { name: 'Forget this customer' }).click()
  await expect(page.getByText('Forgotten. The orders stay in the books, without a name.')).toBeVisible()
  expect((await page.goto(`/admin/customers/guest?email=${email}`))?.status()).toBe(404)
  await page.goto(`/admin/orders/${orderNumber}`)
  await expect(page.getByText(email)).toHaveCount(0)
  expectQuietConsole()
})
