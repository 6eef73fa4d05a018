import type { SuiteResult } from './results'
import { runCountingScript, runTool } from './run-suite'
import { runVitest } from './vitest-suite'

/** `npm run check`: what needs no service, in the order in which it is cheapest to hear bad news. */
export async function runChecks(): Promise<SuiteResult[]> {
  return [
    await runTool('format', ['node_modules/oxfmt/bin/oxfmt', '--check']),
    // Before the linter: it judges types too, and in a fresh clone the routes have none yet.
    await runTypes(),
    await runTool('lint', ['node_modules/oxlint/bin/oxlint', '--type-aware']),
    await runTool('dead code', ['node_modules/knip/bin/knip.js']),
    await runCountingScript('document paths', 'scripts/check-document-paths.ts'),
    await runVitest('unit'),
  ]
}

/** Routes are typed from the folders of app/, so their types are written first: a fresh clone has none. */
async function runTypes(): Promise<SuiteResult> {
  const routes = await runTool('types', ['node_modules/next/dist/bin/next', 'typegen'])
  return routes.failed > 0 ? routes : runTool('types', ['node_modules/typescript/bin/tsc', '--noEmit'])
}
