import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

import { printResult, type SuiteResult } from './testing/results'

const run = promisify(execFile)

/** One forbidden import for each row of "who may import whom". `%` becomes a name of its own. */
const PLANTED: readonly (readonly [file: string, forbidden: string])[] = [
  ['lib/domain/%.ts', 'next/navigation'],
  ['lib/domain/%.ts', 'node:crypto'],
  ['lib/domain/%.ts', '@/lib/runtime/log'],
  ['lib/runtime/%.ts', '@/db/client'],
  ['db/queries/%.ts', '@/lib/payments/start-payment'],
  ['db/%.ts', '@/components/ui/picture'],
  ['lib/payments/paypal/%.ts', '@/db/client'],
  ['lib/payments/paypal/%.ts', '@/lib/payments/start-payment'],
  ['lib/orders/%.ts', '@/lib/payments/paypal/paypal-gateway'],
  ['lib/payments/%.ts', '@/app/fonts'],
  ['lib/cart/%.ts', '@/components/ui/picture'],
  ['lib/checkout/%.ts', '@/db/schema/shop'],
  ['lib/catalog/%.ts', 'drizzle-orm'],
  ['components/%.tsx', '@/db/client'],
  ['components/%.tsx', '@/lib/cart/read-cart-lines'],
  ['app/%.tsx', '@/db/queries/shop'],
  ['app/%.tsx', '@/lib/payments/paypal/paypal-gateway'],
  ['app/%.tsx', '@/simulator/start-simulator'],
  ['app/%.tsx', '@/prove/part'],
  ['lib/payments/%.ts', '@/prove/part'],
  ['simulator/%.ts', '@/lib/domain/money'],
  ['e2e/%.ts', '@/lib/payments/start-payment'],
  ['e2e/%.ts', '@/app/fonts'],
]

/** Two files that import each other: within a folder, and between two that may import one another. */
const CYCLES: readonly (readonly [one: string, other: string])[] = [
  ['lib/domain/%-one.ts', 'lib/domain/%-other.ts'],
  ['lib/orders/%.ts', 'lib/payments/%.ts'],
]

interface Planted {
  readonly file: string
  readonly forbidden: string
  /** What the linter has to name in its refusal. */
  readonly rule: 'boundaries' | 'no-cycle'
}

function allPlanted(): Planted[] {
  const imports = PLANTED.map(([place, forbidden], index) => ({
    file: place.replace('%', `planted-violation-${index}`),
    forbidden,
    rule: 'boundaries' as const,
  }))
  const cycles = CYCLES.flatMap((places, index) => {
    const [one, other] = places.map((place) => place.replace('%', `planted-cycle-${index}`)) as [string, string]
    return [circle(one, other), circle(other, one)]
  })
  return [...imports, ...cycles]
}

function circle(file: string, other: string): Planted {
  return { file, forbidden: `@/${other.replace(/\.ts$/, '')}`, rule: 'no-cycle' }
}

/** Plants each forbidden import in a file of its own, and counts how many the linter refuses. */
async function plantViolations(): Promise<SuiteResult> {
  const planted = allPlanted()
  try {
    await Promise.all(planted.map(({ file, forbidden }) => writeFile(file, `import '${forbidden}'\n`)))
    const output = await lint(planted.map(({ file }) => file))
    const missed = planted.filter(
      ({ file, rule }) => !output.some((line) => line.startsWith(file) && line.includes(rule)),
    )
    for (const { file, forbidden } of missed) console.error(`Not refused: ${path.dirname(file)} imports ${forbidden}`)
    return { name: 'planted violations', passed: planted.length - missed.length, failed: missed.length }
  } finally {
    await Promise.all(planted.map(({ file }) => rm(file, { force: true })))
  }
}

async function lint(files: readonly string[]): Promise<string[]> {
  const cli = 'node_modules/oxlint/bin/oxlint'
  const { stdout } = await run(process.execPath, [cli, '--format=unix', ...files]).catch(
    (refusal: { stdout: string }) => refusal,
  )
  return stdout.split('\n')
}

printResult(await plantViolations())
