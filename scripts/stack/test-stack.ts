import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'

import { prepareDatabase, startShopDatabase } from './database'
import { ensureBuild } from './next'
import { findFreePort } from './ports'
import { startStack } from './stack'

export interface TestStack {
  /** For the processes that test it. */
  readonly env: { readonly E2E_SHOP_URL: string; readonly E2E_SIMULATOR_URL: string; readonly E2E_DATABASE_URL: string }
  readonly stop: () => Promise<void>
}

/**
 * A freshly seeded shop in production mode with simulator and worker, on free ports and a database that is thrown away. Only
 * the pictures stay between runs: drawing them takes longer than all the rest.
 */
export async function startTestStack(): Promise<TestStack> {
  const dataDir = path.resolve('.test', `stack-${process.pid}`)
  await mkdir(dataDir, { recursive: true })
  const cleanUp: (() => Promise<void>)[] = [() => rm(dataDir, { recursive: true, force: true })]
  const stop = async () => {
    for (const step of cleanUp.splice(0).toReversed()) await step()
  }
  try {
    await ensureBuild()
    const { server, url } = await startShopDatabase(dataDir, { throwaway: true })
    cleanUp.push(server.stop)
    const mediaDir = path.resolve('.test/media')
    await prepareDatabase(url, mediaDir, say)
    const config = {
      mode: 'production',
      port: await findFreePort(),
      simulatorPort: await findFreePort(),
      dataDir,
      mediaDir,
      databaseUrl: url,
      sessionSecret: randomBytes(32).toString('base64url'),
    } as const
    const stack = await startStack(config, say)
    cleanUp.push(stack.stop)
    return { env: { E2E_SHOP_URL: stack.shopUrl, E2E_SIMULATOR_URL: stack.simulatorUrl, E2E_DATABASE_URL: url }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function say(step: string): void {
  console.log(`- ${step}`)
}
