import { expect, test, type Page } from '@playwright/test'

import type { Role } from '@/lib/domain/staff'

import { plugInAuthenticator } from '../support/authenticator'
import { newEmail } from '../support/buying'
import { look, watchConsole } from '../support/look'
import { fromNewNetwork, signIn } from '../support/members'
import { query, takeProduct } from '../support/stage'
import { ageSecondFactor, codeOf, owner, signInAs, signInAsOwner } from '../support/staff'

test.use(fromNewNetwork())

/** Signed in by a mailed link, with a role and no second factor. Answers their address. */
async function signInAsNewcomer(page: Page, role: Role): Promise<string> {
  const email = newEmail()
  await signIn(page, email)
  await query('insert into staff (member_id, role) select id, $2 from members where email = $1', [email, role])
  return email
}

const confirmHeading = (page: Page) => page.getByRole('heading', { level: 1, name: 'Confirm that it is you' })

test('a manager comes in with a passkey alone, confirms with it, then sets up an authenticator and uses a recovery code', async ({
  page,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  await plugInAuthenticator(page)
  const email = await signInAsNewcomer(page, 'manager')
  await page.goto('/admin/settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Set up a second factor' })).toBeVisible()
  await look(page, 'admin-set-up-second-factor')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/admin/settings')

  await ageSecondFactor(email, 11)
  await page.goto('/admin/settings/taxes')
  await expect(confirmHeading(page)).toBeVisible()
  await expect(page.getByLabel('Code from your authenticator')).toHaveCount(0)
  await look(page, 'admin-confirm-by-passkey')
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/admin/settings/taxes')

  await page.request.post('/sign-out', { headers: { origin: new URL(page.url()).origin } })
  await page.goto(`/sign-in?to=${encodeURIComponent('/admin/settings')}`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/admin/settings')

  await page.getByRole('link', { name: 'My second factor' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'My second factor' })).toBeVisible()
  await look(page, 'admin-my-second-factor')
  await page.getByRole('link', { name: 'Set up an authenticator' }).click()
  const secret = (await page.locator('main code').first().innerText()).replaceAll(/\s/g, '')
  await page.getByLabel('Code from your authenticator').fill(await codeOf(secret, email))
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('Your second factor is set up')).toBeVisible()
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await expect(page.getByText('10 of 10 are left.')).toBeVisible()
  await page.getByRole('button', { name: 'Make new recovery codes' }).click()
  await expect(page.getByText('Your recovery codes are new')).toBeVisible()
  const recoveryCode = await page
    .getByRole('listitem')
    .getByText(/^\w{4}-\w{4}$/)
    .first()
    .innerText()

  await ageSecondFactor(email, 11)
  await page.goto('/admin/settings')
  await page.getByLabel('Code from your authenticator').fill(recoveryCode)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/admin/settings')
  await page.goto('/admin/me')
  await expect(page.getByText('9 of 10 are left.')).toBeVisible()
  expectQuietConsole()
})

test('whoever has only the first factor of a member of staff adds no passkey', async ({ page }) => {
  await plugInAuthenticator(page)
  const email = await signInAs(page, 'owner')
  await query(
    'update member_sessions s set second_factor_at = null from members m where m.id = s.member_id and m.email = $1',
    [email],
  )
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(confirmHeading(page)).toBeVisible()
})

test('what was typed is still there after the second factor, given in another tab', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  const { productId } = await takeProduct()
  const { email, totpSecret } = owner()
  await signInAsOwner(page, `/admin/products/${productId}`)
  await ageSecondFactor(email, 13 * 60)
  const description = page.getByRole('region', { name: 'Description' }).getByLabel('Text')
  const text = `Drawn by hand. ${'A long story. '.repeat(40)}`.trim()
  await description.fill(text)
  await page.getByRole('button', { name: 'Save the description' }).click()
  const link = page.getByRole('link', { name: 'Confirm that it is you' })
  await expect(link).toBeVisible()
  await expect(description).toHaveValue(text)
  await look(page, 'admin-second-factor-wanted')
  const opened = page.context().waitForEvent('page')
  await link.click()
  const beside = await opened
  await beside.getByLabel('Code from your authenticator').fill(await codeOf(totpSecret, email))
  await beside.getByRole('button', { name: 'Go on' }).click()
  await expect(beside.getByRole('heading', { level: 1, name: 'You have confirmed that it is you' })).toBeVisible()
  await look(beside, 'admin-second-factor-given')
  await beside.close()
  await page.getByRole('button', { name: 'Save the description' }).click()
  await expect(async () => {
    const [row] = await query<{ description: string }>('select description from products where id = $1', [productId])
    expect(row?.description).toBe(text)
  }).toPass()
  expectQuietConsole()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('what was typed comes back from the second factor with whoever went to give it', async ({ page }) => {
    const { email, totpSecret } = owner()
    await signInAsOwner(page, '/admin/payments/comparisons')
    await ageSecondFactor(email, 11)
    await page.getByLabel('Days back from now').fill('17')
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByLabel('Code from your authenticator').fill(await codeOf(totpSecret, email))
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page.getByText('You have confirmed that it is you.')).toBeVisible()
    await expect(page.getByLabel('Days back from now')).toHaveValue('17')
  })
})
