import { randomUUID } from 'node:crypto'

import { expect, type Locator, type Page } from '@playwright/test'

import { takeProduct } from './stage'

/** What a person does between the product page and PayPal. Names are those on the page. */
export async function putInCart(page: Page, productPath: string): Promise<void> {
  await page.goto(productPath)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText(/In your cart|Added|is in your cart/i).first()).toBeVisible()
}

export async function goToCheckout(page: Page): Promise<void> {
  await page.goto('/cart')
  await page.getByRole('link', { name: 'Check out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Checkout' })).toBeVisible()
}

/** Another person each time: payments are counted by e-mail address too. */
export function newEmail(): string {
  return `buyer-${randomUUID().slice(0, 8)}@example.com`
}

/** Contact, address in California, the first delivery method. */
export async function fillDetails(
  page: Page,
  email = newEmail(),
  { pauseAtDelivery = async () => {} }: { pauseAtDelivery?: () => Promise<void> } = {},
): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Continue to address' }).click()
  await page.getByLabel('Full name').fill('A Buyer')
  await page.getByLabel('Street and number').fill('1 Market Street')
  await page.getByLabel('ZIP code').fill('94105')
  await page.getByLabel('Town or city').fill('San Francisco')
  await page.getByLabel('State').selectOption('CA')
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await expect(page.getByRole('button', { name: 'Continue to payment' })).toBeVisible()
  await pauseAtDelivery()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await expect(pageButton(page)).toBeVisible()
}

/** The way to PayPal that needs no script. */
export function pageButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Pay .* on PayPal’s page$/ })
}

export async function readyToPay(page: Page, productPath: string): Promise<void> {
  await putInCart(page, productPath)
  await goToCheckout(page)
  await fillDetails(page)
}

/** Opens PayPal's window with PayPal's own button and returns it. */
export async function openPayPal(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Pay with PayPal' }).click()
  const paypal = await opened
  await paypal.waitForURL(/checkoutnow/)
  return paypal
}

export async function expectReceipt(page: Page): Promise<string> {
  await page.waitForURL(/\/orders\//)
  await expect(page.getByRole('heading', { level: 1, name: 'Thank you. Your order is placed' })).toBeVisible()
  const orderNumber = new URL(page.url()).pathname.split('/').at(-1)
  if (!orderNumber) throw new Error('the receipt has no number')
  return orderNumber
}

/** From the product page to the receipt, by PayPal's window. Answers the order's number. */
export async function buySomething(page: Page, email = newEmail()): Promise<string> {
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await fillDetails(page, email)
  const paypal = await openPayPal(page)
  await paypal.getByRole('button', { name: /^Pay/ }).click()
  return expectReceipt(page)
}
