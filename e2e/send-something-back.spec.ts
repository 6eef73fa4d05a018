import { expect, test, type Browser, type Page } from '@playwright/test'

import { buySomething, newEmail } from './support/buying'
import { look, watchConsole } from './support/look'
import { awaitMail, linkIn } from './support/mailbox'
import { query } from './support/stage'
import { owner, signInAsOwner } from './support/staff'

const stateOf = async (orderNumber: string) =>
  (await query<{ state: string }>('select state from orders where order_number = $1', [orderNumber]))[0]?.state

/** As if its parcel had been with the buyer since yesterday. */
async function deliver(orderNumber: string): Promise<void> {
  await query(
    `with sent as (
       insert into shipments (id, order_id, carrier_code, carrier, shipped_at)
       select gen_random_uuid(), id, 'OTHER', 'Post', now() - interval '3 days' from orders where order_number = $1
       returning id, order_id
     ) insert into shipment_items (shipment_id, order_id, position, quantity)
       select s.id, i.order_id, i.position, i.quantity from sent s join order_items i on i.order_id = s.order_id`,
    [orderNumber],
  )
  await query(`update orders set state = 'shipped' where order_number = $1`, [orderNumber])
  await query(
    `update orders set state = 'delivered', delivered_at = now() - interval '1 day' where order_number = $1`,
    [orderNumber],
  )
}

