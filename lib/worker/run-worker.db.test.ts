import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { shopEnvironment } from '@/scripts/stack/stack'
import { tamper } from '@/testing/tamper'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

/** Runs the worker as an operator does, until it has logged this. @returns that line. */
async function workUntilLogged(message: string): Promise<Record<string, unknown>> {
  const env = shopEnvironment({
    mode: 'production',
    port: 1,
    simulatorPort: Number(new URL(shop.paypal.url).port),
    smtpPort: 1,
    dataDir: '.',
    mediaDir: '.',
    databaseUrl: shop.databaseUrl,
    sessionSecret: 'of no use here, but thirty-two characters',
  })
  const { PATH = '' } = process.env
  const node = ['--import', 'tsx', '--conditions=react-server', 'scripts/worker.ts']
  const worker = spawn(process.execPath, node, { env: { PATH, ...env } as never, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(worker, 'exit')
  try {
    for await (const line of createInterface(worker.stdout)) {
      const logged: unknown = JSON.parse(line)
      if (isLine(logged) && logged['msg'] === message) return logged
    }
    throw new Error(`the worker ended without having logged: ${message}`)
  } finally {
    worker.kill('SIGTERM')
    await ended
  }
}

function isLine(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

const PINO_ERROR = 50

test('when money goes wrong the worker raises an incident and logs an error that names it, without personal data', async () => {
  await buy(shop, await newBuyer(shop.db))
  await tamper(shop.db, sql`update journal_postings set amount_minor = amount_minor - 1 where account = 'sales'`)
  const logged = await workUntilLogged('an invariant is violated')
  expect(logged).toMatchObject({
    level: PINO_ERROR,
    invariant: 'I4',
    subject: expect.stringMatching(/journal entry \d+/),
  })
  expect(JSON.stringify(logged)).not.toContain('@')
  const { rows } = await shop.db.execute(
    sql`select kind, details->>'invariant' as invariant from payment_incidents where resolved_at is null`,
  )
  expect(rows).toContainEqual({ kind: 'invariant_violated', invariant: 'I4' })
})
