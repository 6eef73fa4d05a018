import { mkdir } from 'node:fs/promises'
import path from 'node:path'

import pg from 'pg'

import { createDatabase } from '@/db/client'
import { insertManyOrders } from '@/db/seed/many-orders'
import { addUpDays } from '@/lib/admin/sales'

import { prepareDatabase, startShopDatabase } from '../stack/database'
import { ensureBuild } from '../stack/next'
import { makeOwner } from '../stack/owner'
import { findFreePort } from '../stack/ports'
import { readOrMakeSecrets } from '../stack/secrets'
import { shopEnvironment, startStack, type StackConfig } from '../stack/stack'
import { listAdminCases, type AdminCase } from './admin-cases'
import { countScans, scansSince } from './count-scans'
import { signInForBench } from './sign-in-for-bench'

/** The median of a page, warm, may be this long. */
const LIMIT_MS = 150
const WARM_UP = 3
const MEASURED = 15

/** @returns the exit code. */
export async function benchAdmin(orders: number): Promise<number> {
  const dataDir = path.resolve('.test/bench-admin')
  await mkdir(dataDir, { recursive: true })
  await ensureBuild()
  const { server, url } = await startShopDatabase(dataDir)
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    const config = await fill(dataDir, url, orders)
    const stack = await startStack(config, say)
    try {
      await client.connect()
      const cookie = await signInForBench(url, shopEnvironment(config))
      return await measureAll(client, stack.shopUrl, cookie)
    } finally {
      await stack.stop()
    }
  } finally {
    await client.end()
    await server.stop()
  }
}

async function fill(dataDir: string, databaseUrl: string, orders: number): Promise<StackConfig> {
  const mediaDir = path.resolve('.test/media')
  await prepareDatabase(databaseUrl, mediaDir, say)
  say(`Filling the shop with ${orders} orders, unless it has them`)
  await insertManyOrders(databaseUrl, orders, (done) => {
    if (done % 100_000 === 0) console.log(`  orders: ${done}`)
  })
  const db = createDatabase(databaseUrl)
  await addUpDays(db)
  await db.$client.end()
  const { sessionSecret, owner } = await readOrMakeSecrets(dataDir)
  const config = {
    mode: 'production',
    port: await findFreePort(),
    simulatorPort: await findFreePort(),
    smtpPort: await findFreePort(),
    dataDir,
    mediaDir,
    databaseUrl,
    sessionSecret,
    // It would answer a million orders while their pages are measured.
    hasWorker: false,
  } as const
  await makeOwner(config, owner)
  return config
}

async function measureAll(client: pg.Client, shopUrl: string, cookie: string): Promise<number> {
  const cases = await listAdminCases(client)
  let failed = 0
  console.log(`\nMedian of ${MEASURED} answers to the last byte, warm; ${LIMIT_MS} ms allowed\n`)
  for (const each of cases) {
    const before = await countScans(client)
    const median = await measure(shopUrl, cookie, each)
    const scans = scansSince(before, await countScans(client), WARM_UP + MEASURED)
    const isWrong = median > LIMIT_MS || scans.length > 0
    if (isWrong) failed += 1
    const scanned = scans.length > 0 ? `, read all of ${scans.join(', ')}` : ''
    console.log(`${isWrong ? '✗' : '✓'} ${median.toFixed(0).padStart(6)} ms  ${each.name}${scanned}`)
  }
  console.log(`\n${cases.length - failed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

async function measure(shopUrl: string, cookie: string, { name, path: page }: AdminCase): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < WARM_UP + MEASURED; round++) {
    const startedAt = performance.now()
    const response = await fetch(shopUrl + page, { headers: { cookie }, redirect: 'manual' })
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${name}: ${page} answered ${response.status}`)
    if (round >= WARM_UP) times.push(performance.now() - startedAt)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(MEASURED / 2)] ?? Number.POSITIVE_INFINITY
}

function say(step: string): void {
  console.log(`- ${step}`)
}
