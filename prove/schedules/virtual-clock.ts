import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'

/**
 * Connection options under which `now()` is a clock that only the harness moves. Time limits are off: whoever waits is
 * scheduled, not timed.
 */
export const VIRTUAL_TIME_OPTIONS =
  '-c search_path=virtual,pg_catalog,public -c statement_timeout=0 -c lock_timeout=0 -c deadlock_timeout=10min'

/** Puts a clock into the database that shadows Postgres's own for connections with VIRTUAL_TIME_OPTIONS. */
export async function installVirtualClock(db: Database): Promise<void> {
  await db.execute(sql`create schema virtual`)
  await db.execute(sql`create table virtual.clock (at timestamptz not null)`)
  await db.execute(sql`insert into virtual.clock values ('2026-01-01T00:00:00Z')`)
  await db.execute(
    sql`create function virtual.now() returns timestamptz language sql stable as 'select at from virtual.clock'`,
  )
  const { rows } = await db.execute<{ table: string; column: string }>(sql`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and column_default = 'now()'`)
  for (const { table, column } of rows) {
    const [name, field] = [sql.identifier(table), sql.identifier(column)]
    await db.execute(sql`alter table ${name} alter column ${field} set default virtual.now()`)
  }
}

export async function advanceVirtualClock(db: Database, seconds: number): Promise<void> {
  await db.execute(sql`update virtual.clock set at = at + make_interval(secs => ${seconds})`)
}

export async function resetVirtualClock(db: Database): Promise<void> {
  await db.execute(sql`update virtual.clock set at = '2026-01-01T00:00:00Z'`)
}
