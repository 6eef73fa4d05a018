import { describe, sum, type SuiteResult } from './results'

/** Prints one line a suite and, last, the one line that counts. Ends the process, with 1 if anything failed. */
export function report(results: readonly SuiteResult[]): never {
  console.log('')
  for (const result of results) console.log(`${result.failed > 0 ? '✗' : '✓'} ${result.name}: ${describe(result)}`)
  const whole = sum(results)
  console.log(`\n${describe(whole)}`)
  process.exit(whole.failed > 0 ? 1 : 0)
}
