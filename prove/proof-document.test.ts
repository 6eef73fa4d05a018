import { expect, test } from 'vitest'

import { isFull, renderProof, withRecord, type ProofRecord } from './proof-document'

const KNOWN = ['schedules', 'kills', 'replay']

function recordOf(name: string, violations: readonly string[] = []): ProofRecord {
  return {
    name,
    claim: `${name} keep the promise.`,
    size: 10,
    fullSize: 10,
    seconds: 130,
    counts: [['tried', 10]],
    violations,
    command: `npm run prove -- ${name}`,
    seed: 7,
    startedAt: '2026-11-26T01:02:03.000Z',
    commit: 'abc1234',
    machine: '2 cores',
  }
}

test('a run of one part replaces its record and keeps the others, in the order of the parts', () => {
  const before = [recordOf('schedules'), recordOf('replay')]
  const after = withRecord(withRecord(before, recordOf('kills'), KNOWN), { ...recordOf('replay'), seed: 8 }, KNOWN)
  expect(after.map(({ name, seed }) => [name, seed])).toEqual([
    ['schedules', 7],
    ['kills', 7],
    ['replay', 8],
  ])
})

test('a failed run says so, and a part that was never run in full says that', () => {
  const document = renderProof([recordOf('schedules'), recordOf('kills', ['a ghost order'])], KNOWN)
  expect(document).toContain('| **failed**: 1 violations |')
  expect(document).toContain('  - a ghost order')
  expect(document).toContain('| replay | | not yet run in full |')
  expect(document).toContain('2 min 10 s')
})

test('a short run is no full one, nor is one that ended without a report', () => {
  expect(isFull({ size: 10, fullSize: 10 })).toBe(true)
  expect(isFull({ size: 9, fullSize: 10 })).toBe(false)
  expect(isFull({ size: 0, fullSize: 0 })).toBe(false)
})
