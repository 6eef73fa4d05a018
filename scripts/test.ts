import { startTestStack, type TestStack } from './stack/test-stack'
import { runChecks } from './testing/checks'
import { runBrowserProjects, runPlaywright } from './testing/playwright-suite'
import { report } from './testing/report'
import type { SuiteResult } from './testing/results'
import { runCountingScript } from './testing/run-suite'
import { runVitest } from './testing/vitest-suite'

/** One after the other in a lane; the lanes take about as long as each other. */
const LANES = [['desktop'], ['phone', 'roles'], ['office'], ['tablet']] as const

const [part, ...args] = process.argv.slice(2)

switch (part) {
  case 'unit':
  case 'db':
    report([await runVitest(part, args)])
  case 'e2e':
    report([await runPlaywright(args)])
  default:
    report(await runEverything())
}

async function runEverything(): Promise<SuiteResult[]> {
  const results = await runChecks()
  results.push(await runCountingScript('planted violations', 'scripts/plant-violations.ts'))
  results.push(await runVitest('db'))
  return [...results, ...(await runOnRunningShop())]
}

/** The suites that need the shop: built, seeded and running. Each lane of browser tests has one of its own, so that all can run at once. */
async function runOnRunningShop(): Promise<SuiteResult[]> {
  console.log('\n== build and start')
  const stacks: TestStack[] = []
  try {
    const first = await startTestStack()
    stacks.push(first)
    const started = { name: 'build and start', passed: 1, failed: 0 }
    // The budget comes first: it wants to see a page that nobody has asked for yet.
    const budget = await runCountingScript('budget', 'scripts/check-budget.ts', first.env)
    // One by one: a port is free until somebody else takes it.
    while (stacks.length < LANES.length) stacks.push(await startTestStack())
    console.log('\n== browser tests, side by side')
    const browser = await Promise.all(
      LANES.map((projects, lane) => runBrowserProjects(projects, (stacks[lane] ?? first).env)),
    )
    await Promise.all(stacks.splice(0).map((stack) => stack.stop()))
    return [started, budget, ...browser, await runCountingScript('proof, short form', 'scripts/prove-shortly.ts')]
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    await Promise.all(stacks.map((stack) => stack.stop()))
    return [{ name: 'build and start', passed: 0, failed: 1 }]
  }
}
