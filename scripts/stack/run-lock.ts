import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Two runs on one data folder would take each other's database for a leftover. Answers how to give the folder free again.
 * @throws Error when another run is alive.
 */
export async function takeDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true })
  const file = path.join(dataDir, 'running.pid')
  const pid = Number(await readFile(file, 'utf8').catch(() => '0'))
  if (pid > 0 && pid !== process.pid && (await isOurCommand(pid))) {
    throw new Error(`The shop already runs on ${dataDir} (process ${pid}): stop it first, or choose another DATA_DIR`)
  }
  await writeFile(file, String(process.pid))
  return () => rm(file, { force: true })
}

async function isOurCommand(pid: number): Promise<boolean> {
  return run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => /scripts\/(demo|dev)\.ts/.test(stdout),
    () => false,
  )
}
