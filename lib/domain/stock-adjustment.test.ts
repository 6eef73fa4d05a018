import { expect, test } from 'vitest'

import { planAdjustment } from './stock-adjustment'

const shelf = { onHand: 10, held: 3, lastMovementId: 7 }

test('pieces come and go by what happened to them', () => {
  const plan = (kind: 'received' | 'found' | 'damaged' | 'other_more' | 'other_fewer') =>
    planAdjustment(shelf, { kind, pieces: 2 })
  expect(plan('received')).toEqual({ kind: 'move', quantity: 2, reason: 'received' })
  expect(plan('found')).toEqual({ kind: 'move', quantity: 2, reason: 'found' })
  expect(plan('damaged')).toEqual({ kind: 'move', quantity: -2, reason: 'damaged' })
  expect(plan('other_more')).toEqual({ kind: 'move', quantity: 2, reason: 'other' })
  expect(plan('other_fewer')).toEqual({ kind: 'move', quantity: -2, reason: 'other' })
})

test('a count is the difference to what is in the books, of the moment in which it was made', () => {
  const count = (pieces: number, seenMovementId = 7) =>
    planAdjustment(shelf, { kind: 'counted', pieces, seenMovementId })
  expect(count(8)).toEqual({ kind: 'move', quantity: -2, reason: 'counted' })
  expect(count(10)).toEqual({ kind: 'agrees' })
  expect(count(8, 6)).toEqual({ kind: 'moved_meanwhile', onHand: 10 })
  expect(count(10, 6)).toEqual({ kind: 'moved_meanwhile', onHand: 10 })
})

test('what payments hold stays, nothing is below nothing, and nothing is absurd', () => {
  expect(planAdjustment(shelf, { kind: 'damaged', pieces: 7 })).toMatchObject({ kind: 'move' })
  expect(planAdjustment(shelf, { kind: 'damaged', pieces: 8 })).toEqual({ kind: 'held', held: 3 })
  expect(planAdjustment(shelf, { kind: 'counted', pieces: 2, seenMovementId: 7 })).toEqual({ kind: 'held', held: 3 })
  expect(planAdjustment(shelf, { kind: 'damaged', pieces: 11 })).toEqual({ kind: 'too_few', onHand: 10 })
  expect(planAdjustment(shelf, { kind: 'received', pieces: 1_000_000 })).toEqual({ kind: 'too_many' })
})
