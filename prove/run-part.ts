import { inspect } from 'node:util'

import { loadPart } from './parts'
import type { Part, PartResult } from './part'

// A process for each part: what one does to its clock, or a crash of it, is no concern of the next.
const [name = '', sizeText = 'full', seedText, onlyText] = process.argv.slice(2)
const part = await loadPart(name)
const only = onlyText === undefined ? null : Number(onlyText)
if (only !== null && !part.isNumbered) throw new Error(`${name} has nothing that could be tried alone`)
const size = chooseSize(part, sizeText)
const startedAt = performance.now()
const report = await part
  .run({ size, seed: Number(seedText), only, say: (line) => console.log(`  ${line}`) })
  .catch((error: unknown) => ({
    counts: [],
    violations: [`It ended early: ${inspect(error)}`],
  }))
const result: PartResult = {
  ...report,
  name,
  claim: part.claim,
  size,
  fullSize: part.fullSize,
  seconds: Math.round((performance.now() - startedAt) / 1000),
}
process.send?.(result, () => process.exit(result.violations.length > 0 ? 1 : 0))

function chooseSize({ fullSize, briefSize = Math.ceil(fullSize / 10) }: Part, wish: string): number {
  if (wish === 'full') return fullSize
  return wish === 'brief' ? briefSize : Number(wish)
}
