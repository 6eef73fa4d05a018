import { expect, test, type Page } from '@playwright/test'

import { formatMoney, type Currency } from '@/lib/domain/money'

import { expectReceipt, fillDetails, goToCheckout, newEmail, openPayPal, putInCart } from './support/buying'
import { look } from './support/look'
import { awaitMail, linkIn, mendMailbox, readMail, takeMailboxAway, waitForNextTry } from './support/mailbox'
import { countOrdersOf, query, takeProduct } from './support/stage'

test.afterEach(() => mendMailbox())

/** Buys one thing; answers what the mail must say. */
async function buyAs(page: Page, email: string) {
  const product = await takeProduct()
  await putInCart(page, product.path)
  await goToCheckout(page)
  await fillDetails(page, email)
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const orderNumber = await expectReceipt(page)
  const [row] = await query<{ minor: string; currency: Currency }>(
    'select total_minor as minor, currency from orders where order_number = $1',
    [orderNumber],
  )
  if (!row) throw new Error('the order is not there')
  const total = formatMoney({ minor: Number(row.minor), currency: row.currency })
  return { orderNumber, total, productName: product.name }
}

test('a guest who buys gets one mail with the total and a link that opens the receipt on any device', async ({
  page,
  browser,
}) => {
  const email = newEmail()
  const { orderNumber, total, productName } = await buyAs(page, email)
  await expect(page.getByText(email)).toBeVisible()
  const message = await awaitMail(email, orderNumber)
  for (const version of [message.text, message.html]) {
    // A long name goes over several lines of a plain text.
    const words = version.replaceAll(/\s+/g, ' ')
    for (const part of [productName, total, '1 Market Street']) expect(words).toContain(part)
  }
  const elsewhere = await browser.newContext()
  const receipt = await elsewhere.newPage()
  await receipt.goto(linkIn(message, 'Open the receipt'))
  expect(await expectReceipt(receipt)).toBe(orderNumber)
  await elsewhere.close()
  expect(await readMail(email)).toHaveLength(1)
})

test('what was sent can be read in the mailbox, in light and in dark', async ({ page }) => {
  const email = newEmail()
  const { orderNumber } = await buyAs(page, email)
  const { html } = await awaitMail(email, orderNumber)
  await page.goto(`${process.env['E2E_MAILBOX_URL']}?to=${encodeURIComponent(email)}`)
  await look(page, 'mailbox')
  await page.getByRole('link', { name: orderNumber }).click()
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveText(/order is placed/)
  await expect(page.getByText('Open the receipt:')).toBeVisible()
  await page.setContent(html)
  await look(page, 'mail-order-placed', 'mail')
})

test('people buy as ever while the mail server is away, and get their mail once when it is back', async ({ page }) => {
  await takeMailboxAway()
  const email = newEmail()
  const { orderNumber } = await buyAs(page, email)
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
  const tries = () => query<{ tries: number }>('select tries from mail_outbox where recipient = $1', [email])
  await expect.poll(async () => (await tries())[0]?.tries).toBeGreaterThan(0)
  expect(await readMail(email)).toEqual([])

  await mendMailbox()
  await waitForNextTry()
  await awaitMail(email, orderNumber)
  await waitForNextTry()
  expect(await readMail(email)).toHaveLength(1)
})
