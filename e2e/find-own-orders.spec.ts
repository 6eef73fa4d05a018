import { expect, test, type Page } from '@playwright/test'

import { expectReceipt, fillDetails, goToCheckout, newEmail, openPayPal, putInCart } from './support/buying'
import { look, watchConsole } from './support/look'
import { linkIn, readMail, takeMail } from './support/mailbox'
import { fromNewNetwork, signIn } from './support/members'
import { query, setAvailable, takeProduct, type TestProduct } from './support/stage'

test.use(fromNewNetwork())

/** As a guest. Returns the number. */
async function buy(page: Page, email: string, products: readonly TestProduct[]): Promise<string> {
  for (const { path } of products) await putInCart(page, path)
  await goToCheckout(page)
  await fillDetails(page, email)
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  return expectReceipt(page)
}

async function lookUp(page: Page, orderNumber: string, email: string): Promise<void> {
  await page.goto('/find-order')
  await page.getByLabel('Order number').fill(orderNumber)
  await page.getByLabel('E-mail of the order').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeVisible()
}

test('an order placed as a guest is in the account once its address is proved, with its course and its invoice', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  const orderNumber = await buy(page, email, [await takeProduct()])
  const elsewhere = await browser.newContext()
  const member = await elsewhere.newPage()
  const expectQuietConsole = watchConsole(member)
  await signIn(member, email, '/account/orders')
  await expect(member.getByRole('link', { name: `Order ${orderNumber}` })).toBeVisible()
  await look(member, 'account-orders')
  await member.getByRole('link', { name: `Order ${orderNumber}` }).click()
  await expect(member.getByRole('heading', { level: 1, name: `Order ${orderNumber}` })).toBeVisible()
  await expect(member.getByRole('region', { name: 'What happened' }).getByText('Ordered and paid.')).toBeVisible()
  await look(member, 'account-order')
  await expect(member.getByText('1 Market Street')).toBeVisible()
  expectQuietConsole()
  await elsewhere.close()

  const stranger = await browser.newContext()
  const strangersPage = await stranger.newPage()
  await signIn(strangersPage, newEmail(), '/account/orders')
  await expect(strangersPage.getByText(orderNumber)).toHaveCount(0)
  expect((await strangersPage.goto(`/account/orders/${orderNumber}`))?.status()).toBe(404)
  await stranger.close()
})

test('a guest who looks an order up gets a mailed link that opens it; wrong inputs look alike and mail nothing', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  const foreign = newEmail()
  const orderNumber = await buy(page, email, [await takeProduct()])
  const elsewhere = await browser.newContext()
  const guest = await elsewhere.newPage()
  await guest.goto('/find-order')
  await look(guest, 'find-order')
  await guest.getByLabel('Order number').fill('nonsense')
  await guest.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(guest.getByText('Order numbers look like')).toBeVisible()
  await look(guest, 'find-order-mistakes')

  await lookUp(guest, orderNumber.toLowerCase().replace('-', ' '), email)
  await look(guest, 'find-order-sent')
  const said = await guest.getByRole('main').innerText()
  const message = await takeMail(email, /^Your order .* at/)
  const link = linkIn(message, 'See the order')
  await guest.goto(link)
  await expect(guest.getByRole('main').getByText(orderNumber).first()).toBeVisible()
  await look(guest, 'find-order-found')
  // Whoever looks weeks later is not thanked for an order that is on its way.
  await query(`update orders set state = 'shipped' where order_number = $1`, [orderNumber])
  await guest.reload()
  await expect(guest.getByRole('heading', { level: 1, name: `Order ${orderNumber}` })).toBeVisible()
  await expect(guest.getByText('On its way. Placed')).toBeVisible()
  await expect(guest.getByText('We pack your order.')).toHaveCount(0)
  await look(guest, 'find-order-shipped')

  await lookUp(guest, orderNumber, foreign)
  expect(await guest.getByRole('main').innerText()).toBe(said)
  const queued = await query('select 1 from mail_outbox where recipient = $1', [foreign])
  expect(queued).toEqual([])
  expect(await readMail(foreign)).toEqual([])
  await query(`update member_tokens set expires_at = now() where email = $1 and kind = 'order_lookup'`, [email])
  for (const over of [`${link.slice(0, -2)}AA`, link.replace(/[^/]*$/, 'sent2'), link]) {
    await guest.goto(over)
    await expect(guest.getByRole('heading', { level: 1, name: 'Find an order' })).toBeVisible()
    await expect(guest.getByText('This link is not good any more')).toBeVisible()
  }
  await elsewhere.close()
})

test('a member buys an order again: what is still sold is in the cart, and they hear of what is not', async ({
  page,
}) => {
  test.slow()
  const email = newEmail()
  const [lasting, gone] = [await takeProduct(), await takeProduct()]
  const orderNumber = await buy(page, email, [lasting, gone])
  await signIn(page, email, `/account/orders/${orderNumber}`)
  await page.getByRole('button', { name: 'Buy again' }).click()
  await expect(page.getByText('Everything of that order is in your cart')).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: lasting.name }).first()).toBeVisible()
  await look(page, 'cart-again')

  await setAvailable(gone.path, 0)
  await page.goto(`/account/orders/${orderNumber}`)
  await page.getByRole('button', { name: 'Buy again' }).click()
  await expect(page.getByText('Not everything of that order can be bought again')).toBeVisible()
  await setAvailable(gone.path, 20)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a guest asks for the link to an order, and is told of a slip beside the field', async ({ page }) => {
    await page.goto('/find-order')
    await page.getByLabel('Order number').fill('AAAAA')
    await page.getByLabel('E-mail of the order').fill(newEmail())
    await page.getByRole('button', { name: 'Mail me a link' }).click()
    await expect(page.getByLabel('Order number')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Order number')).toHaveValue('AAAAA')
  })
})
