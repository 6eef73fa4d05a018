import { request as sendRequest } from 'node:http'

import { expect, test, type Page } from '@playwright/test'

import { goToCheckout, newEmail, putInCart, readyToPay } from './support/buying'
import { takeProduct } from './support/stage'

test('the payment doors refuse what is not theirs, and never fail', async ({ page, request, baseURL }) => {
  const ours = { origin: baseURL ?? '' }
  const start = (data: string, headers: Record<string, string> = {}) =>
    request.post('/api/paypal/orders', { data, headers: { ...ours, 'content-type': 'application/json', ...headers } })
  expect((await start('{}')).status()).toBe(409)
  expect((await start('{')).status()).toBe(400)
  expect((await start('{"shownTotalMinor":"all"}')).status()).toBe(400)
  expect((await start(JSON.stringify({ filler: 'x'.repeat(10_000) }))).status()).toBe(413)
  expect((await start('{}', { origin: 'https://elsewhere.example' })).status()).toBe(403)
  expect((await start('{}', { origin: 'null' })).status()).toBe(403)
  expect((await start('{}', { 'x-forwarded-host': 'elsewhere.example' })).status()).toBe(403)
  expect((await request.post('/api/paypal/orders')).status()).toBe(403)
  for (const id of ['7XX00000XX000000X', 'nonsense', '..%2F..%2Fetc', 'A'.repeat(200)]) {
    expect((await request.post(`/api/paypal/orders/${id}/capture`, { headers: ours })).status(), id).toBe(404)
    expect((await request.get(`/api/paypal/orders/${id}`)).status(), id).toBe(404)
  }
  const product = await takeProduct()
  await readyToPay(page, product.path)
  const begun = await page.request.post('/api/paypal/orders', { headers: ours })
  const { id } = (await begun.json()) as { id: string }
  expect((await request.post(`/api/paypal/orders/${id}/capture`, { headers: ours })).status()).toBe(404)
  const early = await page.request.post(`/api/paypal/orders/${id}/capture`, { headers: ours })
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
    await expect(cartBadge(page)).toHaveText('0 items')
  }
})

/** The one in the header, or on a phone the one in reach of a thumb. */
function cartBadge(page: Page) {
  return page.locator('.cart-badge:visible').first()
}

test('a cart that is refused at checkout is not counted in the header any more', async ({ page, context }) => {
  await putInCart(page, (await takeProduct()).path)
  await expect(cartBadge(page)).toHaveText('1 item')
  const url = new URL(page.url()).origin
  await context.addCookies([{ name: 'cartwright_cart', value: 'nonsense', url }])
  await page.goto('/checkout')
  await expect(page.getByText('Your cart is empty')).toBeVisible()
  await expect(cartBadge(page)).toHaveText('0 items')
  await page.goto('/info/terms')
  await expect(cartBadge(page)).toHaveText('0 items')
})

test('oversized forms and impossible addresses get a 4xx', async ({ request }) => {
  const { path } = await takeProduct()
  const huge = await request.post(path, { multipart: { product: 'x'.repeat(3_000_000) } })
  expect(huge.status()).toBe(413)
  for (const address of ['/products/%00', '/categories/%00', '/orders/%00']) {
    expect((await request.get(address)).status(), address).toBe(404)
  }
})

/** A body whose length nobody announces: no client of a browser sends one, so it is written by hand. */
function postInChunks(url: string, type: string, body: Iterable<string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type, origin: new URL(url).origin }
    const sent = sendRequest(url, { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
      response.once('end', () => sent.destroy())
    })
    // Whoever refuses early may hang up while the rest is still on its way; then the answer has been read already.
    sent.once('error', reject)
    for (const chunk of body) sent.write(chunk)
    sent.end()
  })
}

const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'
const PAGES_WITH_FORMS = ['/', '/cart', '/checkout', '/products/x', '/checkout/pay', '/sign-in', '/categories/prints']

test('a form that announces no length is counted, and refused when it is too long', async ({ baseURL }) => {
  const long = Array.from({ length: 40 }, () => 'x'.repeat(50_000))
  for (const path of [...PAGES_WITH_FORMS, '/api/paypal/orders', '/sign-in/with/oidc']) {
    const address = new URL(path, baseURL).href
    expect(await postInChunks(address, FORM, ['a=', ...long]), path).toBe(413)
    expect(await postInChunks(address, `${MULTIPART}; boundary=b`, long), path).toBe(413)
  }
})

