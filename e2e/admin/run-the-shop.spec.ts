import { expect, test, type Browser, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'

import { buySomething, newEmail } from '../support/buying'
import { look, watchConsole } from '../support/look'
import { linkIn, awaitMail } from '../support/mailbox'
import { countOrdersOf, query } from '../support/stage'
import { ageSecondFactor, giveCode, owner, signInAsOwner } from '../support/staff'

/** Somebody buys in a browser of their own. */
async function anOrder(browser: Browser): Promise<{ orderNumber: string; email: string }> {
  const context = await browser.newContext()
  const email = newEmail()
  const orderNumber = await buySomething(await context.newPage(), email)
  await context.close()
  return { orderNumber, email }
}

const stateOf = async (orderNumber: string) =>
  (await query<{ state: string }>('select state from orders where order_number = $1', [orderNumber]))[0]?.state

async function openOrder(page: Page, orderNumber: string): Promise<void> {
  await page.goto(`/admin/orders?q=${orderNumber}`)
  await page.getByRole('link', { name: orderNumber }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${orderNumber}` })).toBeVisible()
}

test('an owner finds an order, packs it and sends it, and the buyer gets the number to follow it by', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const { orderNumber, email } = await anOrder(browser)
  await signInAsOwner(page)
  await look(page, 'admin-today')
  await page
    .getByRole('navigation', { name: 'Admin' })
    .getByRole('link', { name: /^Orders/ })
    .click()
  await look(page, 'admin-orders')
  await page.getByRole('searchbox').fill(email)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: orderNumber }).click()
  await look(page, 'admin-order')
  await page.getByRole('button', { name: 'Start packing' }).click()
  await expect(page.getByText('You are packing it.')).toBeVisible()
  await page.getByRole('button', { name: 'Send the parcel' }).click()
  await expect(page.getByText(/^Who carries it\?/)).toBeVisible()
  await page.getByLabel('Carrier').fill('ups')
  await page.getByLabel('Tracking number').fill('1Z999AA10123456784')
  await page.getByRole('button', { name: 'Send the parcel' }).click()
  await expect(page.getByText('The parcel is on its way.')).toBeVisible()
  await expect(page.getByRole('link', { name: '1Z999AA10123456784' })).toHaveAttribute('href', /ups\.com/)
  await look(page, 'admin-order-shipped')
  const mail = await awaitMail(email, /is on its way$/)
  expect(mail.html).toContain('1Z999AA10123456784')
  await page.getByRole('button', { name: 'Mark it delivered' }).click()
  await expect(page.getByText('It is delivered, and the buyer gets a mail.')).toBeVisible()
  expect(await stateOf(orderNumber)).toBe('delivered')
  await awaitMail(email, /is delivered$/)
  await expect
    .poll(() =>
      query(
        'select 1 from shipments s join orders o on o.id = s.order_id where o.order_number = $1 and told_paypal_at is not null',
        [orderNumber],
      ),
    )
    .toHaveLength(1)
  expectQuietConsole()
})

test('of two who act on one order the second is told what the first did, and loses nothing that was typed', async ({
  page,
  browser,
}) => {
  const { orderNumber } = await anOrder(browser)
  await signInAsOwner(page)
  await openOrder(page, orderNumber)
  const other = await page.context().newPage()
  await openOrder(other, orderNumber)
  await other.getByRole('button', { name: 'Start packing' }).click()
  await expect(other.getByText('You are packing it.')).toBeVisible()
  await page.getByLabel('Why').fill('The buyer wants to think again')
  await page.getByRole('button', { name: 'Hold the order' }).click()
  await expect(page.getByText(`Meanwhile ${owner().email} did this: started packing.`)).toBeVisible()
  await expect(page.getByLabel('Why')).toHaveValue('The buyer wants to think again')
  await page.reload()
  await page.getByLabel('Why').fill('The buyer wants to think again')
  await page.getByRole('button', { name: 'Hold the order' }).click()
  await expect(page.getByText('The order is held.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send the parcel' })).toHaveCount(0)
  await look(page, 'admin-order-held')
})

test('money goes back for a part, then with the rest the order is cancelled, and the second factor is asked for again', async ({
  page,
  browser,
}) => {
  test.slow()
  const { orderNumber, email } = await anOrder(browser)
  await signInAsOwner(page)
  await ageSecondFactor(owner().email, 11)
  await openOrder(page, orderNumber)
  await page.getByRole('link', { name: 'Give money back' }).click()
  await giveCode(page, owner().totpSecret, owner().email)
  await expect(page.getByRole('heading', { level: 1, name: `Give money back for ${orderNumber}` })).toBeVisible()
  await look(page, 'admin-refund')
  await page.getByLabel(/^Amount in/).fill('a lot')
  await page.getByRole('button', { name: 'Look at this amount' }).click()
  await expect(page.getByText('Write an amount, such as 5.00.')).toBeVisible()
  await expect(page.getByLabel(/^Amount in/)).toHaveValue('a lot')
  await page.getByLabel(/^Amount in/).fill('1.00')
  await page.getByRole('button', { name: 'Look at this amount' }).click()
  const preview = page.getByRole('region', { name: 'What goes where' })
  await expect(preview.getByRole('row', { name: 'In all $1.00' })).toBeVisible()
  await expect(preview.getByText(`(${email})`)).toBeVisible()
  await expect(preview.getByText('Nothing goes back on the shelf.')).toBeVisible()
  await look(page, 'admin-refund-preview')
  await preview.getByRole('button', { name: 'Give $1.00 back' }).click()
  await expect(page.getByText('The money is on its way back')).toBeVisible()
  await awaitMail(email, /refund|back/i)
  await page.getByRole('link', { name: 'Cancel the order' }).click()
  await look(page, 'admin-cancel')
  await page.getByRole('button', { name: /^Cancel the order and give/ }).click()
  await expect(page.getByText('The order is cancelled;')).toBeVisible()
  expect(await stateOf(orderNumber)).toBe('cancelled')
  await awaitMail(email, /cancelled/i)
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
})

test('somebody is invited, sets up a second factor, sees what the role allows, and is shut out again', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  await signInAsOwner(page, '/admin/staff')
  await look(page, 'admin-staff')
  await page.getByLabel('E-mail').fill('nobody')
  await page.getByRole('button', { name: 'Mail an invitation' }).click()
  await expect(page.getByText('Enter an e-mail address like name@example.com.')).toBeVisible()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Role').last().selectOption('fulfilment')
  await page.getByRole('button', { name: 'Mail an invitation' }).click()
  await expect(page.getByText('The invitation is mailed.')).toBeVisible()
  const second = newEmail()
  await page.getByLabel('E-mail').fill(second)
  await page.getByRole('button', { name: 'Mail an invitation' }).click()
  const open = page.getByRole('region', { name: 'Open invitations' })
  await expect(open.getByText(second)).toBeVisible()
  await look(page, 'admin-staff-invited')
  await open.getByRole('button', { name: `Withdraw the invitation of ${second}` }).click()
  await expect(page.getByText('The invitation is withdrawn.')).toBeVisible()
  await expect(open.getByText(second)).toHaveCount(0)
  await expect(open.getByText(email)).toBeVisible()

  const packer = await (await browser.newContext()).newPage()
  await packer.goto(linkIn(await awaitMail(email, /^Work with/), 'Accept the invitation'))
  await look(packer, 'admin-join')
  await packer.getByRole('button', { name: 'Accept the invitation' }).click()
  await expect(packer.getByRole('heading', { level: 1, name: 'Set up a second factor' })).toBeVisible()
  await look(packer, 'admin-set-up')
  const secret = ((await packer.getByRole('code').textContent()) ?? '').replaceAll(' ', '')
  await packer.getByLabel('Code from your authenticator').fill('000000')
  await packer.getByRole('button', { name: 'Go on' }).click()
  await expect(packer.getByText('That is not the code of this moment.')).toBeVisible()
  await packer
    .getByLabel('Code from your authenticator')
    .fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
  await packer.getByRole('button', { name: 'Go on' }).click()
  await expect(packer.getByText('Your second factor is set up')).toBeVisible()
  expect(await packer.getByRole('listitem').count()).toBe(10)
  await packer.getByRole('link', { name: 'I have kept them' }).click()
  await expect(packer.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await expect(packer.getByRole('link', { name: 'Payments' })).toHaveCount(0)
  for (const place of ['/admin/payments', '/admin/staff', '/admin/audit']) {
    expect((await packer.goto(place))?.status()).toBe(404)
  }

  await page.reload()
  const person = page.getByRole('region', { name: email })
  await person.getByRole('button', { name: 'Shut them out' }).click()
  await expect(page.getByText('They are shut out, from this moment.')).toBeVisible()
  expect((await packer.goto('/admin'))?.status()).toBe(404)
  await packer.context().close()

  await page.goto('/admin/audit?check=1')
  await expect(page.getByText(/^All \d+ entries are as they were written\.$/)).toBeVisible()
  await look(page, 'admin-audit')
})

test('what the worker found at its last look is shown: all well, something wrong, or nobody looks any more', async ({
  page,
}) => {
  await signInAsOwner(page, '/admin/payments')
  const row = page.getByRole('row', { name: /^I6 / })
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Nothing is wrong' })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await expect(row).toContainText('✓ holds')
  await look(page, 'admin-payments')

  await query("update invariant_checks set violations = 2 where invariant = 'I6'")
  await page.reload()
  await expect(page.getByRole('heading', { name: 'One thing is wrong' })).toBeVisible()
  await expect(row).toContainText('✗ does not hold')

  await query(
    "update invariant_checks set violations = 0, checked_at = now() - interval '1 hour' where invariant = 'I6'",
  )
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Nobody has looked lately' })).toBeVisible()
  await expect(row).toContainText('1 hour ago')
  await query("update invariant_checks set checked_at = now() where invariant = 'I6'")
})

test('outsiders find nothing under /admin, and a member without a role neither', async ({ page }) => {
  for (const place of [
    '/admin',
    '/admin/orders',
    '/admin/second-factor',
    '/admin/second-factor/set-up',
    '/admin/join',
  ]) {
    expect((await page.goto(place))?.status(), place).toBe(404)
  }
})
