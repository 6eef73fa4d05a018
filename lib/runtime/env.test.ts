import { describe, expect, test } from 'vitest'

import { EnvironmentError, parseEnvironment } from './env'

const SIMULATOR = {
  DATABASE_URL: 'postgres://shop@localhost:5432/shop',
  APP_URL: 'http://localhost:3000',
  SESSION_SECRET: '0123456789abcdef0123456789abcdef',
  PAYPAL_ENVIRONMENT: 'simulator',
  PAYPAL_CLIENT_ID: 'client',
  PAYPAL_CLIENT_SECRET: 'confidential',
  PAYPAL_MERCHANT_ID: 'ABCDEFGHJKLM2',
  PAYPAL_SIMULATOR_URL: 'http://localhost:4010',
  SMTP_URL: 'smtp://localhost:4025',
  MAIL_FROM: 'Shop <orders@shop.example>',
  MEDIA_DIR: './media',
}
const { PAYPAL_SIMULATOR_URL: _simulatorOnly, ...WITHOUT_SIMULATOR } = SIMULATOR
const SANDBOX = { ...WITHOUT_SIMULATOR, PAYPAL_ENVIRONMENT: 'sandbox' }
const LIVE = {
  ...SANDBOX,
  PAYPAL_ENVIRONMENT: 'live',
  APP_URL: 'https://shop.example',
  PAYPAL_WEBHOOK_ID: '8PT597110X687430L',
}

function problemsOf(source: Record<string, string | undefined>): readonly string[] {
  try {
    parseEnvironment(source)
    return []
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems
    throw error
  }
}

describe('a complete environment', () => {
  test.each([
    ['simulator', SIMULATOR],
    ['sandbox', SANDBOX],
    ['live', LIVE],
  ])('for %s is accepted', (_name, source) => {
    expect(problemsOf(source)).toEqual([])
  })

  test('needs no word about the worker and the log', () => {
    expect(parseEnvironment(SIMULATOR)).toMatchObject({ WORKER: 'in-process', LOG_LEVEL: 'info' })
  })

  test('treats a variable that is set to nothing as missing', () => {
    expect(parseEnvironment({ ...SIMULATOR, LOG_LEVEL: '', WORKER: '' })).toMatchObject({ LOG_LEVEL: 'info' })
    expect(problemsOf({ ...SIMULATOR, PAYPAL_CLIENT_ID: '' })).toEqual(['PAYPAL_CLIENT_ID is missing'])
  })
})

describe('what is missing or wrong', () => {
  const required = Object.keys(SANDBOX)

  test('everything that is missing is named at once, each variable in one line', () => {
    const problems = problemsOf({})
    expect(problems).toHaveLength(required.length)
    for (const name of required) expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1)
  })

  test.each(required)('%s is named when it alone is missing', (name) => {
    const problems = problemsOf({ ...SANDBOX, [name]: undefined })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name}\\b`))
  })

  test.each([
    ['DATABASE_URL', 'mysql://shop@localhost/shop'],
    ['APP_URL', 'shop.example'],
    ['APP_URL', 'javascript:void'],
    ['SESSION_SECRET', 'a'.repeat(31)],
    ['PAYPAL_ENVIRONMENT', 'production'],
    ['PAYPAL_MERCHANT_ID', 'shop@example.com'],
    ['PAYPAL_INVOICE_PREFIX', 'my shop'],
    ['PAYPAL_SIMULATOR_URL', 'localhost:4010'],
    ['PAYPAL_WEBHOOK_ID', 'https://shop.example/api/paypal/webhooks'],
    ['SMTP_URL', 'http://localhost:25'],
    ['SMTP_URL', 'mail.example:25'],
    ['SMTP_URL', 'smtp://mail.example/?pool=true'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@shop.example, b@shop.example'],
    ['MAIL_FROM', 'Shop\r\nBcc: b@shop.example <a@shop.example>'],
    ['WORKER', 'somewhere'],
    ['TRUSTED_PROXIES', 'yes'],
    ['TRUSTED_PROXIES', '99'],
    ['RATE_LIMITS', 'maybe'],
    ['LOG_LEVEL', 'loud'],
  ])('%s cannot be %s, and the message does not repeat the value', (name, value) => {
    const problems = problemsOf({ ...SIMULATOR, [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name}\\b`))
    expect(problems[0]).not.toContain(value)
  })

  test('the error an operator reads lists every problem', () => {
    const parse = () => parseEnvironment({ ...SIMULATOR, APP_URL: undefined, MEDIA_DIR: undefined })
    expect(parse).toThrow(EnvironmentError)
    expect(parse).toThrow(/APP_URL[^]*MEDIA_DIR/)
  })
})

