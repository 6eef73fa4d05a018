import { expect, test, type Page } from '@playwright/test'

import { buySomething } from '../support/buying'
import { look, watchConsole } from '../support/look'
import { query, readLedger } from '../support/stage'
import { signInAsOwner } from '../support/staff'
import { strayMoney } from '../support/stray-money'

const cardOf = (page: Page, paypalCaptureId: string) =>
  page
    .getByRole('region', { name: 'Money without an order' })
    .filter({ has: page.getByText(paypalCaptureId, { exact: true }) })

async function decideOn(page: Page, paypalCaptureId: string, decision: string): Promise<void> {
  const card = cardOf(page, paypalCaptureId)
  await card.getByLabel('What is to be done').selectOption({ label: decision })
  await card.getByRole('button', { name: 'Decide' }).click()
}

const incidentOf = async (paypalCaptureId: string) =>
  (
    await query<{ resolution: string; orderNumber: string | null }>(
      `select i.resolution, o.order_number as "orderNumber" from payment_incidents i left join orders o on o.id = i.order_id
       where i.paypal_capture_id = $1`,
      [paypalCaptureId],
    )
  )[0]

const refundsAtPayPal = async (paypalCaptureId: string) =>
  (await readLedger()).filter(({ kind, captureId }) => kind === 'refund' && captureId === paypalCaptureId).length

test('money without an order is made the order it was for, once the catalogue knows again what was bought', async ({
  page,
  browser,
}) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const { paypalCaptureId, mendCatalogue } = await strayMoney(browser)
  await signInAsOwner(page, '/admin/payments')
  const card = cardOf(page, paypalCaptureId)
  await expect(card).toContainText('San Francisco')
  await look(page, 'admin-stray-money')
  await decideOn(page, paypalCaptureId, 'Make the order that it was for')
  await expect(card.getByText('That is not possible here (unknown item).')).toBeVisible()
  await mendCatalogue()
  await card.getByLabel('Why').fill('The row is back')
  await decideOn(page, paypalCaptureId, 'Make the order that it was for')
  await expect(page.getByText('Decided, and carried out.')).toBeVisible()
  await expect(card).toHaveCount(0)
  const incident = await incidentOf(paypalCaptureId)
  expect(incident).toMatchObject({ resolution: 'adopted' })
  await page.goto(`/admin/orders/${incident?.orderNumber}`)
  await expect(page.getByRole('region', { name: 'Money', exact: true })).toContainText(paypalCaptureId)
  await expect(page.getByText('San Francisco').first()).toBeVisible()
  expect(await refundsAtPayPal(paypalCaptureId)).toBe(0)
  expectQuietConsole()
})

test('money without an order is linked to an order that is there, which has to be named', async ({ page, browser }) => {
  test.slow()
  const buyer = await browser.newContext()
  const orderNumber = await buySomething(await buyer.newPage())
  await buyer.close()
  const { paypalCaptureId, mendCatalogue } = await strayMoney(browser)
  await signInAsOwner(page, '/admin/payments')
  const card = cardOf(page, paypalCaptureId)
  await decideOn(page, paypalCaptureId, 'It belongs to an order that is there')
  await expect(card.getByText('Write the number of the order, such as 7K4MQ-2XTVH.')).toBeVisible()
  await card.getByLabel('Order, if it belongs to one').fill('00000-00000')
  await decideOn(page, paypalCaptureId, 'It belongs to an order that is there')
  await expect(card.getByText('There is no order of this number that it could belong to.')).toBeVisible()
  await look(page, 'admin-stray-money-linked-nowhere')
  await card.getByLabel('Order, if it belongs to one').fill(orderNumber)
  await card.getByLabel('Why').fill(`They paid ${orderNumber} twice`)
  await decideOn(page, paypalCaptureId, 'It belongs to an order that is there')
  await expect(page.getByText('Decided, and carried out.')).toBeVisible()
  await expect(page.getByText(`They paid ${orderNumber} twice`)).toBeVisible()
  expect(await incidentOf(paypalCaptureId)).toEqual({ resolution: 'linked', orderNumber })
  expect(await refundsAtPayPal(paypalCaptureId)).toBe(0)
  await mendCatalogue()
})
