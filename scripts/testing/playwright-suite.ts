import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'

import { z } from 'zod'

import type { SuiteResult } from './results'
import { runNode } from './run-suite'

/** The part of Playwright's JSON report that is counted. */
const Report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

/** Runs the browser tests; further arguments go to Playwright (file names, `--project`, `-g`). */
export function runPlaywright(args: readonly string[]): Promise<SuiteResult> {
  console.log('\n== browser tests')
  return run('all', {}, args)
}

/** Runs projects of playwright.config.ts, one after the other, on the shop that `env` names; several calls may run side by side. */
export function runBrowserProjects(
  projects: readonly ('desktop' | 'phone' | 'roles' | 'office' | 'tablet')[],
  env: Readonly<Record<string, string>>,
): Promise<SuiteResult> {
  return run(
    projects.join(' and '),
    env,
    projects.flatMap((project) => ['--project', project]),
  )
}

async function run(name: string, env: Readonly<Record<string, string>>, args: readonly string[]): Promise<SuiteResult> {
  const suite = name === 'all' ? 'browser tests' : `browser tests, ${name}`
  const report = path.resolve(`.test/playwright-${name.replaceAll(' ', '-')}.json`)
  await rm(report, { force: true })
  // Playwright brings its own TypeScript; the condition makes server-only harmless in what the setup imports.
  const { code } = await runNode(
    ['--import', 'tsx', '--conditions=react-server', 'node_modules/@playwright/test/cli.js', 'test', ...args],
    { ...env, E2E_RUN: name.replaceAll(' ', '-') },
  )
  const text = await readFile(report, 'utf8').catch(() => null)
  if (text === null) return { name: suite, passed: 0, failed: 1 }
  const { expected, unexpected, flaky } = Report.parse(JSON.parse(text)).stats
  const failed = unexpected + flaky
  return { name: suite, passed: expected, failed: code !== 0 && failed === 0 ? 1 : failed }
}
