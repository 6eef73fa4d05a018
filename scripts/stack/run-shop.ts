import { rm, realpath } from 'node:fs/promises'
import path from 'node:path'

import { resetDemonstration } from '@/db/administer'
import { DEMONSTRATION_SHOP } from '@/db/seed/seed-shop'

import type { Child } from './children'
import { prepareDatabase, startShopDatabase } from './database'
import { DEMO_ENV, keepEnvironment } from './demo-env'
import { ensureBuild } from './next'
import { readPort, requireFreePort, takePort } from './ports'
import { takeDataDir } from './run-lock'
import { makeOwner } from './owner'
import { readOrMakeSecrets } from './secrets'
import { startStack, type StackConfig } from './stack'

/** Everything below DATA_DIR that is ours; anything else there is left alone. */
const OWN_ENTRIES = ['postgres', 'media', 'simulator', 'logs', 'demo-secrets.json', DEMO_ENV]

/** `npm run demo` and `npm run dev`: from whatever is there to a shop that answers, until a signal ends it. */
export async function runShop(mode: StackConfig['mode']): Promise<void> {
  const cleanUp: (() => Promise<void>)[] = []
  const ended = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.abort())
  let failure: unknown
  try {
    await Promise.race([start(mode, cleanUp, ended.signal), aborted(ended.signal)])
  } catch (error) {
    failure = error
  }
  if (!failure) say('Stopping')
  for (const step of cleanUp.toReversed()) await step().catch((error: unknown) => console.error(error))
  if (failure) console.error('\n%s', failure instanceof Error ? failure.message : failure)
  process.exit(failure ? 1 : 0)
}

async function start(mode: StackConfig['mode'], cleanUp: (() => Promise<void>)[], ended: AbortSignal): Promise<void> {
  const port = readPort('PORT', 3000)
  const simulatorPort = readPort('SIMULATOR_PORT', 4010)
  const dataDir = path.resolve(process.env['DATA_DIR'] || '.data')
  cleanUp.push(await takeDataDir(dataDir))
  await requireFreePort(port, 'the shop', 'PORT')
  await requireFreePort(simulatorPort, 'the PayPal simulator', 'SIMULATOR_PORT')
  const smtpPort = await takePort('SIMULATOR_SMTP_PORT', 4025, 'the mailbox')
  if (process.argv.includes('--reset')) await reset(dataDir)

  const databaseUrl = await openDatabase(dataDir, cleanUp)
  const mediaDir = path.join(dataDir, 'media')
  await prepareDatabase(databaseUrl, mediaDir, say)
  if (mode === 'production') {
    say('Building the shop, unless nothing has changed')
    await ensureBuild()
  }
  if (ended.aborted) return
  const { sessionSecret, owner } = await readOrMakeSecrets(dataDir)
  const config = {
    mode,
    port,
    simulatorPort,
    smtpPort,
    dataDir,
    mediaDir,
    databaseUrl,
    sessionSecret,
    echo: mode === 'development',
  }
  await makeOwner(config, owner)
  const stack = await startStack(config, say)
  cleanUp.push(stack.stop)
  const kept = await keepEnvironment(dataDir, stack.env)
  cleanUp.push(kept.forget)
  const envFile = path.relative('', kept.file)
  console.log(`\nReady: ${stack.shopUrl}`)
  console.log(`  Shop              ${stack.shopUrl}`)
  console.log(`  PayPal simulator  ${stack.simulatorUrl}/_simulator`)
  console.log(`  Mailbox           ${stack.mailboxUrl}`)
  console.log(`  Back office       ${stack.shopUrl}/sign-in?to=%2Fadmin`)
  console.log(`                    ${owner.email}, password ${owner.password}, second factor at`)
  console.log(`                    ${stack.simulatorUrl}/_authenticator?secret=${owner.totpSecret}`)
  console.log(`  Check the money   npm run money:check -- --env ${envFile}`)
  console.log(`                    npm run paypal:reconcile -- --env ${envFile}`)
  console.log(`                    npm run paypal:webhooks -- check --env ${envFile}`)
  console.log(`  Logs              ${path.join(path.relative('', dataDir), 'logs')}\n  Ctrl-C stops everything.`)
  await Promise.race([aborted(ended), ...stack.children.map((child) => failWhenItEnds(child, ended))])
}

async function openDatabase(dataDir: string, cleanUp: (() => Promise<void>)[]): Promise<string> {
  const given = process.env['DATABASE_URL']
  if (given) {
    say('Using the database of DATABASE_URL')
    return given
  }
  say('Starting Postgres')
  const { server, url } = await startShopDatabase(dataDir)
  cleanUp.push(server.stop)
  return url
}

async function reset(dataDir: string): Promise<void> {
  say('Starting over')
  if (process.env['DATABASE_URL']) await resetDemonstration(process.env['DATABASE_URL'], DEMONSTRATION_SHOP.name)
  for (const entry of OWN_ENTRIES) {
    const file = path.join(dataDir, entry)
    const target = await realpath(file).catch(() => file)
    await rm(target, { recursive: true, force: true })
    await rm(file, { recursive: true, force: true })
  }
}

function failWhenItEnds(child: Child, ended: AbortSignal) {
  return new Promise<never>((_resolve, reject) => {
    child.process.once('exit', (code) => {
      if (!ended.aborted)
        reject(new Error(`The ${child.name} ended (exit code ${code}). Its last output:\n${child.lastOutput()}`))
    })
  })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function say(step: string): void {
  console.log(`- ${step}`)
}
