import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { sql } from 'drizzle-orm'

import { TYPESCRIPT } from '@/scripts/stack/children'
import { ensureBuild } from '@/scripts/stack/next'

import { startCrashingPostgres, type CrashingPostgres } from '../harness/crashing-postgres'
import { inFolder } from '../harness/in-folder'
import { judgeMoney } from '../harness/judge-money'
import { startLoad, type Load } from '../harness/load'
import { createRandom } from '../harness/random'
import { settle } from '../harness/settle'
import { openWorld, type ShopWorld } from '../harness/shop-world'
import { awaitWebhooks } from '../harness/webhooks'
import type { Part, PartReport } from '../part'
import { takeBaseBackup } from './base-backup'

const CLIENTS = 8
/** Generous: only something that never ends takes as long. */
const PATIENCE_MS = 600_000

/** Orders, a backup while more are placed, more orders, the loss of the database, the backup, the reconciler. */
async function run(orders: number, seed: number, folder: string, say: (line: string) => void): Promise<PartReport> {
  const postgres = await startCrashingPostgres(folder)
  const world = await openWorld({ folder, databaseUrl: postgres.url, webhooks: 'delivered' })
  const load = startLoad(world, CLIENTS, createRandom(seed))
  await waitFor(load, Math.floor(orders / 3))
  const backup = path.join(folder, 'backup')
  await takeBaseBackup(postgres.url, await postgres.files(), backup)
  say('backup taken')
  // Those of these orders that the backup does not know are what is lost.
  await waitFor(load, load.counts.bought + Math.ceil((orders * 2) / 3))
  await stopEverything(world, load)
  const before = await countRows(world)
  const inBackup = await restore(world, postgres, backup)
  say(`restored: ${inBackup.orders} of ${before.orders} orders`)

  const output = await reconcile(world)
  const violations: string[] = []
  await Promise.all([...world.shops, ...world.workers].map((program) => program.start()))
  await awaitWebhooks(world.paypal)
  if (!(await settle(world.db, load.paying))) violations.push('it does not come to rest')
  violations.push(...(await judgeMoney(world.db, await world.paypal.ledger())), ...(await judgeBuyers(world, load)))
  const after = await countRows(world)
  if (inBackup.orders >= before.orders) violations.push('nothing was lost, so nothing was tried')
  await world.close()
  await postgres.close()
  return {
    counts: [
      ['orders when the database was lost', before.orders],
      ['orders in the backup', inBackup.orders],
      ['orders in the end', after.orders],
      ['automatic refunds in the end', after.refunds],
      ['open incidents in the end', after.incidents],
    ],
    violations,
    details: [`paypal:reconcile: ${output.at(-1) ?? ''}`],
  }
}

/** The buyers of the last moment get their answers, then shop and worker end. */
async function stopEverything(world: ShopWorld, load: Load): Promise<void> {
  await load.stop()
  for (const program of [...world.shops, ...world.workers]) await program.stop()
}

async function restore(world: ShopWorld, postgres: CrashingPostgres, backup: string): Promise<Counted> {
  await postgres.restore(backup)
  return countRows(world)
}

/** `npm run paypal:reconcile` as an operator runs it. Its last line tells what it did. */
async function reconcile({ env }: ShopWorld): Promise<string[]> {
  const child = spawn(process.execPath, [...TYPESCRIPT, 'scripts/reconcile.ts', '--days', '1'], {
    env: { ...process.env, ...env, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'exit')
  return output.trim().split('\n')
}

/** Whoever has paid has an order or their money: everybody who was told of an order is among the orders again. */
async function judgeBuyers({ db }: ShopWorld, { paying }: Load): Promise<string[]> {
  const { rows } = await db.execute<{ cart: string }>(sql`select cart_id as cart from orders`)
  const carts = new Set(rows.map(({ cart }) => cart))
  const told = paying.filter((buyer) =>
    buyer.told.some((answer) => answer.kind === 'answer' && 'orderNumber' in answer.body),
  )
  return told.filter(({ cart }) => !carts.has(cart.cartId)).map(({ cart }) => `${cart.cartId} has lost their order`)
}

interface Counted extends Record<string, unknown> {
  readonly orders: number
  readonly refunds: number
  readonly incidents: number
}

async function countRows({ db }: ShopWorld): Promise<Counted> {
  const { rows } = await db.execute<Counted>(sql`select (select count(*)::int from orders) as orders,
    (select count(*)::int from refunds) as refunds,
    (select count(*)::int from payment_incidents where resolved_at is null) as incidents`)
  return rows[0] ?? { orders: 0, refunds: 0, incidents: 0 }
}

async function waitFor({ counts }: Load, bought: number): Promise<void> {
  const startedAt = performance.now()
  while (counts.bought < bought) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`only ${counts.bought} orders of ${bought}`)
    await delay(20)
  }
}

export const part: Part = {
  name: 'restore',
  claim:
    'After the database is restored from a backup taken in mid-run, the reconciler makes ledger and orders agree again.',
  fullSize: 300,
  async run({ size, seed, say }) {
    await ensureBuild()
    return inFolder((folder) => run(size, seed, folder, say))
  },
}
