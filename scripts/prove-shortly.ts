import { MUTANTS } from '@/prove/mutants/mutants'
import type { PartWish } from '@/prove/part'
import { printResult as printPart } from '@/prove/print-result'
import { runPartApart } from '@/prove/run-part-apart'

import { printResult } from './testing/results'

/** What of the proof is too long for a test or needs the built shop. Sizes are small, the seed is always the same. */
const SIZES = { model: 4, kills: 60, crashes: 3, clocks: 24, restore: 24, replay: 1 }
const SEED = 1
/** Those that are noticed soonest; `npm run prove -- mutants` hunts them all. */
const SOON_FOUND = MUTANTS.flatMap(({ isSoonFound }, index) => (isSoonFound ? [index + 1] : []))
const SCHEDULES_MAX = 400

const wishes: (readonly [name: string, wish: PartWish])[] = [
  ...Object.entries(SIZES).map(([name, size]) => [name, { size, seed: SEED }] as const),
  ...SOON_FOUND.map((only) => ['mutants', { size: SCHEDULES_MAX, seed: SEED, only }] as const),
]
let passed = 0
let failed = 0
for (const [name, wish] of wishes) {
  const result = await runPartApart(name, wish)
  printPart(result)
  if (result.violations.length === 0) passed += 1
  failed += result.violations.length
}
printResult({ name: 'proof, short form', passed, failed })
