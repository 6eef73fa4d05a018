import path from 'node:path'
import { randomBytes } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { sealData } from 'iron-session'

import { createDatabaseOnServer } from '@/db/administer'
import { createDatabase, type Database } from '@/db/client'
import { migrateDatabase } from '@/db/migrate'
import { createPayPalGateway } from '@/lib/payments/paypal/paypal-gateway'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { startPayment } from '@/lib/payments/start-payment'
import { ensureBuild } from '@/scripts/stack/next'
import { findFreePort } from '@/scripts/stack/ports'
import { startPostgres } from '@/scripts/stack/postgres'
import { shopEnvironment } from '@/scripts/stack/stack'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'
import { cartOf, filledDraft, newBuyerKey, setUpShop, stockProduct } from '@/testing/test-shop'

import { inFolder } from '../harness/in-folder'
import { shopProgram } from '../harness/program'
import { startSimulatorProcess, type ApartPayPal } from '../harness/simulator-process'
import { runBare, type BareRun } from './run-pgbench'
import { WRITTEN_TABLES } from './same-rows'

/** As many as the shop has connections (docs/decisions/0002). */
const CLIENTS = 10
const VARIANTS = 20
const PLENTY = 1_000_000
/** Paid before anything is measured, so that the process is warm. */
const WARM_UP = 100

interface Payable {
  readonly attemptId: string
  readonly paypalOrderId: string
  readonly cookie: string
}

interface Bench {
  readonly services: PaymentServices
  readonly paypal: ApartPayPal
  readonly secret: string
  readonly draft: Parameters<typeof startPayment>[1]['draft']
  readonly variantIds: readonly number[]
}

/** Orders per second through the door that captures, and what the same rows cost bare. Prints both, and judges nothing. */
export async function benchOrders(orders: number): Promise<void> {
  await ensureBuild()
  await inFolder((folder) => run(orders, folder))
}

async function run(orders: number, folder: string): Promise<void> {
  const server = await startPostgres({ dataDir: path.join(folder, 'postgres') })
  await createDatabaseOnServer(server.url('postgres'), 'bench')
  const url = server.url('bench')
  await migrateDatabase(url)
  const paypal = await startSimulatorProcess(folder)
  const db = createDatabase(url)
  const secret = randomBytes(32).toString('base64url')
  const port = await findFreePort()
  // No worker runs, so nobody asks for a mail server.
  const smtpPort = await findFreePort()
  const given = { mode: 'production', port, smtpPort, dataDir: folder, mediaDir: folder, databaseUrl: url } as const
  const simulatorPort = Number(new URL(paypal.url).port)
  const env = {
    ...shopEnvironment({ ...given, simulatorPort, sessionSecret: secret, rateLimits: 'off' }),
    LOG_LEVEL: 'warn',
  }
  const shop = shopProgram({ env, logDir: path.join(folder, 'logs') })
  try {
    const bench = await prepare(db, paypal, secret)
    await shop.start()
    console.log(`- Beginning ${2 * orders + WARM_UP} payments`)
    const begun = await beginAll(bench, 2 * orders + WARM_UP)
    const shopUrl = `http://localhost:${port}`
    await captureAll(shopUrl, begun.splice(0, WARM_UP))
    await db.execute(sql`analyze`)

    const before = await countRows(db)
    const through = await captureAll(shopUrl, begun.splice(0, orders))
    const between = await countRows(db)
    const attempts = begun.map(({ attemptId }) => attemptId)
    const bare = await runBare(url, attempts, CLIENTS, folder)
    const after = await countRows(db)
    print({ orders, through, bare, before, between, after })
  } finally {
    await shop.stop()
    await db.$client.end()
    await paypal.close()
    await server.stop()
  }
}

type Counts = Readonly<Record<string, number>>

interface Measured {
  readonly orders: number
  readonly through: Awaited<ReturnType<typeof captureAll>>
  readonly bare: BareRun
  /** Rows by table: at first, after the shop's orders, after the bare ones. */
  readonly before: Counts
  readonly between: Counts
  readonly after: Counts
}

