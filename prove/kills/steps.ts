import type { Moment } from '../harness/postgres-proxy'

/** What is durable or done at PayPal after each, in the order in which money moves (docs/decisions/0003). */
export const STEPS = [
  'begin',
  'create_order',
  'record_order',
  'look',
  'fence',
  'capture',
  'finalise',
  'refund',
  'settle_refund',
  'keep_event',
  'finish_event',
] as const
export type Step = (typeof STEPS)[number]

export const STEP_LABELS: Readonly<Record<Step, string>> = {
  begin: 'K1 attempt and holds, COMMIT',
  create_order: 'K2 create order, call',
  record_order: 'K2 record it, COMMIT',
  look: 'K4 look at the order, call',
  fence: 'K5 fence, UPDATE',
  capture: 'K6 capture, call',
  finalise: 'K7 order or refund, COMMIT',
  refund: 'K8 refund, call',
  settle_refund: 'K8 record it, COMMIT',
  keep_event: 'webhook into the inbox, COMMIT',
  finish_event: 'event dealt with, UPDATE',
}

export const MOMENTS: readonly Moment[] = ['received', 'worked', 'answered']

/** Who takes the step: a buyer's request in the shop's process, or a sweep of the worker. */
export const DRIVERS = ['request', 'worker'] as const
export type Driver = (typeof DRIVERS)[number]

const DRIVEN_BY: Readonly<Record<Step, readonly Driver[]>> = {
  begin: ['request'],
  create_order: DRIVERS,
  record_order: DRIVERS,
  look: DRIVERS,
  fence: DRIVERS,
  capture: DRIVERS,
  finalise: DRIVERS,
  refund: ['worker'],
  settle_refund: ['worker'],
  keep_event: ['request'],
  finish_event: ['worker'],
}

/** One field of the matrix that must be covered. */
export interface Cell {
  readonly step: Step
  readonly moment: Moment
  readonly driver: Driver
}

export const CELLS: readonly Cell[] = STEPS.flatMap((step) =>
  DRIVEN_BY[step].flatMap((driver) => MOMENTS.map((moment) => ({ step, moment, driver }))),
)

const OPERATIONS: Readonly<Record<string, Step>> = {
  create_order: 'create_order',
  get_order: 'look',
  capture: 'capture',
  refund: 'refund',
}

/** The step that a call to PayPal is. */
export function stepOfOperation(operation: string): Step | null {
  return OPERATIONS[operation] ?? null
}

/** The step that becomes durable with these statements. Recognised by what they write, as the database sees it. */
export function stepOfCommit(statements: readonly string[]): Step | null {
  const inserts = (table: string) => statements.some((sql) => sql.startsWith(`insert into "${table}"`))
  const sets = (table: string, column: string) =>
    statements.some((sql) => {
      const [before = ''] = sql.split(' where ')
      return before.startsWith(`update "${table}" set `) && before.includes(`"${column}" = `)
    })
  if (inserts('payment_captures')) return 'finalise'
  if (inserts('payment_attempts')) return 'begin'
  if (sets('payment_attempts', 'approve_url')) return 'record_order'
  if (sets('refunds', 'state')) return 'settle_refund'
  if (inserts('webhook_events')) return 'keep_event'
  if (sets('webhook_events', 'done_at')) return 'finish_event'
  // The fence is one statement and no transaction.
  return statements.length === 1 && sets('payment_attempts', 'state') ? 'fence' : null
}
