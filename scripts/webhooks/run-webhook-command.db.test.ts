import { execFile } from 'node:child_process'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { WEBHOOK_EVENTS } from '@/lib/domain/webhook'
import { parseEnvironment } from '@/lib/runtime/env'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'
import { buy, newBuyer } from '@/testing/test-buyer'
import { dealWithEvents, openWebhookShop, readInbox, type WebhookShop } from '@/testing/test-webhooks'

import { runWebhookCommand } from './run-webhook-command'
import { readWebhookCommand } from './webhook-command'

let shop: WebhookShop

beforeAll(async () => {
  shop = await openWebhookShop()
})
beforeEach(() => shop.paypal.drainWebhooks())
afterAll(() => shop.close())

interface Settings {
  readonly appUrl?: string
  readonly webhookId?: string
}

function environment({ appUrl = shopUrl(), webhookId }: Settings): Record<string, string> {
  return {
    DATABASE_URL: shop.databaseUrl,
    APP_URL: appUrl,
    SESSION_SECRET: 'of no use here, but thirty-two characters',
    PAYPAL_ENVIRONMENT: 'simulator',
    PAYPAL_CLIENT_ID: SIMULATOR_ACCOUNT.clientId,
    PAYPAL_CLIENT_SECRET: SIMULATOR_ACCOUNT.clientSecret,
    PAYPAL_MERCHANT_ID: SIMULATOR_ACCOUNT.merchantId,
    PAYPAL_SIMULATOR_URL: shop.paypal.url,
    MEDIA_DIR: '.',
    SMTP_URL: 'smtp://localhost:4025',
    MAIL_FROM: 'Shop <orders@shop.example>',
    ...(webhookId === undefined ? {} : { PAYPAL_WEBHOOK_ID: webhookId }),
  }
}

/** The test's door, which is registered from the beginning, with all events. */
function shopUrl(): string {
  return new URL(shop.doorUrl).origin
}

async function run(text: string, settings: Settings = {}) {
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const env = parseEnvironment(environment(settings))
  const webhooks = shop.webhooksWith({})
  const code = await runWebhookCommand(readWebhookCommand(text.split(' ')), {
    env,
    webhooks,
    say: write,
    complain: write,
  })
  return { code, output: lines.join('\n') }
}

async function registered(url: string) {
  const seen = await shop.services.webhooks.listWebhooks()
  if (seen.kind !== 'listed') throw new Error(seen.cause)
  return seen.webhooks.filter((webhook) => webhook.url === url)
}

