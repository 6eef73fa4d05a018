import { z } from 'zod'

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
  PAYPAL_ENVIRONMENT: z.enum(['simulator', 'sandbox', 'live'], {
    error: 'PAYPAL_ENVIRONMENT must be simulator, sandbox or live',
  }),
  PAYPAL_CLIENT_ID: z.string('PAYPAL_CLIENT_ID is missing').min(1, 'PAYPAL_CLIENT_ID is missing'),
  PAYPAL_CLIENT_SECRET: z.string('PAYPAL_CLIENT_SECRET is missing').min(1, 'PAYPAL_CLIENT_SECRET is missing'),
  PAYPAL_MERCHANT_ID: z
    .string('PAYPAL_MERCHANT_ID is missing: the account that must receive the money')
    .regex(/^[A-Z0-9]{13}$/, 'PAYPAL_MERCHANT_ID has 13 capital letters and digits'),
  /** Only for the simulator; sandbox and live have fixed hosts. */
  PAYPAL_SIMULATOR_URL: url('PAYPAL_SIMULATOR_URL').optional(),
  MEDIA_DIR: z.string('MEDIA_DIR is missing: the folder with the product pictures').min(1),
  WORKER: z.enum(['in-process', 'separate'], { error: 'WORKER must be in-process or separate' }).default('in-process'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

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
 * Checks variables against each other as well as one by one.
 * @throws EnvironmentError naming everything that is missing or contradictory at once.
 */
export function parseEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(filled)
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => withName(issue.path.join('.'), issue.message)),
    ...listContradictions(filled),
  ]
  if (!parsed.success || problems.length > 0) throw new EnvironmentError([...new Set(problems)])
  return parsed.data
}

function withName(name: string, message: string): string {
  return message.includes(name) ? message : `${name}: ${message}`
}

/** Looks at the variables as they are set: a missing one must not hide that two others contradict each other. */
function listContradictions(env: { readonly [Name in keyof Environment]?: string | undefined }): string[] {
  const problems: string[] = []
  const atPayPal = env.PAYPAL_ENVIRONMENT === 'sandbox' || env.PAYPAL_ENVIRONMENT === 'live'
  if (env.PAYPAL_ENVIRONMENT === 'simulator' && !env.PAYPAL_SIMULATOR_URL) {
    problems.push('PAYPAL_SIMULATOR_URL is missing: PAYPAL_ENVIRONMENT is simulator')
  }
  if (atPayPal && env.PAYPAL_SIMULATOR_URL) {
    problems.push(`PAYPAL_SIMULATOR_URL is set, but PAYPAL_ENVIRONMENT is ${env.PAYPAL_ENVIRONMENT}`)
  }
  if (env.PAYPAL_ENVIRONMENT === 'live' && env.APP_URL?.startsWith('https://') === false) {
    problems.push('APP_URL must be https when PAYPAL_ENVIRONMENT is live')
  }
  if (atPayPal && /change-?me|example|demo-only/i.test(env.SESSION_SECRET ?? '')) {
    problems.push('SESSION_SECRET still has its example value')
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
