import { expect, test, type Locator, type Page } from '@playwright/test'

import { newEmail, putInCart } from './support/buying'
import { takeProduct } from './support/stage'

// What the forms send without JavaScript can be sent by anybody, with anything in it.
test.use({ javaScriptEnabled: false })

/** Sends a page's form as it stands there, but with other values, and answers what the shop says. */
async function forge(page: Page, form: Locator, values: Record<string, string>): Promise<string> {
  const hidden: Record<string, string> = {}
  for (const input of await form.locator('input[type=hidden], input:checked').all()) {
    hidden[(await input.getAttribute('name')) ?? ''] = (await input.getAttribute('value')) ?? ''
  }
  const response = await page.request.post(page.url(), {
    multipart: { ...hidden, ...values },
    headers: { origin: new URL(page.url()).origin },
  })
  expect(response.status(), JSON.stringify(values)).toBeLessThan(500)
  return (await response.text()).replaceAll(/<script.*?<\/script>/gs, '')
}

test('a forged product form puts nothing into the cart and says why', async ({ page }) => {
  await page.goto((await takeProduct()).path)
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Add to cart' }) })
  for (const quantity of ['0', '-1', '100', '1.5', 'many', '9'.repeat(400)]) {
    expect(await forge(page, form, { quantity })).toContain('Enter a whole number from 1 to 99.')
  }
  for (const product of ['nothing', '', '%00', 'x'.repeat(5_000)]) {
    expect(await forge(page, form, { product, quantity: '1' })).toContain('This combination is not made.')
  }
  for (const variantId of ['0', '-1', 'x', '2147483648']) {
    expect(await forge(page, form, { variantId, quantity: '1' })).toContain('Choose what you would like first.')
  }
  expect(await forge(page, form, { variantId: '2147483647', quantity: '1' })).toMatch(/role="alert"/)
  await page.goto('/cart')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
})

test('a forged checkout form is refused beside its field, and an empty cart has no checkout', async ({ page }) => {
  await page.goto('/checkout')
  await expect(page.getByLabel('E-mail')).toHaveCount(0)
  await putInCart(page, (await takeProduct()).path)

  await page.goto('/checkout')
  const contact = page.locator('form').filter({ has: page.getByLabel('E-mail') })
  for (const email of ['', 'nobody', 'a@b', `${'x'.repeat(300)}@example.com`]) {
    expect(await forge(page, contact, { email })).toMatch(/id="email-error"/)
  }
  await page.getByLabel('E-mail').fill(newEmail())
  await page.getByRole('button', { name: 'Continue to address' }).click()
  await expect(page.getByLabel('Full name')).toBeVisible()

  const address = page.locator('form').filter({ has: page.getByLabel('Full name') })
  const good = {
    name: 'A Buyer',
    line1: '1 Market Street',
    line2: '',
    city: 'San Francisco',
    region: 'CA',
    postalCode: '94105',
    country: 'US',
  }
  const refusals: [Partial<typeof good>, string][] = [
    [{ country: 'CN' }, 'Choose a country we deliver to.'],
    [{ country: '__proto__' }, 'Choose a country we deliver to.'],
    [{ postalCode: 'EC1A 1BB' }, 'Enter a valid ZIP code for United States, like 94107.'],
    [{ region: 'ZZ' }, 'Choose a state.'],
    [{ name: '' }, 'Enter the full name.'],
    [{ city: 'x'.repeat(200) }, 'Keep this under 80 characters.'],
  ]
  for (const [wrong, message] of refusals) {
    expect(await forge(page, address, { ...good, ...wrong })).toContain(message)
  }
})
