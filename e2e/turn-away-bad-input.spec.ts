import { expect, test } from '@playwright/test'

import { putInCart, readyToPay } from './support/buying'
import { takeProduct } from './support/stage'

test('the payment doors refuse what is not theirs, and never fail', async ({ page, request }) => {
  const start = (data: string, headers: Record<string, string> = {}) =>
    request.post('/api/paypal/orders', { data, headers: { 'content-type': 'application/json', ...headers } })
  expect((await start('{}')).status()).toBe(409)
  expect((await start('{')).status()).toBe(400)
  expect((await start('{"shownTotalMinor":"all"}')).status()).toBe(400)
  expect((await start(JSON.stringify({ filler: 'x'.repeat(10_000) }))).status()).toBe(413)
  expect((await start('{}', { origin: 'https://elsewhere.example' })).status()).toBe(403)
  expect((await start('{}', { origin: 'null' })).status()).toBe(403)
  for (const id of ['7XX00000XX000000X', 'nonsense', '..%2F..%2Fetc', 'A'.repeat(200)]) {
    expect((await request.post(`/api/paypal/orders/${id}/capture`)).status(), id).toBe(404)
    expect((await request.get(`/api/paypal/orders/${id}`)).status(), id).toBe(404)
  }
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const begun = await page.request.post('/api/paypal/orders')
  const { id } = (await begun.json()) as { id: string }
  expect((await request.post(`/api/paypal/orders/${id}/capture`)).status()).toBe(404)
  const early = await page.request.post(`/api/paypal/orders/${id}/capture`)
  expect(early.status()).toBe(402)
  expect(await early.json()).toMatchObject({ notice: 'not_approved' })
})

test('a tampered, foreign or oversized cart cookie is an empty cart', async ({ page, context }) => {
  const product = await takeProduct()
  await putInCart(page, product.path)
  const sealed = (await context.cookies()).find((cookie) => cookie.name === 'cartwright_cart')
  const url = new URL(page.url()).origin
  for (const value of [`${sealed?.value.slice(0, -5)}AAAAA`, 'nonsense', 'x'.repeat(4_050)]) {
    await context.addCookies([{ name: 'cartwright_cart', value, url }])
    const response = await page.goto('/cart')
    expect(response?.status()).toBe(200)
    await expect(page.getByText('Nothing here yet')).toBeVisible()
  }
})

test('oversized forms and impossible addresses get a 4xx', async ({ request }) => {
  const { path } = await takeProduct()
  const huge = await request.post(path, { multipart: { product: 'x'.repeat(3_000_000) } })
  expect(huge.status()).toBe(413)
  for (const address of ['/products/%00', '/categories/%00', '/orders/%00']) {
    expect((await request.get(address)).status(), address).toBe(404)
  }
})

test('unknown pages and receipts are 404 with a way on', async ({ page }) => {
  for (const path of [
    '/nowhere',
    '/products/nothing',
    '/categories/nothing',
    '/orders/AAAAA-AAAAA',
    '/checkout/wait?token=NOPE',
  ]) {
    const response = await page.goto(path)
    expect(response?.status(), path).toBe(404)
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
  }
})
