import { readFile } from 'node:fs/promises'

import { expect, test } from '@playwright/test'

import { newEmail } from './support/buying'
import { look, watchConsole } from './support/look'
import { takeMail } from './support/mailbox'
import { fromNewNetwork, signIn } from './support/members'
import { query } from './support/stage'

test.use(fromNewNetwork())

test('a member downloads everything the shop has about them, as JSON', async ({ page }) => {
  const email = newEmail()
  await signIn(page, email, '/account/data')
  await look(page, 'account-data')
  const started = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download my data' }).click()
  const download = await started
  expect(download.suggestedFilename()).toBe('my-data.json')
  const data = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>
  expect(data).toMatchObject({ account: { email }, addresses: [], orders: [], wishList: [], sessions: [{}] })
  expect(JSON.stringify(data)).not.toMatch(/secretHash|passwordHash/)
})

test('a member asks for the account’s end, thinks again, and keeps it', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  await signIn(page, email, '/account/data')
  const typed = page.getByLabel(`Type ${email} to confirm`)
  await typed.fill('yes')
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await expect(page.getByText('Type your e-mail address as it stands above.')).toBeVisible()
  await look(page, 'account-delete-mistake')
  await typed.fill(email)
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await expect(page.getByText('Your account will be deleted. You can still change your mind.')).toBeVisible()
  await look(page, 'account-delete-asked')
  await takeMail(email, /^Your account at .* will be deleted/)
  await page.goto('/account')
  await expect(page.getByText('This account is going to be deleted')).toBeVisible()
  await look(page, 'account-going')
  await page.getByRole('link', { name: 'Keep it instead' }).click()
  await page.getByRole('button', { name: 'Keep my account' }).click()
  await expect(page.getByText('Your account stays.')).toBeVisible()
  expectQuietConsole()
})

test('taking data out asks for a sign-in of the last minutes', async ({ page }) => {
  const email = newEmail()
  await signIn(page, email, '/account/data')
  await query(
    `update member_sessions set created_at = now() - interval '16 minutes'
     where member_id = (select id from members where email = $1)`,
    [email],
  )
  const answer = await page.request.get('/account/export', { maxRedirects: 0 })
  expect(answer.status()).toBe(303)
  expect(answer.headers()['location']).toBe('/sign-in?to=%2Faccount%2Fdata')
  await page.getByLabel(/to confirm/).fill(email)
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Is it still you?' })).toBeVisible()
  await look(page, 'sign-in-again')
  expect(await query('select 1 from members where email = $1 and deletion_requested_at is not null', [email])).toEqual(
    [],
  )
})
