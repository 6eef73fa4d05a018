import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'

import { z } from 'zod'

import type { SuiteResult } from './results'
import { runNode } from './run-suite'

/** The part of vitest's JSON report that is counted. A file that does not load has a failed suite and no test. */
const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
})

/** Runs one project of vitest.config.ts; further arguments go to vitest (file names, `-t`). */
export async function runVitest(project: 'unit' | 'db', args: readonly string[] = []): Promise<SuiteResult> {
  console.log(`\n== ${project} tests`)
  const report = path.resolve('.test', `vitest-${project}.json`)
  await mkdir(path.dirname(report), { recursive: true })
  await rm(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await runNode(['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters, ...args])
  return { name: `${project} tests`, ...(await count(report, code)) }
}

async function count(report: string, code: number): Promise<{ passed: number; failed: number }> {
  const text = await readFile(report, 'utf8').catch(() => null)
  if (text === null) return { passed: 0, failed: 1 }
  const { numPassedTests: passed, numFailedTests, numFailedTestSuites } = Report.parse(JSON.parse(text))
  const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites
  // An error outside any test fails the run as well.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}