function print({ orders, through, bare, before, between, after }: Measured): void {
  console.log(
    `\nPOST …/capture     ${through.perSecond.toFixed(0)} orders per second (${orders} orders, ${CLIENTS} at once)`,
  )
  console.log(`                   half within ${through.halfMs} ms, 99 % within ${through.mostMs} ms`)
  console.log(
    `the same rows bare ${bare.perSecond.toFixed(0)} orders per second (${bare.tool}, ${CLIENTS} connections)`,
  )
  console.log(`ratio              ${(through.perSecond / bare.perSecond).toFixed(3)}`)
  const grown = (from: Counts, to: Counts, table: string) => (to[table] ?? 0) - (from[table] ?? 0)
  const bareOrders = grown(between, after, 'orders')
  for (const table of WRITTEN_TABLES) {
    const shopRows = grown(before, between, table) / orders
    const bareRows = grown(between, after, table) / bareOrders
    const mark = shopRows === bareRows ? '✓' : '✗'
    console.log(`${mark} ${table}: ${shopRows} rows an order through the shop, ${bareRows} bare`)
  }
}

async function prepare(db: Database, paypal: ApartPayPal, secret: string): Promise<Bench> {
  const draft = filledDraft((await setUpShop(db)).deliveryMethodId)
  const variantIds: number[] = []
  for (let n = 0; n < VARIANTS; n++) variantIds.push(await stockProduct(db, PLENTY))
  const services: PaymentServices = {
    db,
    gateway: createPayPalGateway({ baseUrl: paypal.url, ...SIMULATOR_ACCOUNT }),
    merchantId: SIMULATOR_ACCOUNT.merchantId,
    invoicePrefix: 'CW',
    appUrl: 'http://localhost:3000',
    limitsTries: false,
  }
  return { services, paypal, secret, draft, variantIds }
}

/** Payments that are approved at PayPal and wait for the capture. */
async function beginAll(bench: Bench, count: number): Promise<Payable[]> {
  const begun: Payable[] = []
  let left = count
  const client = async () => {
    while (left-- > 0) begun.push(await begin(bench, bench.variantIds[left % VARIANTS] ?? 0))
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return begun
}

async function begin({ services, paypal, secret, draft }: Bench, variantId: number): Promise<Payable> {
  const buyerKey = newBuyerKey()
  const cart = cartOf([variantId, 1])
  const started = await startPayment(services, { cart, draft, buyerKey, shownTotalMinor: null })
  if (started.kind !== 'started') throw new Error(started.kind)
  await paypal.approve(started.paypalOrderId)
  const { rows } = await services.db.execute<{ id: string }>(sql`
    select id from payment_attempts where paypal_order_id = ${started.paypalOrderId}`)
  const seal = (content: unknown) => sealData(content, { password: secret, ttl: 3_600 })
  const buyer = await seal({ version: 1, buyerKey, payingCartId: cart.cartId })
  return {
    attemptId: rows[0]?.id ?? '',
    paypalOrderId: started.paypalOrderId,
    cookie: `cartwright_buyer=${buyer}; cartwright_cart=${await seal(cart)}`,
  }
}

async function captureAll(shopUrl: string, payable: readonly Payable[]) {
  const queue = [...payable]
  const tookMs: number[] = []
  const client = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const sentAt = performance.now()
      const url = `${shopUrl}/api/paypal/orders/${next.paypalOrderId}/capture`
      const response = await fetch(url, { method: 'POST', headers: { cookie: next.cookie, origin: shopUrl } })
      await response.arrayBuffer()
      if (response.status !== 200) throw new Error(`a capture was answered with ${response.status}`)
      tookMs.push(performance.now() - sentAt)
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const seconds = (performance.now() - startedAt) / 1000
  const sorted = tookMs.toSorted((a, b) => a - b)
  const within = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
  return { perSecond: payable.length / seconds, halfMs: within(0.5), mostMs: within(0.99) }
}

async function countRows(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of WRITTEN_TABLES) {
    const { rows } = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`)
    counts[table] = rows[0]?.n ?? 0
  }
  return counts
}
