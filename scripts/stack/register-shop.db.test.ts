import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { WEBHOOK_EVENTS } from '@/lib/domain/webhook'
import { openWebhooks } from '@/lib/payments/webhook-services'
import { parseEnvironment } from '@/lib/runtime/env'
import { startTestPayPal, type TestPayPal } from '@/testing/test-paypal'

import { registerShop } from './register-shop'
import { shopEnvironment } from './stack'

let paypal: TestPayPal
let dataDir: string

beforeAll(async () => {
  paypal = await startTestPayPal()
  dataDir = await mkdtemp(path.join(tmpdir(), 'cartwright-register-'))
})
afterAll(async () => {
  await paypal.close()
  await rm(dataDir, { recursive: true, force: true })
})

function shopOn(port: number) {
  return shopEnvironment({
    mode: 'production',
    port,
    simulatorPort: Number(new URL(paypal.url).port),
    smtpPort: 1,
    dataDir,
    mediaDir: dataDir,
    databaseUrl: 'postgres://localhost/none',
    sessionSecret: 'of no use here, but thirty-two characters',
  })
}

async function registered(env: Record<string, string>) {
  const seen = await openWebhooks(parseEnvironment(env)).listWebhooks()
  return seen.kind === 'listed' ? seen.webhooks : seen
}

test('a stack is registered for all events and given who signs; a second run keeps the registration', async () => {
  const env = shopOn(5011)
  const first = await registerShop(env, dataDir)
  const url = 'http://localhost:5011/api/paypal/webhooks'
  expect(await registered(env)).toEqual([{ id: first.PAYPAL_WEBHOOK_ID, url, eventTypes: [...WEBHOOK_EVENTS] }])
  const { root, intermediate } = await paypal.webhookAuthority()
  const kept = await readFile(first.PAYPAL_WEBHOOK_CA, 'utf8')
  for (const pem of [root, intermediate]) expect(kept).toContain(pem.trim())

  expect(await registerShop(env, dataDir)).toEqual(first)
  expect(await registered(env)).toHaveLength(1)
})

test('with what it is given the shop verifies a delivery itself, without asking the simulator', async () => {
  const verdicts: string[] = []
  const server = createServer((incoming, outgoing) => {
    void text(incoming)
      .then((body) => webhooks.verify({ header: (name) => String(incoming.headers[name] ?? ''), text: body }))
      .then(({ kind }) => verdicts.push(kind))
      .finally(() => outgoing.end())
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const env = shopOn((server.address() as AddressInfo).port)
  const settings = await registerShop(env, dataDir)
  const webhooks = openWebhooks(parseEnvironment({ ...env, ...settings }))
  await paypal.forgetRequests()
  await paypal.sendWebhook({ eventType: 'SOMETHING.NEW', webhookId: settings.PAYPAL_WEBHOOK_ID })
  server.close()
  expect(verdicts).toEqual(['genuine'])
  expect((await paypal.requests()).map(({ operation }) => operation)).not.toContain('verify_signature')
})

test('a stack whose registration fails does not start, and says why', async () => {
  await paypal.fault('create_webhook', 'refuse', { issue: 'WEBHOOK_NUMBER_LIMIT_EXCEEDED' })
  await expect(registerShop(shopOn(5013), dataDir)).rejects.toThrow(
    /did not register the shop's webhook http:\/\/localhost:5013\/api\/paypal\/webhooks: WEBHOOK_NUMBER_LIMIT_EXCEEDED/,
  )
})
