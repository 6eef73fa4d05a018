import { createServer } from 'node:http'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import type { AddressInfo } from 'node:net'

import { sql } from 'drizzle-orm'
import pg from 'pg'

import { createDatabase, type Database } from '@/db/client'
import type { CheckoutDraft } from '@/lib/domain/checkout'
import { createPayPalGateway } from '@/lib/payments/paypal/paypal-gateway'
import { simulatorOrigin } from '@/lib/payments/paypal/webhooks/certificate-address'
import { CertificateTrust } from '@/lib/payments/paypal/webhooks/certificate-trust'
import { readCertificates } from '@/lib/payments/paypal/webhooks/read-certificates'
import { createPayPalWebhooks } from '@/lib/payments/paypal/webhooks/webhook-gateway'
import type { WebhookServices } from '@/lib/payments/webhook-services'
import { SIMULATOR_ACCOUNT, startTestPayPal, type TestPayPal } from '@/testing/test-paypal'
import { filledDraft, setUpShop, testServices } from '@/testing/test-shop'

import { backendsOf, type Backends } from './backends'
import { createControlledDatabase, type ControlledDatabase } from './controlled-database'
import { controlNetwork, type ControlledNetwork } from './controlled-network'
import { seedIds } from './seeded-ids'
import { installVirtualClock, resetVirtualClock, advanceVirtualClock, VIRTUAL_TIME_OPTIONS } from './virtual-clock'

/** PayPal's clock and the database's start here together and are moved together. */
export const BEGINNING_OF_TIME = Date.parse('2026-01-01T00:00:00Z')

/** Nothing may end by the real clock. */
const NO_LIMIT_MS = 3_600_000

/** What all schedules of a process share: a shop with a database and a PayPal, both with a clock of the harness. */
export interface World {
  readonly services: WebhookServices
  readonly draft: CheckoutDraft
  /** Uncontrolled, for setting up and judging. */
  readonly db: Database
  readonly monitor: pg.Pool
  readonly controlled: ControlledDatabase
  readonly network: ControlledNetwork
  readonly backends: Backends
  readonly paypal: TestPayPal
  /** Milliseconds, by the harness's clock. */
  now(): number
  /** An event as PayPal transmits it, signed. */
  signed(eventId: string): Promise<Transmission>
  advance(seconds: number): Promise<void>
  /** Back to an empty shop at the beginning of time, with the ids of a seed. */
  reset(seed: number): Promise<void>
  close(): Promise<void>
}

export interface Transmission {
  readonly headers: Headers
  readonly body: string
}

/** @param databaseUrl a migrated, empty database of one's own. */
export async function openWorld(databaseUrl: string): Promise<World> {
  const restoreTimers = waitWithoutTime()
  const ids = seedIds()
  const address = new URL(databaseUrl)
  address.searchParams.set('options', VIRTUAL_TIME_OPTIONS)
  const plain = createDatabase(databaseUrl, { poolMax: 1 })
  await installVirtualClock(plain)
  const { deliveryMethodId } = await setUpShop(plain)
  await plain.$client.end()

  const db = createDatabase(address.href, { poolMax: 2 })
  const monitor = new pg.Pool({ connectionString: databaseUrl, max: 3 })
  // A connection that ends with the server is no news.
  monitor.on('error', () => undefined)
  const controlled = createControlledDatabase(databaseUrl, monitor)
  const paypal = await startTestPayPal({ clock: () => BEGINNING_OF_TIME })
  const network = controlNetwork(paypal.url)
  const limits = { readMs: NO_LIMIT_MS, writeMs: NO_LIMIT_MS }
  const letterBox = await openLetterBox()
  let elapsedMs = 0
  const now = () => BEGINNING_OF_TIME + elapsedMs
  const { root, intermediate } = await paypal.webhookAuthority()
  const services: WebhookServices = {
    ...testServices(controlled.db, paypal),
    gateway: createPayPalGateway({ baseUrl: paypal.url, ...SIMULATOR_ACCOUNT }, limits),
    webhooks: createPayPalWebhooks({
      baseUrl: paypal.url,
      ...SIMULATOR_ACCOUNT,
      webhookId: WEBHOOK_ID,
      origin: simulatorOrigin(paypal.url),
      trust: new CertificateTrust(readCertificates(root + intermediate)),
      now,
    }),
  }
  return {
    services,
    draft: filledDraft(deliveryMethodId),
    db,
    monitor,
    controlled,
    network,
    backends: backendsOf(databaseUrl),
    paypal,
    now,
    signed: async (eventId) => {
      await paypal.sendWebhook({ eventId })
      return letterBox.take()
    },
    advance: async (seconds) => {
      elapsedMs += seconds * 1_000
      await advanceVirtualClock(db, seconds)
      await paypal.advance(seconds)
    },
    reset: async (seed) => {
      ids.begin(seed)
      await emptyShop(db)
      await resetVirtualClock(db)
      await paypal.reset()
      elapsedMs = 0
      await paypal.holdWebhooks()
      await paypal.registerWebhook(letterBox.url, { id: WEBHOOK_ID })
    },
    close: async () => {
      network.restore()
      restoreTimers()
      ids.restore()
      await controlled.close()
      await db.$client.end()
      await monitor.end()
      await paypal.close()
      letterBox.close()
    },
  }
}

const WEBHOOK_ID = 'SCHEDULEDWEBHOOK2'

/** Where PayPal sends what the harness then brings to the shop's door when the seed has it. */
async function openLetterBox() {
  let last: Transmission | null = null
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) {
        if (name.startsWith('paypal-') || name === 'content-type') headers.set(name, String(value))
      }
      last = { headers, body: Buffer.concat(chunks).toString('utf8') }
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    take: (): Transmission => {
      if (!last) throw new Error('PayPal has sent nothing')
      return last
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** What a shop sells and how it delivers stays; everything that shoppers and money did goes. */
const KEPT = ['shop_settings', 'delivery_zones', 'delivery_zone_countries', 'delivery_methods', 'tax_rates']

async function emptyShop(db: Database): Promise<void> {
  const { rows } = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const emptied = rows.map(({ name }) => name).filter((name) => !KEPT.includes(name))
  // One round trip: this happens before each of thousands of schedules.
  await db.execute(
    sql.raw(
      `begin; set local session_replication_role = replica; ${emptied.map((name) => `delete from ${name};`).join(' ')} commit`,
    ),
  )
}

/** Pauses between tries become yields: the scheduler decides how long they are. */
let yieldInstead: (label: string) => Promise<void> = () => Promise.resolve()

export function onPause(pause: (label: string) => Promise<void>): void {
  yieldInstead = pause
}

function waitWithoutTime(): () => void {
  const timers = createRequire(import.meta.url)('node:timers/promises') as { setTimeout: unknown }
  const real = timers.setTimeout
  timers.setTimeout = async () => yieldInstead('pause')
  syncBuiltinESMExports()
  return () => {
    timers.setTimeout = real
    syncBuiltinESMExports()
  }
}
