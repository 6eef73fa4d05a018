import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { addCost, planTry, WAIT_MAX_SECONDS, type Limit } from './rate-limit'

const limit: Limit = { key: 'k', capacity: 5, perHour: 60 }
const EMPTY = { level: 0, secondsAgo: 0 }

const limits = fc.record({
  key: fc.constant('k'),
  capacity: fc.integer({ min: 1, max: 500 }),
  perHour: fc.integer({ min: 1, max: 5000 }),
})
const buckets = fc.record({
  level: fc.double({ min: 0, max: 2000, noNaN: true }),
  secondsAgo: fc.double({ min: -5, max: 100_000, noNaN: true }),
})

describe('a limit', () => {
  test('lets in as many as fit, then one each time the bucket has leaked enough', () => {
    let bucket = EMPTY
    for (let index = 0; index < limit.capacity; index++) {
      const plan = planTry(limit, bucket, null, 1)
      expect(plan.kind).toBe('admit')
      bucket = { level: plan.level, secondsAgo: 0 }
    }
    expect(planTry(limit, bucket, null, 1)).toMatchObject({ kind: 'refuse', retryAfterSeconds: 60, newTurn: true })
    expect(planTry(limit, { ...bucket, secondsAgo: 60 }, null, 1)).toMatchObject({ kind: 'admit' })
  })

  test('lets in whoever comes back at the time that was told, however full it is by then', () => {
    fc.assert(
      fc.property(limits, buckets, fc.integer({ min: 0, max: 3 }), (any, bucket, cost) => {
        expect(planTry(any, bucket, 0, cost).kind).toBe('admit')
        expect(planTry(any, bucket, -5, cost)).toMatchObject({ kind: 'admit', turn: true })
        expect(planTry(any, bucket, 1, cost).kind).toBe('refuse')
      }),
    )
  })

  test('tells each who is refused a later time than the one before, and never more than ten minutes', () => {
    let bucket = { level: 5, secondsAgo: 0 }
    const waits: number[] = []
    for (let index = 0; index < 20; index++) {
      const plan = planTry(limit, bucket, null, 1)
      if (plan.kind !== 'refuse') throw new Error('admitted')
      waits.push(plan.retryAfterSeconds)
      bucket = { level: plan.level, secondsAgo: 0 }
    }
    expect(waits.slice(0, 4)).toEqual([60, 120, 180, 240])
    expect(Math.max(...waits)).toBe(WAIT_MAX_SECONDS)
  })

  test('a wait is at least a second and at most ten minutes, and a level never grows beyond what that empties', () => {
    fc.assert(
      fc.property(limits, buckets, fc.integer({ min: 0, max: 3 }), (any, bucket, cost) => {
        const plan = planTry(any, bucket, null, cost)
        const most = any.capacity + (WAIT_MAX_SECONDS * any.perHour) / 3600
        expect(plan.level).toBeGreaterThanOrEqual(0)
        expect(plan.level).toBeLessThanOrEqual(most)
        expect(addCost(any, bucket, cost)).toBeLessThanOrEqual(most)
        if (plan.kind === 'refuse') {
          expect(plan.retryAfterSeconds).toBeGreaterThanOrEqual(1)
          expect(plan.retryAfterSeconds).toBeLessThanOrEqual(WAIT_MAX_SECONDS)
        }
      }),
    )
  })
})

describe('a limit that keeps no turns', () => {
  const firm = { ...limit, keepsTurns: false }

  test('lets in as many callers as one, and tells when there is room', () => {
    let bucket = EMPTY
    let admitted = 0
    for (let second = 0; second < 3600; second++) {
      const plan = planTry(firm, bucket, second % 2 === 0 ? 0 : null, 1)
      if (plan.kind === 'admit') admitted++
      else expect(plan).toMatchObject({ newTurn: false, level: expect.closeTo(plan.level) })
      bucket = { level: plan.level, secondsAgo: 1 }
    }
    expect(admitted).toBe(firm.capacity + firm.perHour - 1)
    expect(planTry(firm, { level: 5, secondsAgo: 0 }, null, 1)).toMatchObject({ kind: 'refuse', retryAfterSeconds: 60 })
    expect(planTry(firm, { level: 5, secondsAgo: 60 }, null, 1)).toMatchObject({ kind: 'admit' })
  })

  test('what is taken back never leaves less than nothing', () => {
    expect(addCost(firm, { level: 3, secondsAgo: 0 }, -1)).toBe(2)
    expect(addCost(firm, EMPTY, -1)).toBe(0)
  })
})