describe('registering', () => {
  const appUrl = 'http://localhost:5001'
  const url = `${appUrl}/api/paypal/webhooks`

  test('makes one webhook with all events and tells its id, and check agrees once that is set', async () => {
    expect(await run('check', { appUrl })).toMatchObject({ code: 1 })
    const { code, output } = await run('register', { appUrl })
    expect(code).toBe(0)
    const id = /PAYPAL_WEBHOOK_ID=(\w+)/.exec(output)?.[1] ?? ''
    expect(await registered(url)).toEqual([{ id, url, eventTypes: [...WEBHOOK_EVENTS] }])
    expect(await run('check', { appUrl, webhookId: id })).toMatchObject({ code: 0 })
    expect((await run('check', { appUrl })).output).toContain(`the registration of ${url} is ${id}`)
  })

  test('again changes nothing, and never touches the webhook of another address', async () => {
    const before = await registered(url)
    const { code, output } = await run('register', { appUrl, webhookId: 'TESTWEBHOOK23456' })
    expect(code).toBe(0)
    expect(output).toContain('Already registered')
    expect(output).toContain('It is TESTWEBHOOK23456 now')
    expect(await registered(url)).toEqual(before)
    expect(await registered(shop.doorUrl)).toMatchObject([{ id: 'TESTWEBHOOK23456', eventTypes: ['*'] }])
  })

  test('adds the events that are missing and keeps those that somebody added', async () => {
    const id = (await registered(url))[0]?.id ?? ''
    const [first, ...others] = WEBHOOK_EVENTS
    await shop.services.webhooks.changeEvents(id, [...others, 'SOMETHING.NEW'])
    const wrong = await run('check', { appUrl, webhookId: id })
    expect(wrong).toMatchObject({ code: 1 })
    expect(wrong.output).toContain(`is not told of: ${first}.`)
    expect(await run('register', { appUrl, webhookId: id })).toMatchObject({ code: 0 })
    expect((await registered(url))[0]?.eventTypes.toSorted()).toEqual([...WEBHOOK_EVENTS, 'SOMETHING.NEW'].toSorted())
    expect(await run('check', { appUrl, webhookId: id })).toMatchObject({ code: 0 })
  })

  test('is told as not done when PayPal refuses it', async () => {
    const { code, output } = await run('register', { appUrl: 'http://shop.example' })
    expect(code).toBe(2)
    expect(output).toMatch(/PayPal did not do it: \w+ \(debug id \w+\)/)
  })

  test('at PayPal itself needs an https address, and PayPal is not asked', async () => {
    await shop.paypal.forgetRequests()
    const lines: string[] = []
    const { PAYPAL_SIMULATOR_URL: _none, ...others } = environment({ appUrl: 'http://shop.example' })
    const env = parseEnvironment({ ...others, PAYPAL_ENVIRONMENT: 'sandbox' })
    const code = await runWebhookCommand(
      { kind: 'register' },
      { env, webhooks: shop.services.webhooks, say: () => undefined, complain: (line) => void lines.push(line) },
    )
    expect([code, lines[0]]).toEqual([2, expect.stringContaining('https addresses only')])
    expect(await shop.paypal.requests()).toEqual([])
  })
})

describe('checking', () => {
  test('finds an id that PayPal does not have, and one that leads elsewhere', async () => {
    expect((await run('check', { webhookId: 'GONE1' })).output).toContain('PayPal has no webhook GONE1')
    const elsewhere = await run('check', { appUrl: 'http://localhost:5002', webhookId: 'TESTWEBHOOK23456' })
    expect(elsewhere).toMatchObject({ code: 1 })
    expect(elsewhere.output).toContain(`delivers to ${shop.doorUrl}, not to http://localhost:5002/api/paypal/webhooks`)
  })

  test('is neither yes nor no when PayPal does not answer', async () => {
    await shop.paypal.fault('list_webhooks', 'error_before')
    expect(await run('check', { webhookId: 'TESTWEBHOOK23456' })).toMatchObject({ code: 2 })
  })

  test('a list names every webhook and marks ours', async () => {
    const { code, output } = await run('list', { webhookId: 'TESTWEBHOOK23456' })
    expect(code).toBe(0)
    expect(output).toContain(`TESTWEBHOOK23456  ${shop.doorUrl}  (PAYPAL_WEBHOOK_ID)`)
  })
})

