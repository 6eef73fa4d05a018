import { randomUUID } from 'node:crypto'

import { expect, test, type Page } from '@playwright/test'

import { expectReceipt, fillDetails, goToCheckout, newEmail, openPayPal, pageButton, putInCart } from './support/buying'
import { look, watchConsole } from './support/look'
import { signInAsOwner } from './support/staff'
import { query, takeProduct } from './support/stage'

const newCode = () => `TEST-${randomUUID().slice(0, 8).toUpperCase()}`

/** A tenth off, unless told otherwise. */
async function give(code: string, usesMax: number | null = null): Promise<void> {
  await query(
    "insert into discounts (code, label, kind, value, uses_max) values ($1, 'A tenth off', 'percent', 1000, $2)",
    [code, usesMax],
  )
}

async function enter(page: Page, code: string): Promise<void> {
  await page.getByText('Do you have a discount code?').click()
  await page.getByLabel('Discount code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Use the code' }).click()
}

const row = (page: Page, name: RegExp) => page.locator('dl:visible div').filter({ hasText: name }).last()

const paidFor = async (code: string) =>
  query<{ total: number; discount: number }>(
    `select total_minor::int as total, discount_minor::int as discount from orders where discounts @> $1::jsonb`,
    [JSON.stringify([{ code }])],
  )

test('a code entered in the cart lowers the total there, at checkout, at PayPal and on the receipt', async ({
  page,
}) => {
  const expectQuietConsole = watchConsole(page)
  const code = newCode()
  await give(code)
  await putInCart(page, (await takeProduct()).path)
  await page.goto('/cart')
  await enter(page, 'no-such-code')
  await expect(page.getByText('We have no such code.')).toBeVisible()
  await expect(page.getByLabel('Discount code', { exact: true })).toHaveValue('no-such-code')
  await look(page, 'cart-code-refused')
  await page.getByLabel('Discount code', { exact: true }).fill(` ${code.toLowerCase()} `)
  await page.getByRole('button', { name: 'Use the code' }).click()
  await expect(row(page, /A tenth off/)).toBeVisible()
  await look(page, 'cart-code')
  await goToCheckout(page)
  await fillDetails(page)
  const button = await pageButton(page).textContent()
  await look(page, 'checkout-code')
  const paypal = await openPayPal(page)
  await expect(paypal.getByText('Discount')).toBeVisible()
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  await expectReceipt(page)
  await expect(row(page, /A tenth off/)).toBeVisible()
  const [paid] = await paidFor(code)
  expect(paid?.discount).toBeGreaterThan(0)
  expect(button).toContain(((paid?.total ?? 0) / 100).toFixed(2))
  // The next cart begins without it.
  await putInCart(page, (await takeProduct()).path)
  await page.goto('/cart')
  await expect(page.getByText('Do you have a discount code?')).toBeVisible()
  expectQuietConsole()
})

test('a code that somebody else has used up meanwhile shows the new total and asks again before money moves', async ({
  page,
}) => {
  const code = newCode()
  await give(code)
  await putInCart(page, (await takeProduct()).path)
  await page.goto('/cart')
  await enter(page, code)
  await expect(row(page, /A tenth off/)).toBeVisible()
  await goToCheckout(page)
  await fillDetails(page)
  await query('update discounts set active = false where code = $1', [code])
  await pageButton(page).click()
  await expect(page.getByText(/total has changed|price has changed/i).first()).toBeVisible()
  await expect(page.getByText('We have no such code.')).toBeVisible()
  await page.getByRole('button', { name: `Remove the code ${code}` }).click()
  await expect(page.getByText('Do you have a discount code?')).toBeVisible()
  expect(await paidFor(code)).toEqual([])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a code is refused beside its field, used, taken away and used again, and the order has it', async ({
    page,
  }) => {
    const code = newCode()
    await give(code)
    await page.goto((await takeProduct()).path)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.goto('/cart')
    await enter(page, 'nothing')
    await expect(page.getByText('We have no such code.')).toBeVisible()
    await page.getByLabel('Discount code', { exact: true }).fill(code)
    await page.getByRole('button', { name: 'Use the code' }).click()
    await expect(row(page, /A tenth off/)).toBeVisible()
    await page.getByRole('button', { name: `Remove the code ${code}` }).click()
    await goToCheckout(page)
    await enter(page, code)
    await fillDetails(page)
    await pageButton(page).click()
    await page.getByRole('button', { name: 'Pay now' }).click()
    await expectReceipt(page)
    expect(await paidFor(code)).toHaveLength(1)
  })
})

test('an owner makes a discount, a buyer uses it, and of two who change it the second is told', async ({
  page,
  browser,
}) => {
  test.slow()
  const code = newCode()
  await signInAsOwner(page, '/admin/discounts')
  await page.getByRole('link', { name: 'New discount' }).click()
  await page.getByLabel('Code (optional)').fill('!')
  await page.getByLabel('How much (optional)').fill('100')
  await page.getByRole('button', { name: 'Make the discount' }).click()
  await expect(page.getByText('Say what buyers read on their receipt.')).toBeVisible()
  await expect(page.getByText(/^Use 3 to 30 letters/)).toBeVisible()
  await expect(page.getByText('Enter a percentage from 0.01 to 90.')).toBeVisible()
  await look(page, 'admin-discount-refused')
  await page.getByLabel('Name, as buyers read it').fill('For friends')
  await page.getByLabel('Code (optional)').fill(code.toLowerCase())
  await page.getByLabel('How much (optional)').fill('12.5')
  await page.getByLabel('Orders in all (optional)').fill('1')
  await page.getByRole('button', { name: 'Make the discount' }).click()
  await expect(page.getByRole('heading', { level: 1, name: code })).toBeVisible()
  await look(page, 'admin-discount')

  const other = await page.context().newPage()
  await other.goto(page.url())
  const guest = await (await browser.newContext()).newPage()
  await putInCart(guest, (await takeProduct()).path)
  await guest.goto('/cart')
  await enter(guest, code)
  await expect(row(guest, /For friends/)).toBeVisible()
  await goToCheckout(guest)
  await fillDetails(guest, newEmail())
  await pageButton(guest).click()
  await guest.getByRole('button', { name: 'Pay now' }).click()
  await expectReceipt(guest)
  await guest.context().close()

  await page.getByLabel('Name, as buyers read it').fill('For good friends')
  await page.getByRole('button', { name: 'Save the discount' }).click()
  await expect(page.getByText('The discount is changed.')).toBeVisible()
  await other.getByLabel('It can be used').uncheck()
  await other.getByRole('button', { name: 'Save the discount' }).click()
  await expect(other.getByText('Somebody else has changed this discount')).toBeVisible()
  await expect(other.getByLabel('It can be used')).not.toBeChecked()
  await other.close()

  await page.goto('/admin/discounts')
  await expect(page.getByRole('row', { name: new RegExp(code) })).toContainText('1 of 1')
  await look(page, 'admin-discounts')
  await page.goto('/admin/audit?subject=')
  await expect(page.getByText('discount changed').first()).toBeVisible()
  expect((await page.goto('/admin/discounts/999999'))?.status()).toBe(404)
})
