import { expect, test, type Page } from '@playwright/test'

import { expectReceipt, fillDetails, goToCheckout, newEmail, openPayPal, pageButton, putInCart } from './support/buying'
import { look, watchConsole } from './support/look'
import { awaitMail, linkIn, readMail } from './support/mailbox'
import { attemptsOf, countOrdersOf, endReview, eventsAbout, letRest, takeProduct } from './support/stage'

async function getReadyToPay(page: Page): Promise<string> {
  const email = newEmail()
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await fillDetails(page, email)
  return email
}

/** Pays so that PayPal keeps the payment for a review, and waits until the shop knows. */
async function payForReview(paypal: Page, email: string): Promise<void> {
  await paypal.getByLabel(/The payment stays pending/).check()
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  await expect.poll(async () => (await attemptsOf(email)).at(-1)).toMatchObject({ state: 'pending', held: 1 })
  await letRest(email)
}

async function lookAtMail(page: Page, html: string, name: string): Promise<void> {
  await page.setContent(html)
  await look(page, name, 'mail')
}

test('a buyer who approves and has closed the shop gets the order, because PayPal tells of the approval', async ({
  page,
  context,
}) => {
  const email = await getReadyToPay(page)
  const paypal = await openPayPal(page)
  await letRest(email)
  await page.close()
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  await expect.poll(async () => (await attemptsOf(email))[0]?.orderNumber).toBeTruthy()
  await expect.poll(async () => eventsAbout(email)).toContain('CHECKOUT.ORDER.APPROVED')
  const orderNumber = (await attemptsOf(email))[0]?.orderNumber ?? ''
  const receipt = await context.newPage()
  await receipt.goto(linkIn(await awaitMail(email, orderNumber), 'Open the receipt'))
  expect(await expectReceipt(receipt)).toBe(orderNumber)
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
})

test('a payment that PayPal checks is told as such, keeps its stock, and becomes the order once it is complete', async ({
  page,
}) => {
  const expectQuietConsole = watchConsole(page)
  const email = await getReadyToPay(page)
  await payForReview(await openPayPal(page), email)
  await page.waitForURL(/checkout\/wait/)
  await expect(page.getByRole('heading', { level: 1, name: 'PayPal is checking your payment' })).toBeVisible()
  await look(page, 'payment-checked')
  const waitPage = page.url()
  const checked = await awaitMail(email, 'PayPal is checking your payment')
  expect(checked.text).toMatch(/please\s+do\s+not\s+pay\s+again/)

  // PayPal's button throws what the shop refuses: a second payment for the same cart.
  expectQuietConsole()
  await page.goto('/checkout')
  await page.getByRole('button', { name: 'Pay with PayPal' }).click()
  await page.waitForURL(/checkout\/wait/)
  expect(await attemptsOf(email)).toHaveLength(1)

  await endReview(email, 'complete')
  await expect.poll(async () => (await attemptsOf(email))[0]?.orderNumber).toBeTruthy()
  await expect.poll(async () => eventsAbout(email)).toContain('PAYMENT.CAPTURE.COMPLETED')
  await page.goto(waitPage)
  const orderNumber = await expectReceipt(page)
  await look(page, 'receipt-after-check')
  expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
  await awaitMail(email, orderNumber)
  expect(await readMail(email)).toHaveLength(2)
  await page.goto('/cart')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
  await lookAtMail(page, checked.html, 'mail-payment-checked')
})

test('a payment that PayPal checks and denies is told, frees its stock, and can be made anew', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  const email = await getReadyToPay(page)
  await pageButton(page).click()
  await page.waitForURL(/checkoutnow/)
  await payForReview(page, email)
  await page.waitForURL(/checkout\/wait/)

  await endReview(email, 'deny')
  await expect.poll(async () => (await attemptsOf(email))[0]).toMatchObject({ state: 'closed', held: 0 })
  await expect.poll(async () => eventsAbout(email)).toContain('PAYMENT.CAPTURE.DENIED')
  const failed = await awaitMail(email, 'did not go through')
  expect(failed.text).toMatch(/No money\s+was\s+taken/)
  await page.getByRole('link', { name: 'Ask again now' }).click()
  await expect(page.getByText('PayPal has checked your payment and did not take it')).toBeVisible()
  await look(page, 'payment-denied')

  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  expect(await countOrdersOf(await expectReceipt(page))).toEqual({ orders: 1, captures: 1 })
  expect((await attemptsOf(email)).map(({ state }) => state)).toEqual(['closed', 'completed'])
  expectQuietConsole()
  await lookAtMail(page, failed.html, 'mail-payment-failed')
})

test('while PayPal checks a payment the cart is free for another order', async ({ page }) => {
  const expectQuietConsole = watchConsole(page)
  const email = await getReadyToPay(page)
  await payForReview(await openPayPal(page), email)
  await page.waitForURL(/checkout\/wait/)
  await expect(page.getByText('what you put into the cart now is an order of its own')).toBeVisible()
  const waitPage = page.url()

  const other = await takeProduct()
  await putInCart(page, other.path)
  await page.goto('/cart')
  await expect(page.getByLabel(/^Quantity of/)).toHaveCount(1)
  await expect(page.getByRole('link', { name: other.name }).first()).toBeVisible()
  await page.goto('/checkout')
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  const second = await expectReceipt(page)
  expect((await attemptsOf(email)).map(({ state, held }) => [state, held])).toEqual([
    ['pending', 1],
    ['completed', 0],
  ])

  await endReview(email, 'complete')
  await expect.poll(async () => (await attemptsOf(email))[0]?.orderNumber).toBeTruthy()
  await page.goto(waitPage)
  const first = await expectReceipt(page)
  expect(first).not.toBe(second)
  for (const orderNumber of [first, second]) {
    expect(await countOrdersOf(orderNumber)).toEqual({ orders: 1, captures: 1 })
  }
  expectQuietConsole()
})
