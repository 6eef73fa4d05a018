import { readFileSync } from 'node:fs'

import { expect, test, type Browser, type Page } from '@playwright/test'

import { buySomething, newEmail } from '../support/buying'
import { look, watchConsole } from '../support/look'
import { awaitMail } from '../support/mailbox'
import { query } from '../support/stage'
import { ageSecondFactor, signInAs, signInAsOwner } from '../support/staff'

/** Somebody buys this often, each time in a new browser, which knows nothing of the last time. */
async function orders(browser: Browser, count: number): Promise<{ email: string; numbers: string[] }> {
  const email = newEmail()
  const numbers: string[] = []
  for (let n = 0; n < count; n++) {
    const context = await browser.newContext()
    numbers.push(await buySomething(await context.newPage(), email))
    await context.close()
  }
  return { email, numbers }
}

const stateOf = async (orderNumber: string) =>
  (await query<{ state: string }>('select state from orders where order_number = $1', [orderNumber]))[0]?.state

async function listOf(page: Page, email: string): Promise<void> {
  await page.goto(`/admin/orders?q=${encodeURIComponent(email)}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible()
}

test('orders are chosen with the keyboard, packed, and sent by a pasted list that is checked row by row', async ({
  page,
  browser,
  isMobile,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const { email, numbers } = await orders(browser, 3)
  const [first = '', second = '', third = ''] = numbers
  await signInAsOwner(page, '/admin/orders')
  await listOf(page, email)
  if (isMobile) {
    await page.getByLabel(`Choose ${first}`).check()
    await page.getByLabel(`Choose ${second}`).check()
    await page.getByLabel(`Choose ${third}`).check()
  } else {
    // The keys work once the page's script does.
    await expect(async () => {
      await page.keyboard.press('j')
      await expect(page.locator('.desk-row-link:focus')).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 30_000 })
    await page.keyboard.press('x')
    await expect(page.getByText('1 chosen')).toBeVisible()
    await page.getByLabel('All on this page').check()
  }
  await expect(page.getByText('3 chosen')).toBeVisible()
  await look(page, 'admin-orders-chosen')
  await page.getByRole('button', { name: 'Pack or ship' }).click()
  await look(page, 'admin-bulk')
  await page.getByRole('button', { name: 'Start packing 3' }).click()
  await expect(page.getByText('Every row is all right.')).toBeVisible()
  await page.getByRole('button', { name: 'Start packing 3 orders' }).click()
  await expect(page.getByText('3 of 3 done.')).toBeVisible()
  expect(await stateOf(first)).toBe('processing')

  await page.goto('/admin/orders/bulk')
  await page.getByRole('button', { name: 'Check the list' }).click()
  await expect(page.getByText('There is no row in it.')).toBeVisible()
  await page
    .getByRole('textbox', { name: /^Order number, carrier/ })
    .fill(`order,carrier,tracking\n${first},ups,1Z-ONE\n${second};DHL\n${second},,2\nnonsense,UPS,3`)
  await page.getByRole('button', { name: 'Check the list' }).click()
  await expect(page.getByText('2 of 4 rows are left out')).toBeVisible()
  await expect(page.getByText('This is no order number.')).toBeVisible()
  await look(page, 'admin-bulk-checked')
  expect(await stateOf(first)).toBe('processing')
  await page.getByRole('button', { name: /^Mark .* shipped$/ }).click()
  await expect(page.getByText(/^\d of \d done/)).toBeVisible()
  await expect.poll(() => stateOf(first)).toBe('shipped')
  await look(page, 'admin-bulk-done')
  expect((await awaitMail(email, new RegExp(`${first} is on its way$`))).html).toContain('1Z-ONE')
  expect(await stateOf(third)).toBe('processing')
  expectQuietConsole()
})

test('a file of tracking numbers is taken as well, and one that is no text is refused', async ({ page, browser }) => {
  test.slow()
  const { numbers } = await orders(browser, 1)
  const [number = ''] = numbers
  await signInAsOwner(page, '/admin/orders/bulk')
  const upload = (buffer: Buffer) =>
    page.getByLabel(/^Or a file/).setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer })
  await upload(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]))
  await page.getByRole('button', { name: 'Check the list' }).click()
  await expect(page.getByText('This file is no text.')).toBeVisible()
  await upload(Buffer.from(`\uFEFForder;carrier;tracking\r\n${number};Royal Mail;RM1\r\n`))
  await page.getByRole('button', { name: 'Check the list' }).click()
  await page.getByRole('button', { name: 'Mark 1 order shipped' }).click()
  await expect(page.getByText('1 of 1 done.')).toBeVisible()
  expect(await stateOf(number)).toBe('shipped')
})

test('a view is kept for everybody, opened again and forgotten, and what it shows is exported', async ({
  page,
  browser,
}) => {
  test.slow()
  const { email, numbers } = await orders(browser, 1)
  await signInAsOwner(page, '/admin/orders')
  await listOf(page, email)
  await page.getByText('Keep this view').click()
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByText('Give it a name.')).toBeVisible()
  const name = `View ${email.slice(6, 14)}`
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Everybody who works here sees it').check()
  await look(page, 'admin-orders-keep-view')
  const kept = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await kept
  await page.goto('/admin/orders')
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('link', { name: numbers[0] ?? '' })).toBeVisible()
  const exported = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export these' }).click()
  const file = await exported
  expect(file.suggestedFilename()).toBe('orders.csv')
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(numbers[0])
  await page.getByRole('button', { name: `Forget “${name}”` }).click()
  await expect(page.getByRole('link', { name })).toHaveCount(0)
})

test('what was chosen comes through the second factor, and what is in the way is said on the list', async ({
  page,
  browser,
}) => {
  test.slow()
  const { email, numbers } = await orders(browser, 1)
  const [number = ''] = numbers
  const manager = await signInAs(page, 'manager')
  await listOf(page, email)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText('Choose orders first.')).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue(email)
  await page.getByLabel(`Choose ${number}`).check()
  await ageSecondFactor(manager, 11)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm that it is you' })).toBeVisible()
  await ageSecondFactor(manager, 0)
  await page.goto(await page.locator('input[name="to"]').inputValue())
  await expect(page.getByText('What you had chosen is still chosen')).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue(email)
  await expect(page.getByLabel(`Choose ${number}`)).toBeChecked()
  await look(page, 'admin-orders-chosen-again')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText('1 of 1 in the file.')).toBeVisible()
  await look(page, 'admin-bulk-file')
  // Taking it out asks again as well, and one comes back to it.
  await ageSecondFactor(manager, 11)
  await page.getByRole('button', { name: 'Download 1 order as CSV' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm that it is you' })).toBeVisible()
  await ageSecondFactor(manager, 0)
  await page.goto(await page.locator('input[name="to"]').inputValue())
  const exported = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download 1 order as CSV' }).click()
  expect(readFileSync(await (await exported).path(), 'utf8')).toContain(number)
})

test('invoices of chosen orders are told of one by one: which are in the file, and why another is not', async ({
  page,
  browser,
}) => {
  test.slow()
  const { email, numbers } = await orders(browser, 2)
  const [first = '', second = ''] = numbers
  const waits = `order_id = (select id from orders where order_number = $1)`
  await expect.poll(() => query(`select 1 from invoices where ${waits}`, [first])).toHaveLength(1)
  await expect.poll(() => query(`select 1 from invoices where ${waits}`, [second])).toHaveLength(1)
  const [job] = await query<{ id: string }>(
    `with job as (
       insert into bulk_jobs (id, kind, member_id, started_at)
       select gen_random_uuid(), 'invoices', id, now() from members where email = $1 returning id
     ), rows as (
       insert into bulk_rows (job_id, position, order_number, carrier, shipment_id, state)
       select job.id, n - 1, number, '', gen_random_uuid(), 'ready'
         from job, unnest($2::text[]) with ordinality as chosen(number, n)
     )
     select id from job`,
    ['owner@plotterhouse.example', [first, '00000-00000', second]],
  )
  await signInAsOwner(page, `/admin/orders/bulk/${job?.id}`)
  await expect(page.getByText('2 of 3 in the file, 1 left out.')).toBeVisible()
  await expect(page.getByRole('row', { name: /00000-00000/ })).toContainText('There is no such order.')
  await expect(page.getByRole('row', { name: new RegExp(first) })).toContainText('In the file')
  await look(page, 'admin-bulk-left-out')
  const printed = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download 2 orders as PDF' }).click()
  expect((await printed).suggestedFilename()).toBe('invoices-2-of-3.pdf')
  await listOf(page, email)
  for (const number of [first, second]) await page.getByLabel(`Choose ${number}`).check()
  await page.getByRole('button', { name: 'Invoices' }).click()
  await expect(page.getByText('2 of 2 in the file.')).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('chosen orders are packed and printed all the same', async ({ page, browser }) => {
    test.slow()
    const { email, numbers } = await inAnotherBrowser(browser)
    const [number = ''] = numbers
    await signInAsOwner(page, '/admin/orders')
    await listOf(page, email)
    await page.getByLabel(`Choose ${number}`).check()
    await page.getByRole('button', { name: 'Packing slips' }).click()
    await expect(async () => {
      await page.reload()
      await expect(page.getByText('1 of 1 in the file.')).toBeVisible({ timeout: 1_000 })
    }).toPass()
    const printed = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download 1 order as PDF' }).click()
    expect((await printed).suggestedFilename()).toBe(`packing-slip-${number}.pdf`)
    await listOf(page, email)
    await page.getByLabel(`Choose ${number}`).check()
    await page.getByRole('button', { name: 'Pack or ship' }).click()
    await page.getByRole('button', { name: 'Start packing 1' }).click()
    await page.getByRole('button', { name: 'Start packing 1 order' }).click()
    await expect.poll(() => stateOf(number)).toBe('processing')
    await page.reload()
    await expect(page.getByText('1 of 1 done.')).toBeVisible()
  })
})

async function inAnotherBrowser(browser: Browser) {
  const context = await browser.newContext({ javaScriptEnabled: true })
  const page = await context.newPage()
  const email = newEmail()
  const numbers = [await buySomething(page, email)]
  await context.close()
  return { email, numbers }
}
