import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

import pg from 'pg'

import { SAME_ROWS } from './same-rows'

const run = promisify(execFile)

export interface BareRun {
  readonly tool: string
  readonly perSecond: number
}

/**
 * Runs the bare statements on `attempts`, each once. With pgbench where there is one; the packaged Postgres brings none, so
 * elsewhere with as many connections of our own driver.
 */
export async function runBare(
  url: string,
  attempts: readonly string[],
  clients: number,
  folder: string,
): Promise<BareRun> {
  const setUp = new pg.Client({ connectionString: url })
  await setUp.connect()
  await setUp.query('create table bench_attempts (n bigint primary key, attempt uuid not null)')
  await setUp.query('create sequence bench_turn')
  const rows = JSON.stringify(attempts)
  await setUp.query(
    `insert into bench_attempts select n, attempt::uuid
    from jsonb_array_elements_text($1::jsonb) with ordinality l (attempt, n)`,
    [rows],
  )
  await setUp.query('analyze')
  await setUp.end()
  const version = await run('pgbench', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  )
  const turns = Math.floor(attempts.length / clients)
  if (version === null)
    return { tool: 'node-postgres (no pgbench here)', perSecond: await drive(url, attempts, clients) }
  return { tool: version, perSecond: await pgbench(url, { clients, turns }, folder) }
}

async function pgbench(
  url: string,
  { clients, turns }: { clients: number; turns: number },
  folder: string,
): Promise<number> {
  const script = path.join(folder, 'same-rows.sql')
  const take = `select attempt from bench_attempts where n = (select nextval('bench_turn')) \\gset`
  const statements = SAME_ROWS.map((statement) => `${statement.replaceAll(/\s+/g, ' ')};`)
  await writeFile(script, [take, ...statements].join('\n'))
  const { username, password, hostname, port, pathname } = new URL(url)
  const connection = ['-U', username, '-h', hostname, '-p', port]
  const flags = ['-n', '-M', 'prepared', '-f', script, '-c', String(clients), '-j', '2', '-t', String(turns)]
  const { stdout, stderr } = await run('pgbench', [...connection, ...flags, pathname.slice(1)], {
    env: { ...process.env, PGPASSWORD: password },
  })
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (!tps || /failed: [1-9]/.test(stdout)) throw new Error(`pgbench: ${stdout}${stderr}`)
  return Number(tps)
}

async function drive(url: string, attempts: readonly string[], clients: number): Promise<number> {
  const queue = [...attempts]
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    }),
  )
  const startedAt = performance.now()
  await Promise.all(
    connections.map(async (client) => {
      for (let attempt = queue.shift(); attempt; attempt = queue.shift()) {
        for (const [index, statement] of SAME_ROWS.entries()) {
          const isAbout = statement.includes(':attempt')
          const text = statement.replaceAll(':attempt', '$1::uuid')
          await client.query({ name: `same-${index}`, text, values: isAbout ? [attempt] : [] })
        }
      }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  for (const client of connections) await client.end()
  return attempts.length / seconds
}
