import pg from 'pg'

import { createDatabase, type Database } from '@/db/client'

import type { Faults } from './faults'
import type { Scheduler } from './scheduler'
import { VIRTUAL_TIME_OPTIONS } from './virtual-clock'

/** More than any schedule has tasks: nobody waits for a connection, which the scheduler could not see. */
const POOL_MAX = 60

/** What the tasks of the schedule that runs now are subject to. Null: nobody is scheduled, everything passes. */
export interface Control {
  readonly scheduler: Scheduler
  readonly faults: Faults
  /** Suspends the current task. */
  readonly stall: () => void
}

export interface ControlledDatabase {
  readonly db: Database
  control: Control | null
  /** The task that gets no connection; null when the database is there for everybody. */
  isAwayFor: string | null
  /** Cycles of waiting that the shop itself made: its lock order should never allow one. */
  deadlocks: number
  close(): Promise<void>
}

interface ControlledClient {
  readonly client: pg.PoolClient & { processID?: number }
  isInTransaction: boolean
  isLost: boolean
}

/**
 * The shop's own database object, whose pool hands out connections that yield to the scheduler before each statement and
 * suffer the faults it orders. Statements are real and so is Postgres; only their order is decided.
 */
export function createControlledDatabase(url: string, monitor: pg.Pool): ControlledDatabase {
  const address = new URL(url)
  address.searchParams.set('options', VIRTUAL_TIME_OPTIONS)
  const db = createDatabase(address.href, { poolMax: POOL_MAX })
  const pool = db.$client
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>
  const controlled: ControlledDatabase = { db, control: null, isAwayFor: null, deadlocks: 0, close: () => pool.end() }

  const open = async () => {
    const task = controlled.control?.scheduler.current()?.name
    if (task !== undefined && task === controlled.isAwayFor)
      throw new Error('the connection was lost: the database is away')
    return wrap(await connect(), controlled, monitor)
  }
  Object.assign(pool, {
    connect: open,
    query: async (...args: [pg.QueryConfig, unknown[]?]) => {
      const client = await open()
      try {
        return await client.query(...args)
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) client.release(true)
        throw error
      } finally {
        if (!released.has(client)) client.release()
      }
    },
  })
  return controlled
}

const released = new WeakSet<pg.PoolClient>()

function wrap(client: pg.PoolClient, controlled: ControlledDatabase, monitor: pg.Pool): pg.PoolClient {
  const state: ControlledClient = { client, isInTransaction: false, isLost: false }
  const task = controlled.control?.scheduler.current() ?? null
  const die = async () => {
    await terminate(state, monitor)
    if (released.has(proxy)) return
    released.add(proxy)
    client.release(true)
  }
  task?.onDeath.add(die)
  const proxy: pg.PoolClient = new Proxy(client, {
    get(target, property) {
      if (property === 'query') {
        return (...args: [pg.QueryConfig, unknown[]?]) => query(state, controlled, monitor, args)
      }
      if (property === 'release') {
        return (broken?: boolean) => {
          task?.onDeath.delete(die)
          if (released.has(proxy)) return
          released.add(proxy)
          target.release(broken === true || state.isLost)
        }
      }
      const value = Reflect.get(target, property) as unknown
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
  return proxy
}

async function query(
  state: ControlledClient,
  controlled: ControlledDatabase,
  monitor: pg.Pool,
  args: [pg.QueryConfig, unknown[]?],
): Promise<pg.QueryResult> {
  const text = typeof args[0] === 'string' ? args[0] : args[0].text
  const { control } = controlled
  const task = control?.scheduler.current()
  if (!control || !task) return run(state, args, text)
  if (state.isInTransaction && control.faults.strikes('stall')) control.stall()
  await control.scheduler.yield(`sql ${text.slice(0, 48).replaceAll(/\s+/g, ' ')}`)
  if (state.isLost) throw new Error('the connection was lost')
  await strike(state, control, monitor, text)
  const pid = state.client.processID ?? 0
  const result = await control.scheduler.awaitStatement(run(state, args, text), pid, () => isBlocked(monitor, pid))
  if (state.isLost) throw new Error('the connection was lost')
  if (/^commit/i.test(text) && control.faults.strikes('commit_lost_after')) {
    await terminate(state, monitor)
    throw new Error('the answer to COMMIT was lost')
  }
  return result
}

function run(state: ControlledClient, args: [pg.QueryConfig, unknown[]?], text: string): Promise<pg.QueryResult> {
  if (/^begin/i.test(text)) state.isInTransaction = true
  if (/^(commit|rollback)/i.test(text)) state.isInTransaction = false
  return state.client.query(...args)
}

/** A fault before the statement: a connection that goes away, or a transaction that the database gives up on. */
async function strike(state: ControlledClient, { faults }: Control, monitor: pg.Pool, text: string): Promise<void> {
  if (/^(begin|rollback)/i.test(text)) return
  if (/^commit/i.test(text) && faults.strikes('commit_lost_before')) {
    await terminate(state, monitor)
    throw new Error('the connection was lost before COMMIT arrived')
  }
  if (!state.isInTransaction) return
  const code = faults.strikes('serialization_failure') ? '40001' : faults.strikes('deadlock') ? '40P01' : null
  if (code !== null) await state.client.query(`do $$ begin raise exception 'ordered' using errcode = '${code}'; end $$`)
}

async function isBlocked(monitor: pg.Pool, pid: number): Promise<boolean> {
  const { rows } = await monitor.query<{ blocked: boolean }>(
    'select cardinality(pg_blocking_pids($1)) > 0 as blocked',
    [pid],
  )
  return rows[0]?.blocked ?? false
}

/** Ends a connection at the server and waits until its transaction is gone with it. */
async function terminate(state: ControlledClient, monitor: pg.Pool): Promise<void> {
  state.isLost = true
  const pid = state.client.processID ?? 0
  await monitor.query('select pg_terminate_backend($1)', [pid])
  // Waiting inside that function looks only every tenth of a second.
  while (await isConnected(monitor, pid));
}

async function isConnected(monitor: pg.Pool, pid: number): Promise<boolean> {
  const { rows } = await monitor.query('select 1 from pg_stat_activity where pid = $1', [pid])
  return rows.length > 0
}

/** Ends a cycle of waiting as Postgres would, and counts it. */
export async function breakDeadlock(controlled: ControlledDatabase, monitor: pg.Pool, pids: number[]): Promise<void> {
  controlled.deadlocks++
  await monitor.query('select pg_cancel_backend($1)', [pids.at(-1) ?? 0])
}
