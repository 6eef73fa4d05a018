import type { PartResult } from '@/prove/part'
import { PART_NAMES } from '@/prove/parts'
import { printResult } from '@/prove/print-result'
import { readArguments, type ProveArguments } from '@/prove/read-arguments'
import { runPartApart } from '@/prove/run-part-apart'
import { recordPart } from '@/prove/write-proof'

/** `npm run prove`: tries to break each promise about money, prints what happened, ends with 1 if one was broken. */
const args = process.argv.slice(2)
const { names, sizes, otherwise, seed, only } = read()
console.log(`Seed ${seed}`)
const command = ['npm run prove', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
const results: PartResult[] = []
for (const name of names) {
  console.log(`\n== ${name}`)
  const startedAt = new Date()
  const result = await runPartApart(name, { size: sizes.get(name) ?? otherwise, seed, only })
  printResult(result)
  results.push(result)
  // After each part: a run that is stopped later has still shown what it has shown.
  const isRecorded = only === null && (await recordPart(result, { command, seed, startedAt }, PART_NAMES))
  console.log(isRecorded ? '  Written to docs/proof.md' : '  Not in full: docs/proof.md stays as it is')
}

const violations = results.reduce((sum, result) => sum + result.violations.length, 0)
const seconds = results.reduce((sum, result) => sum + result.seconds, 0)
console.log(`\n${results.length} parts in ${seconds} s, ${violations} violations, seed ${seed}`)
process.exit(violations > 0 ? 1 : 0)

function read(): ProveArguments {
  try {
    return readArguments(args, PART_NAMES)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}