async function askToSendBack(page: Page, reason: string): Promise<void> {
  await page.getByRole('link', { name: 'Send something back' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Send something back' })).toBeVisible()
  await page.getByRole('combobox').first().selectOption('1')
  await page.getByLabel(reason).check()
  await page.getByRole('button', { name: 'Ask to send it back' }).click()
}

async function openReturn(page: Page, orderNumber: string): Promise<void> {
  await page.goto('/admin/returns')
  await page.getByRole('link', { name: orderNumber }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Return of ${orderNumber}` })).toBeVisible()
}

test('a guest sends all of it back: asked, approved, received, paid back less what was worn, and told of each', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  const orderNumber = await buySomething(page, email)
  await page.goto(`/orders/${orderNumber}/return`)
  await expect(page.getByText(/nothing can be sent back/)).toBeVisible()
  await deliver(orderNumber)
  await page.goto(`/orders/${orderNumber}`)
  await page.getByRole('link', { name: 'Send something back' }).click()
  await look(page, 'return-form')
  await page.getByRole('combobox').first().selectOption('0')
  await page.getByRole('button', { name: 'Ask to send it back' }).click()
  await expect(page.getByText('Choose why.')).toBeVisible()
  await page.getByLabel('It arrived damaged').check()
  await page.getByLabel(/^Anything we should know/).fill('A corner is bent')
  await page.getByRole('button', { name: 'Ask to send it back' }).click()
  await expect(page.getByText('Say how many pieces of what you want to send back.')).toBeVisible()
  await expect(page.getByLabel(/^Anything we should know/)).toHaveValue('A corner is bent')
  await page.getByRole('combobox').first().selectOption('1')
  await page.getByRole('button', { name: 'Ask to send it back' }).click()
  await expect(page.getByText('We have your request and write to you within two working days.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Send something back' })).toHaveCount(0)
  await look(page, 'receipt-with-return')
  await awaitMail(email, /^Your return of order/)

  const staff = await (await browser.newContext()).newPage()
  await signInAsOwner(staff, '/admin/returns')
  await look(staff, 'admin-returns')
  await openReturn(staff, orderNumber)
  await look(staff, 'admin-return')
  await expect(staff.getByText('A corner is bent')).toBeVisible()
  await staff.getByLabel('A word to the buyer').fill('We pay the postage: use the label in this mail.')
  await staff.getByRole('button', { name: 'Approve the return' }).click()
  await expect(staff.getByText('The return is approved.')).toBeVisible()
  expect((await awaitMail(email, /^Send it back/)).text).toContain('We pay the postage')
  await staff.getByLabel(/^Condition/).selectOption('damaged')
  await staff.getByLabel(/can be sold again/).uncheck()
  await look(staff, 'admin-return-arrives')
  await staff.getByRole('button', { name: 'Take it in' }).click()
  await expect(staff.getByText('The parcel is taken in')).toBeVisible()
  await awaitMail(email, /^Your parcel is here/)
  await staff.getByRole('link', { name: 'See what goes back' }).click()
  await staff.getByLabel(/^Keep in USD/).fill('much')
  await staff.getByRole('button', { name: 'Reckon again' }).click()
  await expect(staff.getByText('Write an amount, such as 5.00, or nothing.')).toBeVisible()
  await staff.getByLabel(/^Keep in USD/).fill('1.00')
  await staff.getByRole('button', { name: 'Reckon again' }).click()
  await expect(staff.getByRole('cell', { name: '−$1.00' })).toBeVisible()
  await look(staff, 'admin-return-refund')
  await staff.getByRole('button', { name: /^Give \$.* back$/ }).click()
  await expect(staff.getByText('The money is on its way back')).toBeVisible()
  await look(staff, 'admin-return-paid')
  await awaitMail(email, /back for order/)
  expect(await stateOf(orderNumber)).toBe('returned')
  await staff.goto(`/admin/orders/${orderNumber}`)
  await expect(staff.getByText('gave money back for a return,')).toBeVisible()
  await staff.context().close()
  await page.goto(`/orders/${orderNumber}`)
  await expect(page.getByText('It is here, and the money has gone back.')).toBeVisible()
  expectQuietConsole()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('whoever has the mailed link asks, keeps what was typed, and reads why it was refused', async ({
    page,
    browser,
  }) => {
    test.slow()
    const email = newEmail()
    const orderNumber = await inAnotherBrowser(browser, (buyer) => buySomething(buyer, email))
    await deliver(orderNumber)
    await page.goto(linkIn(await awaitMail(email, /^Order/), 'Open the receipt'))
    await page.getByRole('link', { name: 'Send something back' }).click()
    await page.getByRole('combobox').first().selectOption('1')
    await page.getByLabel(/^Anything we should know/).fill('It hums')
    await page.getByRole('button', { name: 'Ask to send it back' }).click()
    await expect(page.getByText('Choose why.')).toBeVisible()
    await expect(page.getByLabel(/^Anything we should know/)).toHaveValue('It hums')
    await page.getByLabel('Another reason').check()
    await page.getByRole('button', { name: 'Ask to send it back' }).click()
    await expect(page.getByText('We have your request')).toBeVisible()
    await inAnotherBrowser(browser, async (staff) => {
      await signInAsOwner(staff, '/admin/returns')
      await openReturn(staff, orderNumber)
      await staff.getByLabel('Why', { exact: true }).fill('Prints do not hum.')
      await staff.getByRole('button', { name: 'Refuse the return' }).click()
      await expect(staff.getByText('The return is refused')).toBeVisible()
      return ''
    })
    expect((await awaitMail(email, /^About your return/)).text).toContain('Prints do not hum.')
    await page.reload()
    await expect(page.getByText('Prints do not hum.')).toBeVisible()
  })
})

async function inAnotherBrowser(browser: Browser, act: (page: Page) => Promise<string>): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: true })
  const result = await act(await context.newPage())
  await context.close()
  return result
}

test('of two who answer one return the second is told what the first did', async ({ page, browser }) => {
  test.slow()
  const orderNumber = await inAnotherBrowser(browser, async (buyer) => {
    const number = await buySomething(buyer)
    await deliver(number)
    await buyer.goto(`/orders/${number}`)
    await askToSendBack(buyer, 'It is not for me after all')
    await expect(buyer.getByText('We have your request')).toBeVisible()
    return number
  })
  await signInAsOwner(page, '/admin/returns')
  await openReturn(page, orderNumber)
  const other = await page.context().newPage()
  await openReturn(other, orderNumber)
  await other.getByRole('button', { name: 'Approve the return' }).click()
  await expect(other.getByText('The return is approved.')).toBeVisible()
  await page.getByLabel('Why', { exact: true }).fill('Not this time')
  await page.getByRole('button', { name: 'Refuse the return' }).click()
  await expect(page.getByText(`Meanwhile ${owner().email} did this: approved a return.`)).toBeVisible()
  await expect(page.getByLabel('Why', { exact: true })).toHaveValue('Not this time')
})