test('a form that announces no length and is short arrives', async ({ baseURL }) => {
  const pay = new URL('/checkout/pay', baseURL).href
  expect(await postInChunks(pay, FORM, ['shownTotal', 'Minor=100'])).toBe(303)
})

test('a form that cannot be taken apart is refused, and no page fails over it', async ({ request, baseURL }) => {
  const broken: [type: string, body: string][] = [
    [MULTIPART, ''],
    [MULTIPART, 'garbage'],
    [`${MULTIPART}; boundary=b`, ''],
    [`${MULTIPART}; boundary=b`, 'garbage'],
    [`${MULTIPART}; boundary=b`, '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut sh'],
    ['Multipart/Form-Data; boundary=', '--'],
  ]
  for (const path of PAGES_WITH_FORMS) {
    for (const [type, data] of broken) {
      const what = `${path} ${type} ${data}`
      expect((await request.post(path, { data, headers: { 'content-type': type } })).status(), what).toBe(400)
      expect(await postInChunks(new URL(path, baseURL).href, type, data ? [data] : []), what).toBe(400)
    }
  }
})

test('an address that cannot be decoded is not found', async ({ baseURL }) => {
  for (const path of [
    '/%E0%A4%A',
    '/products/%E0%A4%A',
    '/categories/%FF',
    '/orders/%C0',
    '/account/%',
    '/admin/%E0%A4%A',
  ]) {
    expect((await fetch(new URL(baseURL + path))).status, path).toBe(404)
  }
  const capture = `${baseURL}/api/paypal/orders/%E0%A4%A/capture`
  expect((await fetch(capture, { method: 'POST' })).status).toBe(404)
})

test.describe('an address without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  for (const [what, typed] of [
    ['in wide characters', '長'.repeat(150)],
    ['of thousands of characters', 'long '.repeat(2_000)],
  ] as const) {
    test(`that is too long, ${what}, is shown again with what is wrong`, async ({ page }) => {
      const product = await takeProduct()
      await putInCart(page, product.path)
      await goToCheckout(page)
      await page.getByLabel('E-mail').fill(newEmail())
      await page.getByRole('button', { name: 'Continue to address' }).click()
      for (const label of ['Full name', 'Street and number', 'Town or city']) {
        // A browser keeps to the length that the field allows; a program, or an old browser, does not.
        await page.getByLabel(label).evaluate((field) => field.removeAttribute('maxlength'))
        await page.getByLabel(label).fill(typed)
      }
      await page.getByLabel('ZIP code').fill('94105')
      await page.getByLabel('State').selectOption('CA')
      await page.getByRole('button', { name: 'Continue to delivery' }).click()
      await page.waitForURL(/refused=1/)
      await expect(page.getByText('Keep this under 120 characters.').first()).toBeVisible()
      await expect(page.getByText('Keep this under 80 characters.').first()).toBeVisible()
      await expect(page.getByLabel('ZIP code')).toHaveValue('94105')
    })
  }

  test('that is nothing but control characters counts as empty, as many as there may be', async ({ page }) => {
    await putInCart(page, (await takeProduct()).path)
    await goToCheckout(page)
    await page.getByLabel('E-mail').fill(newEmail())
    await page.getByRole('button', { name: 'Continue to address' }).click()
    for (const label of ['Full name', 'Street and number', 'Flat, floor, company', 'Town or city']) {
      await page.getByLabel(label).evaluate((field) => field.removeAttribute('maxlength'))
      await page.getByLabel(label).fill('\u0001'.repeat(label === 'Town or city' ? 80 : 120))
    }
    await page.getByLabel('ZIP code').fill('94105')
    await page.getByLabel('State').selectOption('CA')
    await page.getByRole('button', { name: 'Continue to delivery' }).click()
    await page.waitForURL(/refused=1/)
    await expect(page.getByText('Enter the street and number.')).toBeVisible()
    await expect(page.getByLabel('ZIP code')).toHaveValue('94105')
  })
})

const MISSING = [
  '/nowhere',
  '/products/nothing',
  '/categories/nothing',
  '/categories/prints/nothing',
  '/info/nothing',
  '/home/nothing',
  '/orders/AAAAA-AAAAA',
  '/checkout/wait?token=NOPE',
]

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('unknown pages and receipts are 404 with a way on', async ({ page }) => {
      for (const path of MISSING) {
        const response = await page.goto(path)
        expect(response?.status(), path).toBe(404)
        await expect(page.getByRole('heading', { name: 'There is nothing on this sheet' }), path).toBeVisible()
        await expect(page.getByRole('main').getByRole('link', { name: 'To the shop' })).toBeVisible()
      }
    })
  })
}
