import { fill, findForm } from './forms'
import type { Page, RecordingBrowser } from './recorder'

const DETAILS = {
  email: 'buyer@example.com',
  name: 'A Buyer',
  line1: '1 Market Street',
  city: 'San Francisco',
  region: 'CA',
  postalCode: '94105',
}

/** Puts a product in the cart, one more of it, and fills in the checkout, all with plain forms. */
export async function fillCheckout(browser: RecordingBrowser, productSlug: string): Promise<Page> {
  await submit(browser, await browser.get(`/products/${productSlug}`), /Add to cart/)
  await changeCart(browser, 'One more')
  await submit(browser, await browser.get('/checkout'), /name="email"/)
  await submit(browser, await browser.get('/checkout'), /name="line1"/)
  await submit(browser, await browser.get('/checkout'), /name="deliveryMethodId"/)
  return browser.get('/checkout')
}

/** Presses a button of the cart's first line. */
export async function changeCart(browser: RecordingBrowser, button: 'One more' | 'Remove'): Promise<void> {
  await submit(browser, await browser.get('/cart'), new RegExp(`aria-label="${button}`))
}

/** Pays on PayPal's page. Answers the PayPal order's id. */
export async function payOnPage(browser: RecordingBrowser, checkout: Page): Promise<string> {
  const { url } = await submit(browser, checkout, /PayPal’s page/)
  const token = new URL(url).searchParams.get('token')
  if (!token) throw new Error(`the payment does not begin: ${url}`)
  return token
}

async function submit(browser: RecordingBrowser, page: Page, mark: RegExp): Promise<Page> {
  const form = findForm(page.text, mark)
  if (!form) throw new Error(`${page.url} (${page.status}) has no form with ${mark}`)
  const { action, fields } = fill(form, DETAILS)
  return browser.postForm(new URL(action, page.url).href, fields)
}
