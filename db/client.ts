import { setTimeout as delay } from 'node:timers/promises'

import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

import { getEnvironment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'
import { runInTransactionScope } from '@/lib/runtime/transaction-scope'

export type Database = NodePgDatabase & { $client: pg.Pool }
/** What a verb asks for that must not be called outside a transaction: it does not compile with a `Database`. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
/** Reads run in either. */
export type Queryable = Database | Transaction

/** More connections make a hot row slower, not faster (docs/decisions/0002). */
const POOL_MAX = 10

/** A pool with time limits, so that no request waits for the database without end. */
export function createDatabase(connectionString: string, options: { poolMax?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString,
    max: options.poolMax ?? POOL_MAX,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options: '-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000',
  })
  // Without a listener a connection lost between two statements of a transaction would end the process; the statement that
  // follows fails all the same, and its caller hears of it.
  pool.on('connect', (client) => client.on('error', logLostConnection))
  pool.on('error', logLostConnection)
  return drizzle(pool, { casing: 'snake_case' })
}

function logLostConnection(error: Error): void {
  getLog().warn({ cause: error.message }, 'database connection lost')
}

const RETRIES_MAX = 5

/**
 * Serialization failure, deadlock and lock time-out are over once repeated; so is losing a race for a unique key,
 * because the repeat sees the winner's row.
 */
const RETRYABLE = new Set(['40001', '40P01', '55P03', '23505'])

/**
 * Runs `work` in one transaction and repeats it when the database says that somebody else was first. Nothing in it may
 * call PayPal: the gateway refuses. A lost answer to COMMIT surfaces as an error; the caller's work is idempotent and
 * is repeated by whoever looks at the row next.
 */
export async function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runInTransactionScope(() => transactOnce(db, work))
    } catch (error) {
      const code = postgresCode(error)
      if (code === null || !RETRYABLE.has(code) || attempt >= RETRIES_MAX) throw error
      getLog().debug({ code, attempt }, 'transaction repeated')
      await delay(Math.random() * 10 * 2 ** attempt)
    }
  }
}

/**
 * One try on a connection of its own, which is thrown away when it failed as a connection. Drizzle's own handling of a pool
 * loses a connection for good when BEGIN fails on it, and ten of those stop the shop.
 */
async function transactOnce<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await db.$client.connect()
  let isBroken = false
  try {
    return await drizzle(client, { casing: 'snake_case' }).transaction(work)
  } catch (error) {
    isBroken = postgresCode(error) === null
    throw error
  } finally {
    client.release(isBroken)
  }
}

/** The SQLSTATE behind an error, or null. Drizzle wraps the driver's error as its cause. */
export function postgresCode(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof pg.DatabaseError && current.code) return current.code
  }
  return null
}

/** Lost connections, transactions that met, a server that stops or takes too long, a lock that was not to be had. */
const PASSING = /^(08|40|57|55P03)/
const LOST = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH)/

/** Whether a fault is of the moment and says nothing of what was asked: the same may be done the next time. */
export function isPassingFault(error: unknown): boolean {
  const code = postgresCode(error)
  if (code !== null) return PASSING.test(code)
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && LOST.test(String(current.code))) return true
    if (current.message.startsWith('Connection terminated')) return true
  }
  return false
}

/** Whether the database has refused something by this constraint. */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof pg.DatabaseError && current.constraint === constraint) return true
  }
  return false
}

let shared: Database | undefined

/** The pool of this process, made from DATABASE_URL on first use. */
export function getDatabase(): Database {
  shared ??= createDatabase(getEnvironment().DATABASE_URL)
  return shared
}
