import { expect, test, type Browser, type Page } from '@playwright/test'

import {
  buySomething,
  expectReceipt,
  fillDetails,
  goToCheckout,
  newEmail,
  openPayPal,
  putInCart,
} from '../support/buying'
import { look, watchConsole } from '../support/look'
import { orderFault, query, readLedger, takeProduct } from '../support/stage'
import { signInAs, signInAsOwner } from '../support/staff'

/** Somebody buys in a browser of their own. */
async function anOrder(browser: Browser): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: true })
  const orderNumber = await buySomething(await context.newPage())
  await context.close()
  return orderNumber
}

/** Two pieces of one thing. */
async function anOrderOfTwo(browser: Browser): Promise<{ orderNumber: string; product: string }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const { path, name } = await takeProduct()
  await putInCart(page, path)
  await putInCart(page, path)
  await goToCheckout(page)
  await fillDetails(page, newEmail())
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: /^Pay/ }).click()
  const orderNumber = await expectReceipt(page)
  await context.close()
  return { orderNumber, product: name }
}

/** Somebody else who works here, at another desk. */
async function aManager(browser: Browser): Promise<{ other: Page; email: string }> {
  const other = await (await browser.newContext()).newPage()
  return { other, email: await signInAs(other, 'manager') }
}

async function refundsOf(orderNumber: string): Promise<string[]> {
  const rows = await query<{ state: string }>(
    `select r.state from refunds r join orders o on o.id = r.order_id where o.order_number = $1 order by r.created_at`,
    [orderNumber],
  )
  return rows.map(({ state }) => state)
}

async function moneyBackOf(orderNumber: string): Promise<number> {
  const [order] = await query<{ capture: string }>(
    'select paypal_capture_id as capture from orders where order_number = $1',
    [orderNumber],
  )
  return (await readLedger()).filter(({ kind, captureId }) => kind === 'refund' && captureId === order?.capture).length
}

/** PayPal refuses to give a dollar of this order back. */
async function refusedRefund(page: Page, orderNumber: string): Promise<void> {
  await page.goto(`/admin/orders/${orderNumber}/refund?give=amount&amount=1.00`)
  await orderFault('refund', 'refuse', { issue: 'REFUND_TIME_LIMIT_EXCEEDED' })
  await page.getByRole('button', { name: 'Give $1.00 back' }).click()
  await expect(page.getByText('Nothing was sent: PayPal refused')).toBeVisible()
  await expect.poll(() => refundsOf(orderNumber)).toEqual(['failed'])
}

/** The card of the refund that PayPal refused for this order. */
const cardOf = (page: Page, orderNumber: string) =>
  page
    .getByRole('region', { name: 'PayPal refused a refund' })
    .filter({ has: page.getByRole('link', { name: orderNumber }) })

test('a refund that PayPal refused is decided by one of two, goes back once, and the other is told', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const orderNumber = await anOrder(browser)
  await signInAsOwner(page)
  await refusedRefund(page, orderNumber)
  await page.goto('/admin/payments')
  const { other } = await aManager(browser)
  await other.goto('/admin/payments')
  await look(page, 'admin-incident')
  for (const card of [cardOf(page, orderNumber), cardOf(other, orderNumber)]) {
    await card.getByLabel('What is to be done').selectOption({ label: 'Give the money back' })
    await card.getByLabel('Why').fill('They have waited long enough')
  }
  await cardOf(page, orderNumber).getByRole('button', { name: 'Decide' }).click()
  await expect(page.getByText('Decided, and carried out.')).toBeVisible()
  await expect.poll(() => refundsOf(orderNumber)).toEqual(['completed'])
  await cardOf(other, orderNumber).getByLabel('What is to be done').selectOption({ label: 'It needs nothing' })
  await cardOf(other, orderNumber).getByRole('button', { name: 'Decide' }).click()
  await expect(other.getByText('That was over already.')).toBeVisible()
  expect(await moneyBackOf(orderNumber)).toBe(1)
  await other.context().close()
  expectQuietConsole()
})

test('an incident that needs nothing is closed with a reason, and who said so stays to be read', async ({
  page,
  browser,
}) => {
  test.slow()
  const orderNumber = await anOrder(browser)
  await signInAsOwner(page)
  await refusedRefund(page, orderNumber)
  const { other, email } = await aManager(browser)
  await other.goto('/admin/payments')
  const card = cardOf(other, orderNumber)
  await card.getByLabel('What is to be done').selectOption({ label: 'It needs nothing' })
  await card.getByRole('button', { name: 'Decide' }).click()
  await expect(card.getByText('Say why it needs nothing.')).toBeVisible()
  const why = `Sent by bank instead, for ${orderNumber}`
  await card.getByLabel('Why').fill(why)
  await card.getByRole('button', { name: 'Decide' }).click()
  await expect(other.getByText('Decided, and carried out.')).toBeVisible()
  await page.goto('/admin/payments')
  await expect(cardOf(page, orderNumber)).toHaveCount(0)
  await expect(page.getByText(why)).toBeVisible()
  await expect(page.getByText(email).first()).toBeVisible()
  expect(await moneyBackOf(orderNumber)).toBe(0)
  await other.context().close()
})

