import { expect, test } from 'vitest'

import { SIMULATOR_ACCOUNT, startTestPayPal, type TestPayPal } from './test-paypal'

async function ask(paypal: TestPayPal, method: string, address: string, body?: object): Promise<void> {
  const { clientId, clientSecret } = SIMULATOR_ACCOUNT
  const token = await fetch(`${paypal.url}/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const { access_token } = (await token.json()) as { access_token: string }
  await fetch(`${paypal.url}${address}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
}

const ORDER = { intent: 'CAPTURE', purchase_units: [{ amount: { currency_code: 'USD', value: '10.00' } }] }
const SEARCH = '/v1/reporting/transactions?start_date=2026-01-01T00:00:00Z&end_date=2026-01-02T00:00:00Z'

test.each([
  ['a body', 'POST', '/v2/checkout/orders', { ...ORDER, intend: 'CAPTURE' }, /request of create_order.*intend/s],
  ['an address', 'GET', `${SEARCH}&page_seize=10`, undefined, /query of search_transactions.*page_seize/s],
  ['a number', 'GET', `${SEARCH}&page_size=many`, undefined, /query of search_transactions.*page_size/s],
] as const)(
  '%s that PayPal does not describe is told when its PayPal closes',
  async (_what, method, path, body, told) => {
    const paypal = await startTestPayPal()
    await ask(paypal, method, path, body)
    await expect(paypal.close()).rejects.toThrow(told)
  },
)

test('what PayPal describes, and nonsense that was ordered, close in peace', async () => {
  const paypal = await startTestPayPal()
  await ask(paypal, 'POST', '/v2/checkout/orders', ORDER)
  await ask(paypal, 'GET', `${SEARCH}&page_size=10`)
  await paypal.fault('create_order', 'malformed')
  await ask(paypal, 'POST', '/v2/checkout/orders', ORDER)
  await paypal.close()
})
