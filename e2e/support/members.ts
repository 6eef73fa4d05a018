import { randomInt } from 'node:crypto'

import { expect, type Page } from '@playwright/test'

import { linkIn, takeMail } from './mailbox'

/** For `test.use`: tries are counted by network, and the tests of one file are not to wait for those of another. */
export function fromNewNetwork(): { extraHTTPHeaders: Record<string, string> } {
  const part = () => randomInt(1, 255)
  return { extraHTTPHeaders: { 'x-forwarded-for': `10.${part()}.${part()}.${part()}` } }
}

/** Long enough for the judge, and nobody's. */
export const PASSWORD = 'seven quiet plotters draw'

/** On the sign-in page: has a link mailed, and returns it. */
export async function askForLink(page: Page, email: string): Promise<string> {
  const byLink = page.getByRole('region', { name: 'With a link by e-mail' })
  await byLink.getByLabel('E-mail').fill(email)
  await byLink.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
  return linkIn(await takeMail(email, /^Sign in to/), 'Sign in')
}

/** Opens a mailed sign-in link and presses its button. */
export async function followLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** Signs in by mail, which opens an account where there is none, and ends on `to`. */
export async function signIn(page: Page, email: string, to = '/account'): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`)
  await followLink(page, await askForLink(page, email))
}

/** Opens an account with a name and a password. */
export async function openAccount(page: Page, email: string, name = 'A Member'): Promise<void> {
  await page.goto('/register')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Open an account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
  await page.goto(linkIn(await takeMail(email, /^Confirm your address/), 'Confirm the address'))
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password', { exact: false }).first().fill(PASSWORD)
  await page.getByRole('button', { name: 'Confirm and sign in' }).click()
  await page.waitForURL(/\/account$/)
}

export async function signInByPassword(page: Page, email: string, password: string): Promise<void> {
  const byPassword = page.getByRole('region', { name: 'With your password' })
  await byPassword.getByLabel('E-mail').fill(email)
  await byPassword.getByRole('textbox', { name: 'Password' }).fill(password)
  await byPassword.getByRole('button', { name: 'Sign in' }).click()
}

/** The same with the right password: ends where it leads to. */
export async function enterByPassword(page: Page, email: string, password: string): Promise<void> {
  await signInByPassword(page, email, password)
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
}

/** The account's own navigation, which is on each of its pages. */
export async function signOut(page: Page): Promise<void> {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
}

export async function expectSignedInAs(page: Page, email: string): Promise<void> {
  await page.goto('/account')
  await expect(page.getByText(`Signed in as ${email}.`)).toBeVisible()
}

/** The account is not there for this browser: it is led to the sign-in page. */
export async function expectSignedOut(page: Page): Promise<void> {
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in\?to=/)
}