describe('replaying', () => {
  const own = { webhookId: 'TESTWEBHOOK23456' }

  test('an event that was lost on its way has PayPal deliver it again', async () => {
    await shop.paypal.spoilWebhooks('drop', { eventType: 'PAYMENT.CAPTURE.COMPLETED' })
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.paypal.drainWebhooks()
    expect(await readInbox(shop.db, order.paypalCaptureId)).toEqual([])
    const event = (await shop.paypal.webhookEvents()).find(({ resource }) => resource['id'] === order.paypalCaptureId)
    expect(await run(`replay ${event?.id}`, own)).toMatchObject({ code: 0 })
    await shop.paypal.drainWebhooks()
    expect(await readInbox(shop.db, order.paypalCaptureId)).toMatchObject([{ id: event?.id, source: 'delivered' }])
  })

  test('since a time sends all of our kinds again, oldest first, and an event that is known stays one', async () => {
    await shop.paypal.sendWebhook({ eventType: 'SOMETHING.NEW', resource: { id: 'X' } })
    const before = await readInbox(shop.db)
    const { code, output } = await run('replay --since 2020-01-01', own)
    expect(code).toBe(0)
    const ours = (await shop.paypal.webhookEvents()).filter(({ event_type }) => event_type !== 'SOMETHING.NEW')
    expect(output.match(/^WH-\S+ is on its way$/gm)).toEqual(ours.map(({ id }) => `${id} is on its way`))
    const answers = (await shop.paypal.drainWebhooks()).map(({ body }) => body)
    expect(answers).toHaveLength(ours.length)
    expect(await readInbox(shop.db)).toHaveLength(
      before.length + answers.filter((body) => body.includes('stored')).length,
    )
  })

  test('an event that PayPal does not have is told, and the others are sent', async () => {
    const [known] = await shop.paypal.webhookEvents()
    const { code, output } = await run(`replay WH-NEVER ${known?.id}`, own)
    expect(code).toBe(1)
    expect(output).toContain('WH-NEVER is not sent again: INVALID_RESOURCE_ID')
    expect(output).toContain('1 sent again, 1 not')
  })

  test('needs to know where to', async () => {
    expect(await run('replay --since 2020-01-01')).toMatchObject({ code: 2 })
  })

  test('from the inbox has the worker look anew, without PayPal sending anything', async () => {
    await shop.paypal.drainWebhooks()
    await dealWithEvents(shop)
    const [event] = await readInbox(shop.db)
    await shop.paypal.forgetRequests()
    const { code, output } = await run(`replay --stored ${event?.id} WH-NEVER`)
    expect(code).toBe(1)
    expect(output).toContain('WH-NEVER is not in the inbox')
    expect((await readInbox(shop.db)).filter(({ done }) => !done).map(({ id }) => id)).toEqual([event?.id])
    expect(await shop.paypal.requests()).toEqual([])
    expect(await run('replay --stored --since 2020-01-01')).toMatchObject({ code: 0 })
    const { rows } = await shop.db.execute(sql`select 1 from webhook_events where done_at is not null`)
    expect(rows).toEqual([])
    await dealWithEvents(shop)
  })
})

describe('the command in the shell', () => {
  function inShell(args: readonly string[], env: Record<string, string>) {
    const node = ['--import', 'tsx', '--conditions=react-server', 'scripts/paypal-webhooks.ts', ...args]
    const { PATH = '' } = process.env
    return new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile(process.execPath, node, { env: { PATH, ...env } as never }, (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, output: stdout + stderr })
      })
    })
  }

  test('ends with the code that its message says, and shows no log', async () => {
    const right = await inShell(['check'], environment({ webhookId: 'TESTWEBHOOK23456' }))
    expect(right).toEqual({
      code: 0,
      output: `PayPal tells ${shop.doorUrl} of all 13 kinds of events, as TESTWEBHOOK23456.\n`,
    })
    expect(await inShell(['check'], environment({ webhookId: 'GONE1' }))).toMatchObject({ code: 1 })
  })

  test('says what can be asked when it is not understood, and what is missing when it cannot begin', async () => {
    const misspelt = await inShell(['chek'], environment({}))
    expect(misspelt).toMatchObject({ code: 2 })
    expect(misspelt.output).toContain('npm run paypal:webhooks -- check')
    const { PAYPAL_CLIENT_SECRET: _none, ...incomplete } = environment({})
    const missing = await inShell(['list'], { ...incomplete, PAYPAL_CLIENT_SECRET: '' })
    expect(missing).toMatchObject({ code: 2 })
    expect(missing.output).toContain('PAYPAL_CLIENT_SECRET is missing')
  })

  test('names credentials that PayPal does not take', async () => {
    const wrong = await inShell(['list'], { ...environment({}), PAYPAL_CLIENT_SECRET: 'wrong' })
    expect(wrong).toMatchObject({ code: 2 })
    expect(wrong.output).toContain('no access token')
  })
})
