import { expect, test, type Page } from '@playwright/test'

import { expectReceipt, goToCheckout, newEmail, openPayPal, pageButton, putInCart } from './support/buying'
import { watchConsole } from './support/look'
import { query, takeProduct } from './support/stage'

interface Abroad {
  readonly country: string
  readonly address: Readonly<Record<string, string>>
  readonly method: string
  readonly tax: string
}

const GERMANY: Abroad = {
  country: 'DE',
  address: {
    'Full name': 'A Buyer',
    'Street and number': '1 Unter den Linden',
    'Postal code': '10117',
    'Town or city': 'Berlin',
  },
  method: 'Tracked parcel',
  tax: 'of which VAT 19 %',
}
const BRITAIN: Abroad = {
  country: 'GB',
  address: { 'Full name': 'A Buyer', 'Street and number': '1 Strand', Postcode: 'WC2N 5HR', 'Town or city': 'London' },
  method: 'Standard',
  tax: 'of which VAT 20 %',
}

async function expectTyped(page: Page, { country, address }: Abroad): Promise<void> {
  await expect(page.getByLabel('Country')).toHaveValue(country)
  await expect(page.getByLabel('State')).toHaveCount(0)
  for (const [label, value] of Object.entries(address)) await expect(page.getByLabel(label)).toHaveValue(value)
}

async function chooseDelivery(page: Page, { method }: Abroad): Promise<void> {
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await page.getByRole('radio', { name: method }).check()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(pageButton(page)).toBeVisible()
}

for (const abroad of [GERMANY, BRITAIN]) {
  test(`an order to ${abroad.country} asks for the address as it is written there, and has its tax in the price`, async ({
    page,
  }) => {
    const expectQuietConsole = watchConsole(page)
    await putInCart(page, (await takeProduct()).path)
    await goToCheckout(page)
    await page.getByLabel('E-mail').fill(newEmail())
    await page.getByRole('button', { name: 'Continue to address' }).click()
    await page.getByLabel('Country').selectOption(abroad.country)
    for (const [label, value] of Object.entries(abroad.address)) await page.getByLabel(label).fill(value)
    await chooseDelivery(page, abroad)
    // On a phone the totals are behind "Show" until they are wanted.
    await expect(page.getByText(abroad.tax).first()).toBeAttached()
    const paypal = await openPayPal(page)
    await paypal.getByRole('button', { name: 'Pay now' }).click()
    const orderNumber = await expectReceipt(page)
    await expect(page.getByText(abroad.tax).filter({ visible: true })).toHaveCount(1)
    const [order] = await query<{ country: string; items: number; delivery: number; tax: number; total: number }>(
      `select address_country as country, items_minor::int as items, delivery_minor::int as delivery, tax_minor::int as tax,
         total_minor::int as total from orders where order_number = $1`,
      [orderNumber],
    )
    expect(order?.country).toBe(abroad.country)
    expect(order?.delivery).toBeGreaterThan(0)
    expect(order?.tax).toBeGreaterThan(0)
    expect(order?.total).toBe((order?.items ?? 0) + (order?.delivery ?? 0))
    expectQuietConsole()
  })
}

test('what was filled in is there after a reload, after Back, and after a payment that was not made', async ({
  page,
}) => {
  const email = newEmail()
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Continue to address' }).click()
  await page.getByLabel('Country').selectOption('DE')
  for (const [label, value] of Object.entries(GERMANY.address)) await page.getByLabel(label).fill(value)
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await expect(page.getByRole('button', { name: 'Continue to payment' })).toBeVisible()
  await page.reload()
  await expect(page.getByText('1 Unter den Linden')).toBeVisible()

  await page.getByRole('radio', { name: GERMANY.method }).check()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  const expectAll = async () => {
    await expect(pageButton(page)).toBeVisible()
    for (const text of [email, '1 Unter den Linden', '10117 Berlin', GERMANY.method]) {
      await expect(page.getByText(text).first()).toBeVisible()
    }
  }
  await expectAll()
  const declining = await openPayPal(page)
  await declining.getByRole('button', { name: /^Cancel/ }).click()
  await expect(page.getByText('You came back without paying')).toBeVisible()
  await expectAll()
  await page.goto('/cart')
  await page.goBack()
  await expectAll()
  await page
    .getByRole('link', { name: /address/i })
    .first()
    .click()
  await expectTyped(page, GERMANY)
})
