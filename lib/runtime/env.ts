import { z } from 'zod'

import { parseMailbox } from '@/lib/domain/mailbox-name'

/**
 * The environment, read in this one place. `.env.example` explains each variable to the operator; the messages here
 * tell what is wrong with the one at hand, without repeating its value.
 */
const url = (name: string) => z.url({ protocol: /^https?$/, error: `${name} must be an http(s) address` })

const Environment = z.object({
  DATABASE_URL: z
    .string('DATABASE_URL is missing: postgres://user:password@host:5432/database')
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must start with postgres://'),
  APP_URL: url('APP_URL'),
  SESSION_SECRET: z
    .string('SESSION_SECRET is missing: 32 or more random characters')
    .min(32, 'SESSION_SECRET must have at least 32 characters'),
  /** The value before the last change. */
  SESSION_SECRET_BEFORE: z.string().min(32, 'SESSION_SECRET_BEFORE must have at least 32 characters').optional(),
  PAYPAL_ENVIRONMENT: z.enum(['simulator', 'sandbox', 'live'], {
    error: 'PAYPAL_ENVIRONMENT must be simulator, sandbox or live',
  }),
  PAYPAL_CLIENT_ID: z.string('PAYPAL_CLIENT_ID is missing').min(1, 'PAYPAL_CLIENT_ID is missing'),
  PAYPAL_CLIENT_SECRET: z.string('PAYPAL_CLIENT_SECRET is missing').min(1, 'PAYPAL_CLIENT_SECRET is missing'),
  PAYPAL_MERCHANT_ID: z
    .string('PAYPAL_MERCHANT_ID is missing: the account that must receive the money')
    .regex(/^[A-Z0-9]{13}$/, 'PAYPAL_MERCHANT_ID has 13 capital letters and digits'),
  /** Two shops on one PayPal account need different ones, or each would take the other's payments for its own. */
  PAYPAL_INVOICE_PREFIX: z
    .string()
    .regex(/^[A-Z0-9]{1,10}$/, 'PAYPAL_INVOICE_PREFIX has 1 to 10 capital letters and digits')
    .default('CW'),
  /** Only for the simulator; sandbox and live have fixed hosts. */
  PAYPAL_SIMULATOR_URL: url('PAYPAL_SIMULATOR_URL').optional(),
  /** PayPal's id of our webhook. Without it webhooks are answered 503, and events are only asked for. */
  PAYPAL_WEBHOOK_ID: z
    .string()
    .regex(/^[A-Za-z0-9]{1,50}$/, 'PAYPAL_WEBHOOK_ID has letters and digits only: npm run paypal:webhooks -- list')
    .optional(),
  /** A file with the simulator's authority: who may sign webhooks in PayPal's place. */
  PAYPAL_WEBHOOK_CA: z.string().min(1).optional(),
  SMTP_URL: z
    .string('SMTP_URL is missing: smtp://user:password@host:587, or smtps://')
    .refine(isSmtpUrl, 'SMTP_URL must be like smtp://user:password@host:587, or smtps://'),
  MAIL_FROM: z
    .string('MAIL_FROM is missing: the address that mail comes from')
    .refine((value) => parseMailbox(value) !== null, 'MAIL_FROM must be like Shop <orders@shop.example>'),
  MEDIA_DIR: z.string('MEDIA_DIR is missing: the folder with the product pictures').min(1),
  WORKER: z.enum(['in-process', 'separate'], { error: 'WORKER must be in-process or separate' }).default('in-process'),
  /** Opens the operators' part of GET /api/health/ready; without it nobody sees that. */
  OPERATOR_TOKEN: z.string().min(24, 'OPERATOR_TOKEN must have at least 24 characters').optional(),
  /** 0: nobody but the connection itself tells where a request comes from. */
  TRUSTED_PROXIES: z.coerce
    .number('TRUSTED_PROXIES must be a number from 0 to 5')
    .int('TRUSTED_PROXIES must be a number from 0 to 5')
    .min(0, 'TRUSTED_PROXIES must be a number from 0 to 5')
    .max(5, 'TRUSTED_PROXIES must be a number from 0 to 5')
    .default(0),
  /** `off` is for experiments that begin thousands of payments from one address. */
  RATE_LIMITS: z.enum(['on', 'off'], { error: 'RATE_LIMITS must be on or off' }).default('on'),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  OIDC_ISSUER: url('OIDC_ISSUER').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What its button says. */
  OIDC_NAME: z.string().max(40, 'OIDC_NAME has at most 40 characters').default('your organisation'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** Nothing behind the port: what it could say belongs into the settings of the mail server. */
function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname, pathname, search, hash } = new URL(value)
  const isBare = ['', '/'].includes(pathname) && search === '' && hash === ''
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '' && isBare
}

export type Environment = Readonly<z.infer<typeof Environment>>

/** Thrown at start; its message is the list an operator needs. */
export class EnvironmentError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The environment is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'EnvironmentError'
    this.problems = problems
  }
}

