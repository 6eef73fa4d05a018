import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import nodemailer from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MERCHANT, type Json } from './test-driver'
import { startSimulator, type RunningSimulator } from './start-simulator'

const account = { clientId: 'shop', clientSecret: 'secret', merchantId: MERCHANT }

let simulator: RunningSimulator
beforeEach(async () => {
  simulator = await startSimulator({ port: 0, smtpPort: 0, dataDir: null, ...account })
})
afterEach(() => simulator.close())

async function send(more: { to?: string; html?: string; messageId?: string } = {}) {
  const transport = nodemailer.createTransport(simulator.smtpUrl ?? '')
  await transport.sendMail({
    from: 'Shop <orders@shop.example>',
    to: 'reader@example.com',
    subject: 'Grüße',
    text: 'Hello reader',
    html: '<html><head></head><body><script>alert(1)</script>Hello reader</body></html>',
    messageId: '<one@shop.example>',
    ...more,
  })
}

async function ask(path: string, method = 'GET', body?: object): Promise<Json> {
  const response = await fetch(`${simulator.url}/_mailbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  return response.status === 204 ? null : response.json()
}

const messagesTo = async (to: string) => (await ask(`/messages?to=${encodeURIComponent(to)}`)).messages

test('what comes over SMTP is there with its parts, for its recipient only', async () => {
  await send()
  const [message] = await messagesTo('Reader@Example.com')
  expect(message).toMatchObject({
    from: 'orders@shop.example',
    to: ['reader@example.com'],
    subject: 'Grüße',
    messageId: 'one@shop.example',
    text: expect.stringContaining('Hello reader'),
    html: expect.stringContaining('Hello reader'),
  })
  expect(message.headers).toContainEqual({ name: 'From', value: 'Shop <orders@shop.example>' })
  expect(await messagesTo('other@example.com')).toEqual([])
})

test('people see it in a frame in which nothing runs', async () => {
  await send()
  const list = await (await fetch(`${simulator.url}/_mailbox`)).text()
  expect(list).toContain('href="/_mailbox/1"')
  const page = await (await fetch(`${simulator.url}/_mailbox/1`)).text()
  expect(page).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/)
  expect(page).not.toContain('<script>')
  const letter = await fetch(`${simulator.url}/_mailbox/1/html`)
  expect(letter.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/)
  expect(await letter.text()).toContain('<base target="_blank">')
  expect((await fetch(`${simulator.url}/_mailbox/2`)).status).toBe(404)
})

test.each([
  ['refuse', 0, 550],
  ['try_later', 0, 451],
  ['error_after', 1, 554],
  ['drop_before', 0, undefined],
  ['drop_after', 1, undefined],
  ['down', 0, undefined],
])('the fault %s fails one message and keeps %i', async (fault, kept, responseCode) => {
  expect(await ask('/faults', 'POST', { fault })).toEqual({ fault, times: 1 })
  await expect(send()).rejects.toMatchObject(responseCode === undefined ? {} : { responseCode })
  expect(await messagesTo('reader@example.com')).toHaveLength(kept)
  await send()
  expect(await messagesTo('reader@example.com')).toHaveLength(kept + 1)
})

test('a fault for one address leaves others alone, and can be taken back', async () => {
  await ask('/faults', 'POST', { fault: 'refuse', to: 'reader@example.com', times: 5 })
  await send({ to: 'other@example.com' })
  await expect(send()).rejects.toThrow()
  await ask('/faults', 'DELETE')
  await send()
  expect(await messagesTo('reader@example.com')).toHaveLength(1)
  expect(await ask('/faults', 'POST', { fault: 'explode' })).toHaveProperty('error')
})

test('a slow answer is late and right', async () => {
  await ask('/faults', 'POST', { fault: 'slow', delayMs: 5 })
  await send()
  expect(await messagesTo('reader@example.com')).toHaveLength(1)
})

test('messages survive a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailbox-'))
  await simulator.close()
  simulator = await startSimulator({ port: 0, smtpPort: 0, dataDir: folder, ...account })
  await send()
  await simulator.close()
  simulator = await startSimulator({ port: 0, smtpPort: 0, dataDir: folder, ...account })
  expect(await messagesTo('reader@example.com')).toMatchObject([{ id: '1', messageId: 'one@shop.example' }])
  await send()
  expect((await messagesTo('reader@example.com')).map(({ id }: Json) => id)).toEqual(['1', '2'])
  rmSync(folder, { recursive: true })
})
