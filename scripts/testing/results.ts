/** What one suite or check contributes to the last line of `npm test`. */
export interface SuiteResult {
  readonly name: string
  readonly passed: number
  readonly failed: number
}

/** The line by which a script tells its result to the command that runs it. */
const MARK = 'suite-result '

/** For scripts that are a suite of their own: tells the result and exits with it. */
export function printResult(result: SuiteResult): never {
  console.log(`${result.name}: ${describe(result)}`)
  process.send?.(`${MARK}${JSON.stringify(result)}`)
  process.exit(result.failed > 0 ? 1 : 0)
}

/** @returns the result in a message of a child process, or null for any other message. */
export function readResult(message: unknown): SuiteResult | null {
  if (typeof message !== 'string' || !message.startsWith(MARK)) return null
  return JSON.parse(message.slice(MARK.length)) as SuiteResult
}

export function describe({ passed, failed }: Omit<SuiteResult, 'name'>): string {
  return `${passed} passed, ${failed} failed`
}

export function sum(results: readonly SuiteResult[]): SuiteResult {
  return {
    name: 'all',
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
  }
}
