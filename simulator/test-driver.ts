import { startSimulator, type RunningSimulator, type StartOptions } from './start-simulator'
import type { FaultKind } from './faults'
import type { Operation } from './operations'

// Loosely typed on purpose: the tests look at JSON the way a foreign program does.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any
export type Reply = { status: number; body: Json; headers: Headers }
export type Options = {
  headers?: Record<string, string>
  body?: unknown
  requestId?: string
  prefer?: 'representation'
}

/** What the tests need to play shop, buyer and operator against one simulator. */
export type Driver = {
  url: string
  close: () => Promise<void>
  call(method: string, path: string, options?: Options): Promise<Reply>
  create(body?: unknown, requestId?: string): Promise<Reply>
  capture(orderId: string, requestId?: string): Promise<Reply>
  refund(captureId: string, body?: unknown, requestId?: string): Promise<Reply>
  /** Creates, approves and captures; answers the order's and the capture's id. */
  pay(body?: unknown, funding?: string): Promise<{ orderId: string; captureId: string }>
  approve(orderId: string, funding?: string): Promise<Reply>
  control(method: string, path: string, body?: unknown): Promise<Reply>
  fault(operation: Operation | 'any', fault: FaultKind, more?: object): Promise<Reply>
  token(): Promise<string>
}

export const MERCHANT = 'SHMERCHANT234'
let counter = 0
/** A fresh request id. */
export const newId = (): string => `test-${(counter += 1)}`

export async function startDriver(dataDir: string | null = null, options: Partial<StartOptions> = {}): Promise<Driver> {
  const running: RunningSimulator = await startSimulator({
    port: 0,
    dataDir,
    clientId: 'shop',
    clientSecret: 'secret',
    merchantId: MERCHANT,
    ...options,
  })
  const token = async () =>
    (await send(running.url, 'POST', '/v1/oauth2/token', tokenRequest)).body.access_token as string
  let bearer = await token()
  const call: Driver['call'] = (method, path, { headers = {}, body, requestId, prefer } = {}) =>
    send(running.url, method, path, {
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(requestId === undefined ? {} : { 'paypal-request-id': requestId }),
        ...(prefer === undefined ? {} : { prefer: `return=${prefer}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const control: Driver['control'] = (method, path, body) =>
    send(running.url, method, `/_simulator${path}`, {
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const driver: Driver = {
    url: running.url,
    close: running.close,
    call,
    control,
    create: (body = orderBody(), requestId = newId()) => call('POST', '/v2/checkout/orders', { body, requestId }),
    capture: (orderId, requestId = newId()) =>
      call('POST', `/v2/checkout/orders/${orderId}/capture`, { body: {}, requestId }),
    refund: (captureId, body = {}, requestId = newId()) =>
      call('POST', `/v2/payments/captures/${captureId}/refund`, {
        body,
        requestId,
        prefer: 'representation',
      }),
    approve: (orderId, funding = 'balance') => control('POST', `/orders/${orderId}/approve`, { funding }),
    pay: async (body = orderBody(), funding = 'balance') => {
      const orderId: string = (await driver.create(body)).body.id
      await driver.approve(orderId, funding)
      const captured = await driver.capture(orderId)
      return { orderId, captureId: captured.body.purchase_units[0].payments.captures[0].id }
    },
    fault: (operation, fault, more = {}) => control('POST', '/faults', { operation, fault, ...more }),
    token: async () => (bearer = await token()),
  }
  return driver
}

const tokenRequest = {
  headers: {
    authorization: `Basic ${Buffer.from('shop:secret').toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: 'grant_type=client_credentials',
}

async function send(url: string, method: string, path: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(`${url}${path}`, { ...init, method, redirect: 'manual' })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return {
    status: response.status,
    body: isJson && text !== '' ? parse(text) : text,
    headers: response.headers,
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const usd = (value: string) => ({ currency_code: 'USD', value })

/** A complete create-order body: two items, delivery, tax and discount, 42.50 USD in all. */
export function orderBody(unit: object = {}, experience: object = {}): Json {
  return {
    intent: 'CAPTURE',
    purchase_units: [
      {
        custom_id: '0b54f0a6-0f2c-4b0e-9f0a-3d3f7a0a6a11',
        amount: {
          ...usd('42.50'),
          breakdown: {
            item_total: usd('38.00'),
            shipping: usd('5.00'),
            tax_total: usd('2.50'),
            discount: usd('3.00'),
          },
        },
        items: [
          {
            name: 'Contour No. 14, A3',
            sku: 'CON-14-A3',
            quantity: '1',
            unit_amount: usd('30.00'),
            category: 'PHYSICAL_GOODS',
          },
          {
            name: 'Card, woven grid',
            sku: 'CRD-02',
            quantity: '2',
            unit_amount: usd('4.00'),
            category: 'PHYSICAL_GOODS',
          },
        ],
        shipping: {
          name: { full_name: 'Sample Buyer' },
          address: {
            address_line_1: '1 Main Street',
            admin_area_2: 'San Jose',
            admin_area_1: 'CA',
            postal_code: '95131',
            country_code: 'US',
          },
        },
        ...unit,
      },
    ],
    payment_source: {
      paypal: {
        experience_context: {
          brand_name: 'Plotterhouse',
          locale: 'en-US',
          shipping_preference: 'SET_PROVIDED_ADDRESS',
          user_action: 'PAY_NOW',
          return_url: 'https://shop.example/return?from=paypal',
          cancel_url: 'https://shop.example/cancel',
          ...experience,
        },
      },
    },
  }
}
