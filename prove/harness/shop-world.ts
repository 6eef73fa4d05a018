import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'

import { createDatabase, type Database } from '@/db/client'
import { findFreePort } from '@/scripts/stack/ports'
import { registerShop } from '@/scripts/stack/register-shop'
import { shopEnvironment } from '@/scripts/stack/stack'
import { startTestPayPal, type TestPayPal } from '@/testing/test-paypal'
import { cartOf, filledDraft, setUpShop, stockProduct } from '@/testing/test-shop'

import { HttpBuyer } from './http-buyer'
import { shopProgram, workerProgram, type Program } from './program'

/** Where the worker runs: a process of its own, or inside the shop's. */
export type Layout = 'separate' | 'in-process'

/** A shop in production mode, with a worker and a PayPal of its own. */
export interface ShopWorld {
  readonly db: Database
  readonly paypal: TestPayPal
  readonly shops: readonly Program[]
  /** Empty where the worker runs inside the shops. */
  readonly workers: readonly Program[]
  readonly shopUrls: readonly string[]
  /** What the programs are given, for further ones. */
  readonly env: Readonly<Record<string, string>>
  /** PayPal orders whose amount changes the moment their capture arrives, so that it cannot become an order. */
  readonly spoiled: Set<string>
  readonly newBuyer: () => Promise<HttpBuyer>
  readonly close: () => Promise<void>
}

export interface WorldOptions {
  readonly folder: string
  /** As the harness reaches it. It is migrated and empty. */
  readonly databaseUrl: string
  /** As shop and worker reach it, if that is through a proxy. */
  readonly shopDatabaseUrl?: string
  readonly workerDatabaseUrl?: string
  readonly layout?: Layout
  readonly onMessage?: NonNullable<Parameters<typeof startTestPayPal>[0]>['onMessage']
  /** Whether PayPal tells of what happens by itself, or when the experiment has it (`held`, if not told). */
  readonly webhooks?: 'held' | 'delivered'
  /** A shop and a worker for each, with what they are given besides. One of both, if not told. */
  readonly instances?: readonly Instance[]
}

export interface Instance {
  /** For Node. */
  readonly flags: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The simulator by another name than the shop's, so that its messages tell who sent them. */
export const WORKER_SEES_PAYPAL_AT = '127.0.0.1'
/** Nobody buys it empty. */
const PLENTY = 1_000_000
/** PayPal tries again for three days; here the last of its 25 tries comes after nine minutes, and ten are made in half a one. */
const WEBHOOK_RETRY_SCALE = 0.002

export async function openWorld(options: WorldOptions): Promise<ShopWorld> {
  const { folder, databaseUrl, layout = 'separate', onMessage } = options
  const { instances = [{ flags: [], env: {} }], webhooks = 'held' } = options
  const { shopDatabaseUrl = databaseUrl, workerDatabaseUrl = databaseUrl } = options
  await mkdir(folder, { recursive: true })
  const spoiled = new Set<string>()
  const paypal = await startTestPayPal({
    smtpPort: 0,
    webhookRetryScale: WEBHOOK_RETRY_SCALE,
    onMessage: async (message) => {
      const { operation, phase, path: address } = message
      const paypalOrderId = [...spoiled].find((id) => address.includes(id))
      if (operation === 'capture' && phase === 'received' && paypalOrderId) {
        await paypal.tamper(paypalOrderId, { amountValue: '1.00' })
      }
      return onMessage?.(message)
    },
  })
  const sessionSecret = randomBytes(32).toString('base64url')
  const db = createDatabase(databaseUrl)
  const draft = filledDraft((await setUpShop(db)).deliveryMethodId)
  const variantId = await stockProduct(db, PLENTY)

  const envOf = (port: number) => ({
    ...shopEnvironment({
      mode: 'production',
      port,
      simulatorPort: Number(new URL(paypal.url).port),
      smtpPort: Number(new URL(paypal.smtpUrl ?? '').port),
      dataDir: folder,
      mediaDir: folder,
      databaseUrl: shopDatabaseUrl,
      sessionSecret,
      rateLimits: 'off',
    }),
    WORKER: layout,
    LOG_LEVEL: 'info',
  })
  const logDir = path.join(folder, 'logs')
  const shops: Program[] = []
  const workers: Program[] = []
  const shopUrls: string[] = []
  for (const [index, { flags, env: own }] of instances.entries()) {
    const port = await findFreePort()
    const known = { ...envOf(port), ...own }
    const env = { ...known, ...(await registerShop(known, folder)) }
    if (webhooks === 'held') await paypal.holdWebhooks()
    shopUrls.push(`http://localhost:${port}`)
    shops.push(shopProgram({ env, logDir, flags, name: `shop-${index}` }))
    if (layout === 'separate') {
      const simulatorUrl = new URL(paypal.url)
      simulatorUrl.hostname = WORKER_SEES_PAYPAL_AT
      const workerEnv = { ...env, DATABASE_URL: workerDatabaseUrl, PAYPAL_SIMULATOR_URL: simulatorUrl.href }
      workers.push(workerProgram({ env: workerEnv, logDir, flags, name: `worker-${index}` }))
    }
    await Promise.all([shops.at(-1)?.start(), workers.at(-1)?.start()])
  }
  return {
    db,
    paypal,
    spoiled,
    shops,
    workers,
    shopUrls,
    env: { ...envOf(0), DATABASE_URL: databaseUrl, APP_URL: shopUrls[0] ?? '' },
    newBuyer: () => HttpBuyer.at(shopUrls[0] ?? '', sessionSecret, cartOf([variantId, 1]), draft),
    close: async () => {
      for (const program of [...workers, ...shops]) await program.stop()
      await db.$client.end()
      await paypal.close()
    },
  }
}

/** One that was opened with one of each. Where the worker runs inside the shop, it is the shop. */
export function onlyPrograms({ shops: [shop], workers: [worker] }: ShopWorld): { shop: Program; worker: Program } {
  if (!shop) throw new Error('there is no shop')
  return { shop, worker: worker ?? shop }
}
