import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const leash = new URL('./exit-with-parent.mjs', import.meta.url).href

/** Runs a Node program and shows its output. @throws Error named after `what` when it fails. */
export async function runToEnd(
  what: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const code = await runForExitCode(args, env)
  if (code !== 0) throw new Error(`${what} failed (exit code ${code})`)
}

/** Runs a Node program, shows its output, answers its exit code; a signal counts as 1. */
export async function runForExitCode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = spawn(process.execPath, ['--import', leash, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
