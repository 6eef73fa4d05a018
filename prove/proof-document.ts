import type { PartResult } from './part'

/** The last full run of a part, and how it came about. */
export interface ProofRecord extends PartResult {
  readonly command: string
  readonly seed: number
  readonly startedAt: string
  readonly commit: string
  readonly machine: string
}

/** Whether a part was tried at its full size at least. One that failed to report has no size. */
export function isFull({ size, fullSize }: Pick<PartResult, 'size' | 'fullSize'>): boolean {
  return fullSize > 0 && size >= fullSize
}

/** The records with another in the place of its part's, in the order of the parts. */
export function withRecord(
  records: readonly ProofRecord[],
  record: ProofRecord,
  known: readonly string[],
): ProofRecord[] {
  const all = new Map([...records, record].map((one) => [one.name, one]))
  return known.flatMap((name) => all.get(name) ?? [])
}

/** The document, as a function of its records alone. */
export function renderProof(records: readonly ProofRecord[], known: readonly string[]): string {
  const byName = new Map(records.map((record) => [record.name, record]))
  const rows = known.map((name) => {
    const record = byName.get(name)
    if (!record) return `| ${name} | | not yet run in full | | | |`
    const { claim, seconds, startedAt, commit } = record
    return `| [${name}](#${name}) | ${claim} | ${verdict(record)} | ${day(startedAt)} | ${commit} | ${duration(seconds)} |`
  })
  const lines = [
    '# The last full proof of each part',
    '',
    'Written by `npm run prove`, never by hand: each part tells of its last run at full size. Figures are as measured, whatever they are.',
    '',
    '| Part | Claim | Result | Date | Commit | Duration |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...records.flatMap(section),
  ]
  return `${lines.join('\n')}\n`
}

function verdict({ violations }: ProofRecord): string {
  return violations.length === 0 ? 'no violation' : `**failed**: ${violations.length} violations`
}

function section(record: ProofRecord): string[] {
  const { name, claim, size, seconds, counts, violations, details = [], remarks = [] } = record
  const block = details.length === 0 ? [] : ['', '```text', ...details, '```']
  return [
    '',
    `## ${name}`,
    '',
    claim,
    '',
    `- Result: ${verdict(record)}`,
    `- Date: ${record.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `- Commit: ${record.commit}`,
    `- Command: \`${record.command}\``,
    `- Seed: ${record.seed}`,
    `- Size: ${size}`,
    `- Duration: ${duration(seconds)}`,
    `- Machine: ${record.machine}`,
    '',
    ...counts.map(([what, count]) => `- ${what}: ${count}`),
    `- violations: ${violations.length}`,
    ...violations.map((violation) => `  - ${violation.replaceAll('\n', ' ')}`),
    ...block,
    ...remarks.flatMap((remark) => ['', remark]),
  ]
}

function day(startedAt: string): string {
  return startedAt.slice(0, 10)
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
