import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

import { readResult, type SuiteResult } from './results'

const root = path.resolve(import.meta.dirname, '../..')
const leash = new URL('../stack/exit-with-parent.mjs', import.meta.url).href

export interface Finished {
  readonly code: number
  /** What a script of ours told about itself with `printResult`. */
  readonly told: SuiteResult | null
}

/** Runs a Node program to its end with its output on ours. */
export async function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const child = spawn(process.execPath, ['--import', leash, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  })
  let told: SuiteResult | null = null
  child.on('message', (message) => (told = readResult(message) ?? told))
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code: code ?? 1, told }
}

/** A tool that passes or fails as a whole: one check. */
export async function runTool(name: string, args: readonly string[]): Promise<SuiteResult> {
  console.log(`\n== ${name}`)
  const { code } = await runNode(args)
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

/** A script of ours that counts for itself; one that ends without telling has failed. */
export async function runCountingScript(
  name: string,
  file: string,
  env: Readonly<Record<string, string>> = {},
): Promise<SuiteResult> {
  console.log(`\n== ${name}`)
  const { told } = await runNode(['--import', 'tsx', '--conditions=react-server', file], env)
  return told ?? { name, passed: 0, failed: 1 }
}
