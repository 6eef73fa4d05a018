import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { createDatabase, inTransaction, type Database } from '@/db/client'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'

import { startPostgresProxy, type CommitMessage, type OnCommit, type PostgresProxy } from './postgres-proxy'

let database: TestDatabase
let proxy: PostgresProxy
let db: Database
let act: OnCommit
let seen: CommitMessage[]

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  await database.db.execute(sql`create table notes (body text)`)
  proxy = await startPostgresProxy(database.url, (message) => {
    seen.push(message)
    return act(message)
  })
  db = createDatabase(proxy.url)
})
afterAll(async () => {
  await db.$client.end()
  proxy.close()
  await database.drop()
})
beforeEach(async () => {
  act = () => undefined
  seen = []
  await database.db.execute(sql`delete from notes`)
})

const write = () =>
  inTransaction(db, async (tx) => {
    await tx.execute(sql`select 1`)
    await tx.execute(sql`insert into notes values (${'a'})`)
  })
const countNotes = async () => (await database.db.execute(sql`select * from notes`)).rows.length

describe('a database proxy', () => {
  test('tells of a transaction when its commit is asked for, done and answered, with what it did', async () => {
    await write()
    expect(seen.map(({ moment }) => moment)).toEqual(['received', 'worked', 'answered'])
    expect(seen[0]?.statements).toEqual(['select 1', 'insert into notes values ($1)'])
  })

  test('tells of a change outside any transaction, and not of reading or of a rollback', async () => {
    await db.execute(sql`insert into notes values ('b')`)
    await db.execute(sql`select * from notes`)
    await inTransaction(db, async (tx) => {
      await tx.execute(sql`delete from notes`)
      throw new Error('changed my mind')
    }).catch(() => undefined)
    expect(seen.map(({ moment, statements }) => `${moment} ${statements.join()}`)).toEqual(
      ['received', 'worked', 'answered'].map((moment) => `${moment} insert into notes values ('b')`),
    )
  })

  test('that cuts before the commit leaves nothing behind', async () => {
    act = ({ moment }) => (moment === 'received' ? 'drop' : undefined)
    await expect(write()).rejects.toThrow()
    expect(await countNotes()).toBe(0)
  })

  test('that cuts after the commit and before its answer leaves everything, and the client without knowledge', async () => {
    act = ({ moment }) => (moment === 'worked' ? 'drop' : undefined)
    await expect(write()).rejects.toThrow()
    expect(await countNotes()).toBe(1)
  })

  test('shows the effect to others before the client hears of it', async () => {
    const counts: number[] = []
    act = async ({ moment }) => {
      if (moment !== 'answered') counts.push(await countNotes())
    }
    await write()
    expect(counts).toEqual([0, 1])
  })
})
