import { expect, test } from '@playwright/test'

import { newEmail, putInCart } from './support/buying'
import { look, watchConsole } from './support/look'
import { takeMail } from './support/mailbox'
import {
  askForLink,
  expectSignedInAs,
  expectSignedOut,
  followLink,
  fromNewNetwork,
  signIn,
  signOut,
} from './support/members'
import { query, takeProduct } from './support/stage'

test.use(fromNewNetwork())

test('somebody signs in from a product by a mailed link and is back at the product, with the same cart', async ({
  page,
  isMobile,
}) => {
  // On the phone both links are in the menu.
  const openMenu = async () => (isMobile ? page.getByText('Menu', { exact: true }).click() : undefined)
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  const { path, name } = await takeProduct()
  await putInCart(page, path)
  await page.goto(`${path}?from=a-friend`)
  await openMenu()
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await look(page, 'sign-in')
  const link = await askForLink(page, email)
  await page.goto(link)
  await expect(page.getByText(`As ${email}.`)).toBeVisible()
  await look(page, 'sign-in-link')
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`${path}?from=a-friend`)
  await openMenu()
  await expect(page.getByRole('link', { name: 'Account' }).first()).toBeVisible()
  await page.goto('/cart')
  await expect(page.getByRole('link', { name }).first()).toBeVisible()
  await expectSignedInAs(page, email)
  expectQuietConsole()
})

test('a program that opens the links in mails uses none up, and a used link signs nobody in', async ({
  page,
  request,
  browser,
}) => {
  const email = newEmail()
  await page.goto('/sign-in')
  const link = await askForLink(page, email)
  for (let time = 0; time < 3; time++) expect((await request.get(link)).status()).toBe(200)
  await followLink(page, link)
  await expectSignedInAs(page, email)

  const elsewhere = await browser.newContext()
  const thief = await elsewhere.newPage()
  await thief.goto(link)
  await expect(thief.getByText('This link is not good any more')).toBeVisible()
  await expectSignedOut(thief)
  await elsewhere.close()
})

test('a link that is older than 15 minutes signs nobody in', async ({ page }) => {
  const email = newEmail()
  await page.goto('/sign-in')
  const link = await askForLink(page, email)
  await query(`update member_tokens set expires_at = now() - interval '1 second' where email = $1`, [email])
  await page.goto(link)
  await expect(page.getByText('more than 15 minutes have passed')).toBeVisible()
  await expectSignedOut(page)
})

test('signing out leaves nothing of a member on a shared computer', async ({ page, context }) => {
  const email = newEmail()
  await putInCart(page, (await takeProduct()).path)
  await signIn(page, email)
  await page.goto('/account/profile')
  await expect(page.getByText(`Now it is ${email}.`)).toBeVisible()
  await signOut(page)
  const left = (await context.cookies()).filter(({ value }) => value !== '')
  expect(left.map(({ name }) => name)).toEqual([])
  for (const place of ['/account', '/account/profile']) {
    await page.goBack()
    await expect(page, `${place} leads to the sign-in page`).toHaveURL(`/sign-in?to=${encodeURIComponent(place)}`)
    await expect(page.getByText(email)).toHaveCount(0)
  }
  await expectSignedOut(page)
  await page.goto('/cart')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
})

test('a device not used before is reported by mail, unless its member does not want that', async ({
  page,
  browser,
}) => {
  const email = newEmail()
  await signIn(page, email)
  const signInOn = async (userAgent: string) => {
    const context = await browser.newContext({ userAgent })
    await signIn(await context.newPage(), email)
    await context.close()
  }
  await signInOn('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
  const message = await takeMail(email, /^New sign-in to/)
  expect(message.text).toContain('Firefox on Linux')
  await page.setContent(message.html)
  await look(page, 'mail-new-device', 'mail')

  await page.goto('/account/profile')
  await page.getByLabel('A device I have not used before signs in').uncheck()
  await page.getByRole('button', { name: 'Save the choices' }).click()
  await expect(page.getByText('Your choices are saved.')).toBeVisible()
  await signInOn('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15')
  const mails = await query(`select 1 from mail_outbox where recipient = $1 and kind = 'new_device'`, [email])
  expect(mails).toHaveLength(1)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('somebody signs in by a mailed link, from the cart and back to it, and signs out', async ({ page }) => {
    const email = newEmail()
    await page.goto('/sign-in?to=/cart')
    await followLink(page, await askForLink(page, email))
    await expect(page).toHaveURL(/\/cart$/)
    await expectSignedInAs(page, email)
    await signOut(page)
    await expectSignedOut(page)
  })
})
