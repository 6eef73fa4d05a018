import type { PartResult } from './part'

/** More of them do not help whoever has to find the cause. */
const VIOLATIONS_SHOWN_MAX = 20

/** Prints what a part has done and found. */
export function printResult(result: PartResult): void {
  const { name, counts, violations, seconds, details = [], remarks = [] } = result
  for (const line of details) console.log(`  ${line}`)
  for (const remark of remarks) console.log(`  Note: ${remark}`)
  for (const violation of violations.slice(0, VIOLATIONS_SHOWN_MAX)) console.log(`  ✗ ${violation}`)
  const more = violations.length - VIOLATIONS_SHOWN_MAX
  if (more > 0) console.log(`  ✗ and ${more} more`)
  const told = counts.map(([what, count]) => `${what} ${count}`).join(', ')
  console.log(`${violations.length > 0 ? '✗' : '✓'} ${name}: ${told}; violations ${violations.length} (${seconds} s)`)
}
