import { expect, test } from '@playwright/test'

import { buySomething, newEmail } from '../support/buying'
import { look, watchConsole } from '../support/look'
import { attemptsOf, eventsAbout, openDispute, query } from '../support/stage'
import { ageSecondFactor, giveCode, owner, signInAsOwner } from '../support/staff'

test('what PayPal told is found by what it is about, read as it came, and looked at again', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const buyer = await browser.newContext()
  const email = newEmail()
  await buySomething(await buyer.newPage(), email)
  await buyer.close()
  await expect.poll(() => eventsAbout(email)).toContain('PAYMENT.CAPTURE.COMPLETED')
  const [attempt] = await attemptsOf(email)
  const [paid] = await query<{ id: string }>('select paypal_order_id as id from payment_attempts where id = $1', [
    attempt?.id,
  ])
  await signInAsOwner(page, '/admin/payments')
  await page.getByRole('navigation', { name: 'Payments' }).getByRole('link', { name: 'Webhooks' }).click()
  await expect(page.getByRole('link', { name: 'PAYMENT.CAPTURE.COMPLETED' }).first()).toBeVisible()
  await look(page, 'admin-webhooks')
  await page.getByRole('searchbox').fill(paid?.id ?? '')
  await page.locator('select[name="type"]').selectOption('PAYMENT.CAPTURE.COMPLETED')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: 'PAYMENT.CAPTURE.COMPLETED' }).click()
  await expect(page.getByRole('region', { name: 'The event as JSON' })).toContainText(paid?.id ?? 'no order')
  await look(page, 'admin-webhook')
  await ageSecondFactor(owner().email, 11)
  await page.getByRole('button', { name: 'Look at it again' }).click()
  await expect(page.getByText('It has been more than ten minutes since your second factor.')).toBeVisible()
  const event = page.url()
  await page.goto('/admin/second-factor?to=/admin')
  await giveCode(page, owner().totpSecret, owner().email)
  await page.goto(event)
  await page.getByRole('button', { name: 'Look at it again' }).click()
  await expect(page.getByText('It is looked at again within seconds.')).toBeVisible()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('✓ dealt with')).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  expectQuietConsole()
  expect((await page.goto('/admin/payments/webhooks/WH-nobodys'))?.status()).toBe(404)
})

test('a comparison with PayPal is asked for, made by the worker, and finds that all agrees', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  await signInAsOwner(page, '/admin/payments/comparisons')
  await page.getByLabel('Days back from now').fill('0')
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText('Write a number of days, from 1 to 1095.')).toBeVisible()
  await page.getByLabel('Days back from now').fill('2')
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText('The worker compares.')).toBeVisible()
  const row = page.getByRole('row', { name: owner().email }).first()
  await expect(async () => {
    await page.reload()
    await expect(row).toContainText('✓ all agrees', { timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await look(page, 'admin-comparisons')
  expectQuietConsole()
})

test('a dispute shows its deadline and leads to its order', async ({ page, browser }) => {
  test.slow()
  const buyer = await browser.newContext()
  const orderNumber = await buySomething(await buyer.newPage())
  await buyer.close()
  await openDispute(orderNumber)
  await signInAsOwner(page, '/admin/payments/disputes')
  const row = page.getByRole('row', { name: new RegExp(orderNumber) })
  // PayPal tells of it, and the worker asks PayPal what it is.
  await expect(async () => {
    await page.reload()
    await expect(row).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await page.goto('/admin')
  await page.getByRole('link', { name: /disputes open$/ }).click()
  await expect(row).toContainText(/in (9|10) days/)
  await look(page, 'admin-disputes')
  await row.getByRole('link', { name: orderNumber }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${orderNumber}` })).toBeVisible()
})

test('when PayPal is silent although there were payments, the first page says so', async ({ page, browser }) => {
  const buyer = await browser.newContext()
  const email = newEmail()
  await buySomething(await buyer.newPage(), email)
  await buyer.close()
  await expect.poll(() => eventsAbout(email)).toContain('PAYMENT.CAPTURE.COMPLETED')
  await signInAsOwner(page)
  await expect(page.getByText('PayPal is silent')).toHaveCount(0)
  // As if the last event had come three hours ago and the payments one. Rows of captures are history: no trigger may see this.
  await query("update webhook_events set received_at = received_at - interval '3 hours'")
  await query(`set session_replication_role = replica;
    update payment_captures set recorded_at = recorded_at - interval '1 hour'`)
  await page.reload()
  await expect(page.getByText('PayPal is silent')).toBeVisible()
  await look(page, 'admin-today-silent')
  await query("update webhook_events set received_at = received_at + interval '3 hours'")
  await query(`set session_replication_role = replica;
    update payment_captures set recorded_at = recorded_at + interval '1 hour'`)
  await page.reload()
  await expect(page.getByText('PayPal is silent')).toHaveCount(0)
})
