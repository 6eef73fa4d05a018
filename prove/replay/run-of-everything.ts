import type { ShopWorld } from '../harness/shop-world'
import { changeCart, fillCheckout, payOnPage } from './form-shopper'
import { RecordingBrowser, type RecordedRequest } from './recorder'

/** What people do with the shop, from the first page to the last, with each request written down. */
export async function shopInEveryWay(
  { paypal, spoiled, shopUrls: [shopUrl = ''] }: ShopWorld,
  productSlug: string,
  log: RecordedRequest[],
): Promise<void> {
  const begin = async () => {
    const browser = new RecordingBrowser(shopUrl, log)
    return { browser, checkout: await fillCheckout(browser, productSlug) }
  }
  const onPage = async (funding: string) => {
    const { browser, checkout } = await begin()
    const paypalOrderId = await payOnPage(browser, checkout)
    await paypal.approve(paypalOrderId, funding)
    await browser.get(`/checkout/return?token=${paypalOrderId}`)
    return { browser, paypalOrderId }
  }
  const withButton = async () => {
    const { browser } = await begin()
    const paypalOrderId = await pressButton(browser)
    await paypal.approve(paypalOrderId)
    await browser.postJson(`/api/paypal/orders/${paypalOrderId}/capture`, {})
    return { browser, paypalOrderId }
  }

  await onPage('balance')
  const bought = await withButton()
  await bought.browser.get(`/api/paypal/orders/${bought.paypalOrderId}`)
  await bought.browser.get(`/checkout/return?token=${bought.paypalOrderId}`)

  // Declined, and paid by other means.
  const declined = await onPage('declined_card')
  await paypal.approve(declined.paypalOrderId)
  await declined.browser.get(`/checkout/return?token=${declined.paypalOrderId}`)

  // The money cannot become an order and goes back.
  const unlucky = await begin()
  const spoiledId = await pressButton(unlucky.browser)
  spoiled.add(spoiledId)
  await paypal.approve(spoiledId)
  await unlucky.browser.postJson(`/api/paypal/orders/${spoiledId}/capture`, {})

  // Pressed twice, cancelled, and left for good.
  const left = await begin()
  await pressButton(left.browser)
  await pressButton(left.browser)
  await left.browser.get('/checkout/cancel')

  // Changed the cart in mid-payment, paid for what it is now, and approved the former payment as well.
  const changed = await begin()
  const formerId = await pressButton(changed.browser)
  await changeCart(changed.browser, 'One more')
  const presentId = await pressButton(changed.browser)
  await paypal.approve(presentId)
  await changed.browser.get(`/checkout/return?token=${presentId}`)
  await paypal.approve(formerId)
  await changed.browser.get(`/checkout/return?token=${formerId}`)

  // Emptied the cart.
  const emptied = await begin()
  await changeCart(emptied.browser, 'Remove')
  await emptied.browser.get('/checkout')

  // Approved, and the browser closed.
  const away = await begin()
  await paypal.approve(await pressButton(away.browser))
}

async function pressButton(browser: RecordingBrowser): Promise<string> {
  const { status, text } = await browser.postJson('/api/paypal/orders', {})
  const { id } = JSON.parse(text) as { id?: unknown }
  if (typeof id !== 'string') throw new Error(`the payment does not begin: ${status} ${text}`)
  return id
}