test('of two who give money back at once the second is told what the first did, and sends nothing', async ({
  page,
  browser,
}) => {
  test.slow()
  const orderNumber = await anOrder(browser)
  await signInAsOwner(page)
  const { other, email } = await aManager(browser)
  for (const desk of [page, other]) {
    await desk.goto(`/admin/orders/${orderNumber}/refund`)
    await desk.getByRole('button', { name: /^Look at what \$.* are for$/ }).click()
    const preview = desk.getByRole('region', { name: 'What goes where' })
    await expect(preview.getByRole('row', { name: /1 × .*, to the shelf/ })).toBeVisible()
    await expect(preview.getByText('1 piece goes back on the shelf once PayPal has sent it.')).toBeVisible()
  }
  await other.getByRole('button', { name: /^Give \$.* back$/ }).click()
  await expect(other.getByText('The money is on its way back')).toBeVisible()
  await page.getByLabel('A word to the buyer').fill('Sorry for that')
  await page.getByRole('button', { name: /^Give \$.* back$/ }).click()
  await expect(page.getByText(`Meanwhile ${email} did this: gave money back.`)).toBeVisible()
  await expect(page.getByLabel('A word to the buyer')).toHaveValue('Sorry for that')
  await expect.poll(() => refundsOf(orderNumber)).toEqual(['completed'])
  expect(await moneyBackOf(orderNumber)).toBe(1)
  await other.context().close()
})

test('an order of which a part is sent and the rest refunded goes on, by whichever of two is first', async ({
  page,
  browser,
}) => {
  test.slow()
  const { orderNumber, product } = await anOrderOfTwo(browser)
  await signInAsOwner(page, `/admin/orders/${orderNumber}`)
  const parcel = page.getByRole('region', { name: 'Send a parcel' })
  await parcel.getByLabel('Carrier').fill('UPS')
  await parcel.getByLabel(product).fill('1')
  await parcel.getByRole('button', { name: 'Send the parcel' }).click()
  await expect(page.getByText('The parcel is on its way.')).toBeVisible()
  const end = 'Mark it shipped: the rest was refunded'
  await expect(page.getByRole('button', { name: end })).toHaveCount(0)

  const { other, email } = await aManager(browser)
  await other.goto(`/admin/orders/${orderNumber}/refund`)
  await other.getByLabel(product).fill('1')
  await other.getByRole('button', { name: 'Look at what goes back for these pieces' }).click()
  await other.getByRole('button', { name: /^Give \$.* back$/ }).click()
  await expect(other.getByText('The money is on its way back')).toBeVisible()

  await page.reload()
  await expect(parcel).toHaveCount(0)
  await look(page, 'admin-order-rest-refunded')
  await other.getByRole('button', { name: end }).click()
  await expect(other.getByText('It is shipped.')).toBeVisible()
  await page.getByRole('button', { name: end }).click()
  await expect(page.getByText(`Meanwhile ${email} did this: marked it shipped`)).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Mark it delivered' }).click()
  await expect(page.getByText('It is delivered, and the buyer gets a mail.')).toBeVisible()
  await other.context().close()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('what goes back is looked at and sent all the same', async ({ page, browser }) => {
    test.slow()
    const orderNumber = await anOrder(browser)
    await signInAsOwner(page, `/admin/orders/${orderNumber}`)
    await page.getByRole('link', { name: 'Give money back' }).click()
    await page.getByLabel(/^Amount in/).fill('1.5.0')
    await page.getByRole('button', { name: 'Look at this amount' }).click()
    await expect(page.getByText('Write an amount, such as 5.00.')).toBeVisible()
    await expect(page.getByLabel(/^Amount in/)).toHaveValue('1.5.0')
    await page.getByLabel(/^Amount in/).fill('1.50')
    await page.getByRole('button', { name: 'Look at this amount' }).click()
    await expect(page.getByRole('row', { name: 'In all $1.50' })).toBeVisible()
    expect(await refundsOf(orderNumber)).toEqual([])
    await page.getByRole('button', { name: 'Give $1.50 back' }).click()
    await expect(page.getByText('The money is on its way back')).toBeVisible()
    await expect.poll(() => refundsOf(orderNumber)).toEqual(['completed'])
  })
})
