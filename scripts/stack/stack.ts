import path from 'node:path'

import { startChild, TYPESCRIPT, type Child } from './children'
import { NEXT_CLI } from './next'
import { registerShop } from './register-shop'
import { waitUntilAnswers } from './wait-until-answers'

export interface StackConfig {
  readonly mode: 'production' | 'development'
  readonly port: number
  readonly simulatorPort: number
  /** Where the simulator's mailbox takes mail. */
  readonly smtpPort: number
  /** Logs and the simulator's files go below it. */
  readonly dataDir: string
  readonly mediaDir: string
  readonly databaseUrl: string
  readonly sessionSecret: string
  readonly echo?: boolean
  /** False where only the shop's own answers are looked at. */
  readonly hasWorker?: boolean
  /** Off for experiments that begin thousands of payments from one address. */
  readonly rateLimits?: 'on' | 'off'
  /** 1 lets tests come from networks of their own, each with its own limits. */
  readonly trustedProxies?: number
}

export interface RunningStack {
  readonly shopUrl: string
  readonly simulatorUrl: string
  /** The page with what the shop has sent. */
  readonly mailboxUrl: string
  /** What the shop and the worker were given, its webhook included. */
  readonly env: Readonly<Record<string, string>>
  readonly children: readonly Child[]
  /** Ends the shop, the worker and the simulator, in that order. */
  readonly stop: () => Promise<void>
}

/** The simulator's own test credentials: the shop and the simulator of one stack must agree on them. */
const PAYPAL_CREDENTIALS = {
  PAYPAL_CLIENT_ID: 'simulator-client',
  PAYPAL_CLIENT_SECRET: 'simulator-secret',
  PAYPAL_MERCHANT_ID: 'SHMERCHANT234',
} as const

/** What the shop and its worker are given. */
export function shopEnvironment(config: StackConfig): Record<string, string> {
  return {
    ...PAYPAL_CREDENTIALS,
    DATABASE_URL: config.databaseUrl,
    APP_URL: `http://localhost:${config.port}`,
    SESSION_SECRET: config.sessionSecret,
    PAYPAL_ENVIRONMENT: 'simulator',
    PAYPAL_SIMULATOR_URL: `http://localhost:${config.simulatorPort}`,
    SMTP_URL: `smtp://localhost:${config.smtpPort}`,
    MAIL_FROM: 'Plotterhouse <orders@plotterhouse.example>',
    MEDIA_DIR: config.mediaDir,
    RATE_LIMITS: config.rateLimits ?? 'on',
    WORKER: 'separate',
    TRUSTED_PROXIES: String(config.trustedProxies ?? 0),
    OPERATOR_TOKEN: operatorToken(config.sessionSecret),
    OIDC_ISSUER: `http://localhost:${config.simulatorPort}/_identity`,
    OIDC_CLIENT_ID: PAYPAL_CREDENTIALS.PAYPAL_CLIENT_ID,
    OIDC_CLIENT_SECRET: PAYPAL_CREDENTIALS.PAYPAL_CLIENT_SECRET,
    OIDC_NAME: 'Demo ID',
    PORT: String(config.port),
    NODE_ENV: config.mode,
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** What opens the operators' part of the readiness page on a demonstration stack. */
export function operatorToken(sessionSecret: string): string {
  return `operator-${sessionSecret}`
}

/** Starts simulator, worker and shop on a prepared database and answers once the shop is ready to sell. */
export async function startStack(config: StackConfig, say: (step: string) => void): Promise<RunningStack> {
  const shared = { logDir: path.join(config.dataDir, 'logs'), echo: config.echo ?? false }
  const simulatorEnv = {
    ...PAYPAL_CREDENTIALS,
    SIMULATOR_PORT: String(config.simulatorPort),
    SIMULATOR_SMTP_PORT: String(config.smtpPort),
    DATA_DIR: config.dataDir,
    NODE_ENV: config.mode,
  }
  const children: Child[] = []
  const stop = async () => {
    for (const child of children.toReversed()) await child.stop()
  }
  try {
    say('Starting the PayPal simulator')
    const simulator = startChild({
      ...shared,
      name: 'simulator',
      args: [...TYPESCRIPT, 'simulator/main.ts'],
      env: simulatorEnv,
    })
    children.push(simulator)
    const simulatorUrl = `http://localhost:${config.simulatorPort}`
    await waitUntilAnswers(simulator, `${simulatorUrl}/_simulator/ledger`)

    say('Registering the shop’s webhook')
    const known = shopEnvironment(config)
    const env = { ...known, ...(await registerShop(known, config.dataDir)) }

    say(config.hasWorker === false ? 'Starting the shop' : 'Starting the worker and the shop')
    if (config.hasWorker !== false) {
      children.push(startChild({ ...shared, name: 'worker', args: [...TYPESCRIPT, 'scripts/worker.ts'], env }))
    }
    const command = config.mode === 'production' ? 'start' : 'dev'
    const shop = startChild({ ...shared, name: 'shop', args: [NEXT_CLI, command, '-p', String(config.port)], env })
    children.push(shop)
    const shopUrl = `http://localhost:${config.port}`
    await waitUntilAnswers(shop, `${shopUrl}/api/health/ready`)
    return { shopUrl, simulatorUrl, mailboxUrl: `${simulatorUrl}/_mailbox`, env, children, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
