import { startTestStack, type TestStack } from './stack/test-stack'
import { runChecks } from './testing/checks'
import { runBrowserProjects, runPlaywright } from './testing/playwright-suite'
import { report } from './testing/report'
import type { SuiteResult } from './testing/results'
import { runCountingScript } from './testing/run-suite'
import { runVitest } from './testing/vitest-suite'

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

/** The suites that need the shop: built, seeded and running, once for all of them. */
async function runOnRunningShop(): Promise<SuiteResult[]> {
  console.log('\n== build and start')
  try {
    const stack = await startTestStack()
    const started = { name: 'build and start', passed: 1, failed: 0 }
    // The budget comes first: it wants to see a page that nobody has asked for yet.
    const budget = await runCountingScript('budget', 'scripts/check-budget.ts', stack.env)
    const browser = await runBrowserTests(stack)
    return [started, budget, ...browser, await runCountingScript('proof, short form', 'scripts/prove-shortly.ts')]
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return [{ name: 'build and start', passed: 0, failed: 1 }]
  }
}

/** Each group of sizes has a shop, a simulator and a database of its own, so that all can run at once. */
async function runBrowserTests(first: TestStack): Promise<SuiteResult[]> {
  const [second, third] = [await startTestStack(), await startTestStack()]
  console.log('\n== browser tests, side by side')
  const results = await Promise.all([
    runBrowserProjects(['desktop'], first.env),
    runBrowserProjects(['phone', 'roles'], second.env),
    runBrowserProjects(['office', 'tablet'], third.env),
  ])
  await Promise.all([first, second, third].map((stack) => stack.stop()))
  return results
}
