import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'

import { prepareDatabase, startShopDatabase } from './database'
import { ensureBuild } from './next'
import { findFreePort } from './ports'
import { makeOwner } from './owner'
import { makeSecrets } from './secrets'
import { operatorToken, startStack } from './stack'

export interface TestStack {
  /** For the processes that test it. */
  readonly env: {
    readonly E2E_SHOP_URL: string
    readonly E2E_SIMULATOR_URL: string
    readonly E2E_MAILBOX_URL: string
    readonly E2E_DATABASE_URL: string
    readonly E2E_OPERATOR_TOKEN: string
    /** E-mail, password and TOTP secret, as JSON. */
    readonly E2E_OWNER: string
  }
  readonly stop: () => Promise<void>
}

/** Stacks that this process has started: each has its own folder. */
let started = 0

/**
 * A freshly seeded shop in production mode with simulator and worker, on free ports and a database that is thrown away. Only
 * the pictures stay between runs: drawing them takes longer than all the rest.
 */
export async function startTestStack(): Promise<TestStack> {
  const dataDir = path.resolve('.test', `stack-${process.pid}-${++started}`)
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
      smtpPort: await findFreePort(),
      dataDir,
      mediaDir,
      databaseUrl: url,
      sessionSecret: randomBytes(32).toString('base64url'),
      trustedProxies: 1,
    } as const
    const { owner } = makeSecrets()
    await makeOwner(config, owner)
    const stack = await startStack(config, say)
    cleanUp.push(stack.stop)
    const env = {
      E2E_SHOP_URL: stack.shopUrl,
      E2E_SIMULATOR_URL: stack.simulatorUrl,
      E2E_MAILBOX_URL: stack.mailboxUrl,
      E2E_DATABASE_URL: url,
      E2E_OPERATOR_TOKEN: operatorToken(config.sessionSecret),
      E2E_SESSION_SECRET: config.sessionSecret,
      E2E_OWNER: JSON.stringify(owner),
    }
    return { env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function say(step: string): void {
  console.log(`- ${step}`)
}