describe('what contradicts itself', () => {
  test('a simulator without its address', () => {
    expect(problemsOf({ ...SIMULATOR, PAYPAL_SIMULATOR_URL: undefined })).toEqual([
      'PAYPAL_SIMULATOR_URL is missing: PAYPAL_ENVIRONMENT is simulator',
    ])
  })

  test.each([
    ['sandbox', SANDBOX],
    ['live', LIVE],
  ])('the address of a simulator in %s', (name, source) => {
    expect(problemsOf({ ...source, PAYPAL_SIMULATOR_URL: 'http://localhost:4010' })).toEqual([
      `PAYPAL_SIMULATOR_URL is set, but PAYPAL_ENVIRONMENT is ${name}`,
    ])
  })

  test.each([
    ['sandbox', SANDBOX],
    ['live', LIVE],
  ])('an authority of our own for webhooks in %s', (name, source) => {
    expect(problemsOf({ ...source, PAYPAL_WEBHOOK_CA: './authority.pem' })).toEqual([
      `PAYPAL_WEBHOOK_CA is set, but PAYPAL_ENVIRONMENT is ${name}`,
    ])
    expect(problemsOf({ ...SIMULATOR, PAYPAL_WEBHOOK_CA: './authority.pem' })).toEqual([])
  })

  test('live without a registered webhook; the sandbox may do without', () => {
    expect(problemsOf({ ...LIVE, PAYPAL_WEBHOOK_ID: undefined })).toEqual([
      'PAYPAL_WEBHOOK_ID is missing: PAYPAL_ENVIRONMENT is live (npm run paypal:webhooks -- register)',
    ])
    expect(problemsOf(SANDBOX)).toEqual([])
    expect(parseEnvironment({ ...LIVE, PAYPAL_WEBHOOK_ID: undefined }, { registers: true }).APP_URL).toBe(LIVE.APP_URL)
  })

  test.each([
    ['sandbox', SANDBOX],
    ['live', LIVE],
  ])('%s without limits on tries', (name, source) => {
    expect(problemsOf({ ...source, RATE_LIMITS: 'off' })).toEqual([
      `RATE_LIMITS is off, but PAYPAL_ENVIRONMENT is ${name}`,
    ])
    expect(problemsOf({ ...SIMULATOR, RATE_LIMITS: 'off' })).toEqual([])
  })

  // The second would be served over https, but cookies are marked secure by the plain spelling.
  test.each(['http://shop.example', 'HTTPS://shop.example'])('live without https: %s', (address) => {
    expect(problemsOf({ ...LIVE, APP_URL: address })).toEqual(['APP_URL must be https when PAYPAL_ENVIRONMENT is live'])
  })

  test.each(['sandbox', 'live'])('the example secret in %s', (name) => {
    const secret = 'demo-only-0123456789abcdef0123456789'
    expect(problemsOf({ ...LIVE, PAYPAL_ENVIRONMENT: name, SESSION_SECRET: secret })).toEqual([
      'SESSION_SECRET still has its example value',
    ])
    expect(problemsOf({ ...SIMULATOR, SESSION_SECRET: secret })).toEqual([])
  })

  test('contradictions are listed together with what is missing, so that one start shows all of it', () => {
    const source = {
      ...LIVE,
      APP_URL: 'http://shop.example',
      PAYPAL_SIMULATOR_URL: 'http://localhost:4010',
      PAYPAL_CLIENT_ID: undefined,
    }
    expect(problemsOf(source)).toEqual([
      'PAYPAL_CLIENT_ID is missing',
      'PAYPAL_SIMULATOR_URL is set, but PAYPAL_ENVIRONMENT is live',
      'APP_URL must be https when PAYPAL_ENVIRONMENT is live',
    ])
  })
})