/**
 * Checks variables against each other as well as one by one. `registers` is for the command that makes PAYPAL_WEBHOOK_ID, which
 * cannot be asked for it.
 * @throws EnvironmentError naming everything that is missing or contradictory at once.
 */
export function parseEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  { registers = false }: { readonly registers?: boolean } = {},
): Environment {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(filled)
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => withName(issue.path.join('.'), issue.message)),
    ...listContradictions(filled, registers),
  ]
  if (!parsed.success || problems.length > 0) throw new EnvironmentError([...new Set(problems)])
  return parsed.data
}

function withName(name: string, message: string): string {
  return message.includes(name) ? message : `${name}: ${message}`
}

/** A provider's button is shown when all of its variables are there; half of them is a mistake. */
const SIGN_IN_KEYS = [
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
] as const

/** Looks at the variables as they are set: a missing one must not hide that two others contradict each other. */
function listContradictions(
  env: { readonly [Name in keyof Environment]?: string | undefined },
  registers: boolean,
): string[] {
  const problems: string[] = []
  const atPayPal = env.PAYPAL_ENVIRONMENT === 'sandbox' || env.PAYPAL_ENVIRONMENT === 'live'
  if (env.PAYPAL_ENVIRONMENT === 'simulator' && !env.PAYPAL_SIMULATOR_URL) {
    problems.push('PAYPAL_SIMULATOR_URL is missing: PAYPAL_ENVIRONMENT is simulator')
  }
  if (atPayPal && env.PAYPAL_SIMULATOR_URL) {
    problems.push(`PAYPAL_SIMULATOR_URL is set, but PAYPAL_ENVIRONMENT is ${env.PAYPAL_ENVIRONMENT}`)
  }
  if (atPayPal && env.PAYPAL_WEBHOOK_CA) {
    problems.push(`PAYPAL_WEBHOOK_CA is set, but PAYPAL_ENVIRONMENT is ${env.PAYPAL_ENVIRONMENT}`)
  }
  if (env.PAYPAL_ENVIRONMENT === 'live' && !env.PAYPAL_WEBHOOK_ID && !registers) {
    problems.push('PAYPAL_WEBHOOK_ID is missing: PAYPAL_ENVIRONMENT is live (npm run paypal:webhooks -- register)')
  }
  if (atPayPal && env.RATE_LIMITS === 'off') {
    problems.push(`RATE_LIMITS is off, but PAYPAL_ENVIRONMENT is ${env.PAYPAL_ENVIRONMENT}`)
  }
  if (env.PAYPAL_ENVIRONMENT === 'live' && env.APP_URL?.startsWith('https://') === false) {
    problems.push('APP_URL must be https when PAYPAL_ENVIRONMENT is live')
  }
  if (atPayPal && /change-?me|example|demo-only/i.test(env.SESSION_SECRET ?? '')) {
    problems.push('SESSION_SECRET still has its example value')
  }
  for (const names of SIGN_IN_KEYS) {
    const missing = names.filter((name) => !env[name])
    if (missing.length > 0 && missing.length < names.length) {
      problems.push(`${missing.join(' and ')} missing: sign-in needs all of ${names.join(', ')} or none`)
    }
  }
  if (env.PAYPAL_ENVIRONMENT === 'live' && env.OIDC_ISSUER?.startsWith('http://')) {
    problems.push('OIDC_ISSUER must be https when PAYPAL_ENVIRONMENT is live')
  }
  return problems
}

let current: Environment | undefined

/** The checked environment of this process. */
export function getEnvironment(): Environment {
  current ??= parseEnvironment(process.env)
  return current
}

/** False while `next build` runs: one build serves any shop, so nothing of the environment may be read then. */
export function isBuilding(): boolean {
  return process.env['NEXT_PHASE'] === 'phase-production-build'
}
