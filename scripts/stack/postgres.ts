import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

import { findFreePort } from './ports'
import { preparePostgresFiles, type PostgresFiles } from './postgres-files'

const run = promisify(execFile)
const keeper = path.join(import.meta.dirname, 'postgres-keeper.mjs')
/** Only this machine can connect, and only to demonstration data. */
const PASSWORD = 'cartwright'

export interface RunningPostgres {
  /** Address of a database on this server. */
  readonly url: (database: string) => string
  readonly process: ChildProcess
  readonly stop: () => Promise<void>
}

/** `throwaway` servers forget everything in a crash, and are faster for it. */
export interface PostgresOptions {
  readonly dataDir: string
  readonly throwaway?: boolean
}

/**
 * Starts the packaged Postgres on a free port, making its data folder on first use. A server or a lock file that a crashed
 * run left behind is cleared away. Our own start instead of the library's: that one stops Postgres on Ctrl-C before the
 * shop has finished with it, and exits the process.
 */
export async function startPostgres({ dataDir, throwaway = false }: PostgresOptions): Promise<RunningPostgres> {
  const files = await preparePostgresFiles(path.resolve(dataDir))
  if (await exists(path.join(files.dataDir, 'PG_VERSION'))) await clearCrashedRun(files)
  else await initialise(files, throwaway)

  const port = await findFreePort()
  const flags = [
    '-D',
    files.dataDir,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
  ]
  const fast = throwaway ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'] : []
  const options = { ...files.user, cwd: files.dataDir }
  // Immediate where nothing is to be kept: it also ends those of its processes that a proof has stopped for a moment.
  const shutDownBy: NodeJS.Signals = throwaway ? 'SIGQUIT' : 'SIGINT'
  const child = spawn(
    process.execPath,
    [keeper, JSON.stringify([files.binaries.postgres, [...flags, ...fast], options, shutDownBy])],
    {
      // Out of the reach of Ctrl-C in the terminal: the command stops it last.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  )
  child.channel?.unref()
  await waitUntilReady(child)
  return {
    url: (database) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
    process: child,
    stop: () => stop(files, child),
  }
}

async function initialise(files: PostgresFiles, throwaway: boolean): Promise<void> {
  const passwordFile = path.join(files.dataDir, '..', `.postgres-password-${process.pid}`)
  await writeFile(passwordFile, `${PASSWORD}\n`, { mode: 0o644 })
  const flags = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    `--pwfile=${passwordFile}`,
  ]
  try {
    await run(files.binaries.initdb, [`--pgdata=${files.dataDir}`, ...flags, ...(throwaway ? ['--no-sync'] : [])], {
      ...files.user,
    })
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** Ends a server that outlived its parent; a lock file whose process is not that server is only a leftover. */
async function clearCrashedRun(files: PostgresFiles): Promise<void> {
  const lock = path.join(files.dataDir, 'postmaster.pid')
  const pid = (await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]
  if (!pid) return
  const command = await run('ps', ['-ww', '-o', 'args=', '-p', pid]).then(
    ({ stdout }) => stdout,
    () => '',
  )
  if (command.includes(files.dataDir)) await pgCtlStop(files)
  await rm(lock, { force: true })
}

async function pgCtlStop(files: PostgresFiles): Promise<void> {
  await run(files.binaries.pg_ctl, ['stop', '-D', files.dataDir, '-m', 'fast', '-w'], {
    ...files.user,
    cwd: files.dataDir,
  })
}

async function waitUntilReady(child: ChildProcess): Promise<void> {
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000)
      if (output.includes('database system is ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Postgres did not start (exit code ${code}):\n${output}`)))
  })
}

async function stop(files: PostgresFiles, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  await pgCtlStop(files)
  await exited
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
