import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const leash = new URL('./exit-with-parent.mjs', import.meta.url).href
/** What is shown of a process that died on its own. */
const LAST_OUTPUT_MAX = 6_000
const STOP_PATIENCE_MS = 8_000

export interface Child {
  readonly name: string
  readonly process: ChildProcess
  /** The end of what it has written. */
  readonly lastOutput: () => string
  readonly stop: () => Promise<void>
}

export interface ChildOptions {
  readonly name: string
  /** What follows `node`: flags, file, arguments. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly logDir: string
  /** Also show its output, each line with the name in front. */
  readonly echo?: boolean
}

export const TYPESCRIPT = ['--import', 'tsx', '--conditions=react-server'] as const

/**
 * Starts a Node process in a group of its own, so that Ctrl-C in the terminal reaches the command alone, which then stops
 * its children in order. Should the command be killed, the children notice and end.
 */
export function startChild({ name, args, env, logDir, echo = false }: ChildOptions): Child {
  mkdirSync(logDir, { recursive: true })
  const log = createWriteStream(path.join(logDir, `${name}.log`))
  const child = spawn(process.execPath, ['--import', leash, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let last = ''
  const keep = (chunk: Buffer) => {
    const text = chunk.toString()
    log.write(text)
    last = (last + text).slice(-LAST_OUTPUT_MAX)
    if (echo) process.stdout.write(text.replaceAll(/^(?=.)/gm, `${name} | `))
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return { name, process: child, lastOutput: () => last.trim(), stop: () => stopChild(child) }
}

/** Asks, waits, and insists after a while. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
  await exited
  clearTimeout(insist)
}
