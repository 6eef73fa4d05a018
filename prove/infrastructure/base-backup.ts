import { chown, copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

import pg from 'pg'

/** Of a running server's folder: neither its lock, nor what it makes anew. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot', 'pg_stat_tmp', 'pg_notify'])
const MADE_ANEW = ['pg_replslot', 'pg_stat_tmp', 'pg_notify']

/**
 * Copies the files of a running, writing server, so that another can start from them as of the end of the copy (PostgreSQL
 * manual, "Making a Base Backup Using the Low Level API").
 */
export async function takeBaseBackup(databaseUrl: string, dataDir: string, target: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`select pg_backup_start('proof', fast => true)`)
    await copyTree(dataDir, target, LEFT_OUT)
    const stopped = await client.query('select labelfile from pg_backup_stop(wait_for_archive => false)')
    // Last, so that the log reaches to the end of the copy.
    await copyTree(path.join(dataDir, 'pg_wal'), path.join(target, 'pg_wal'))
    for (const folder of MADE_ANEW) await copyTree(path.join(dataDir, folder), path.join(target, folder), null)
    const label = path.join(target, 'backup_label')
    await writeFile(label, (stopped.rows[0] as { labelfile: string }).labelfile)
    await giveTo(label, await stat(dataDir))
  } finally {
    await client.end()
  }
}

/** Files may vanish while they are copied; `leftOut` null copies the folder alone. */
async function copyTree(from: string, to: string, leftOut: ReadonlySet<string> | null = new Set()): Promise<void> {
  const folder = await stat(from)
  await mkdir(to, { recursive: true, mode: 0o700 })
  await giveTo(to, folder)
  if (leftOut === null) return
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (leftOut.has(entry.name)) continue
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, copy)
    else if (await copyFile(source, copy).then(() => true, isGone)) await giveTo(copy, folder)
  }
}

function isGone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false
  throw error
}

/** Only root gives files away, and only root has to: Postgres then runs as somebody else. */
async function giveTo(file: string, owner: { uid: number; gid: number }): Promise<void> {
  if (process.getuid?.() === 0) await chown(file, owner.uid, owner.gid)
}
