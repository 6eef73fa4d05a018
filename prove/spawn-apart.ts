import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const leash = new URL('../scripts/stack/exit-with-parent.mjs', import.meta.url).href

/**
 * Starts a script of `prove/` in a process of its own, with its output on ours and a line for messages. It ends when we do.
 * `folder` is where the code is, when it is not this one's.
 */
export function spawnApart(script: string, args: readonly string[], folder: string = root): ChildProcess {
  const flags = ['--import', leash, '--import', 'tsx', '--conditions=react-server', '--max-old-space-size=6144']
  return spawn(process.execPath, [...flags, `prove/${script}`, ...args], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { LOG_LEVEL: 'silent', ...process.env },
  })
}
