import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { addCost, FELT_MAX_SECONDS, NO_TURNS, planTry, type Limit } from './rate-limit'

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

const turns = fc.record({
  own: fc.option(fc.double({ min: -3600, max: 100_000, noNaN: true })),
  last: fc.option(fc.double({ min: 0, max: 100_000, noNaN: true })),
})

describe('a limit', () => {
  test('lets in as many as fit, then one each time the bucket has leaked enough', () => {
    let bucket = EMPTY
    for (let index = 0; index < limit.capacity; index++) {
      const plan = planTry(limit, bucket, NO_TURNS, 1)
      expect(plan.kind).toBe('admit')
      bucket = { level: plan.level, secondsAgo: 0 }
    }
    expect(planTry(limit, bucket, NO_TURNS, 1)).toMatchObject({ kind: 'refuse', retryAfterSeconds: 60, newTurn: true })
    expect(planTry(limit, { ...bucket, secondsAgo: 60 }, NO_TURNS, 1)).toMatchObject({ kind: 'admit' })
  })

  test('lets in whoever comes back at the time that was told, however full it is by then', () => {
    fc.assert(
      fc.property(limits, buckets, turns, fc.integer({ min: 0, max: 3 }), (any, bucket, { last }, cost) => {
        expect(planTry(any, bucket, { own: 0, last }, cost).kind).toBe('admit')
        expect(planTry(any, bucket, { own: -5, last }, cost)).toMatchObject({ kind: 'admit', turn: true })
      }),
    )
  })

  test('whoever asks before their turn waits no longer for it, and is let in when there is room', () => {
    const full = { level: 5, secondsAgo: 0 }
    const asked = { own: 40, last: 400 }
    expect(planTry(limit, full, asked, 1)).toMatchObject({ kind: 'refuse', retryAfterSeconds: 40, newTurn: false })
    expect(planTry(limit, EMPTY, asked, 1)).toMatchObject({ kind: 'admit', turn: true })
  })

  test('tells each who is refused a later time than the one before, as far apart as it leaks, up to half an hour', () => {
    let last: number | null = null
    const waits: number[] = []
    for (let index = 0; index < 200; index++) {
      const plan = planTry(limit, { level: 5, secondsAgo: 0 }, { own: null, last }, index % 2)
      if (plan.kind !== 'refuse') {
        expect(index % 2).toBe(0)
        continue
      }
      waits.push(plan.retryAfterSeconds)
      last = plan.retryAfterSeconds
    }
    expect(waits).toEqual(Array.from({ length: 100 }, (_, index) => Math.min(60 * (index + 1), 1_800)))
  })

  test('at whatever times they come, those who wait less than half an hour do not come back all at once', () => {
    const arrivals = fc.array(fc.record({ after: fc.integer({ min: 0, max: 30 }), declined: fc.boolean() }), {
      maxLength: 300,
    })
    fc.assert(
      fc.property(arrivals, (all) => {
        let now = 0
        let bucket = { level: 0, at: 0 }
        const due: number[] = []
        for (const { after, declined } of all) {
          now += after
          const seen = () => ({ level: bucket.level, secondsAgo: now - bucket.at })
          const last = due.length > 0 ? Math.max(Math.max(...due) - now, 0) : null
          const plan = planTry(limit, seen(), { own: null, last }, 1)
          if (plan.kind === 'refuse' && plan.retryAfterSeconds >= 1_800) break
          if (plan.kind === 'refuse') due.push(now + plan.retryAfterSeconds)
          else bucket = { level: plan.level, at: now }
          if (declined) bucket = { level: addCost(limit, seen(), 3), at: now }
        }
        for (const [index, time] of due.entries()) {
          if (index > 0) expect(time - (due[index - 1] ?? 0)).toBeGreaterThanOrEqual(60)
        }
      }),
    )
  })

  test('once those who were told do not come back, whoever comes is let in at once', () => {
    const flood = { own: null, last: 1_200 }
    expect(planTry(limit, { level: 5, secondsAgo: 0 }, flood, 1)).toMatchObject({ retryAfterSeconds: 1_260 })
    expect(planTry(limit, { level: 5, secondsAgo: 60 }, flood, 1)).toMatchObject({ kind: 'admit', turn: false })
  })

  test('what is bounded otherwise waits no longer than it says, also when a later turn is kept', () => {
    const full = { level: 9, secondsAgo: 0 }
    const soon = { kind: 'refuse', retryAfterSeconds: 60, newTurn: true }
    expect(planTry(limit, full, { own: null, last: 900 }, 0, 60)).toMatchObject(soon)
    expect(planTry(limit, full, { own: 900, last: 900 }, 0, 60)).toMatchObject(soon)
    expect(planTry(limit, full, { own: 20, last: 900 }, 0, 60)).toMatchObject({ retryAfterSeconds: 20, newTurn: false })
  })

  test('what is counted already is let in where it filled the last place, and takes nothing back', () => {
    const brim = { level: 6, secondsAgo: 0 }
    expect(planTry(limit, brim, NO_TURNS, -1)).toEqual({ kind: 'admit', level: 6, turn: false })
    expect(planTry(limit, { ...brim, level: 7 }, NO_TURNS, -1).kind).toBe('refuse')
  })

  test('nobody is told a time that is more than half an hour away, and is let in then', () => {
    const full = { level: 5, secondsAgo: 0 }
    const plan = planTry(limit, full, { own: null, last: 1_799 }, 1)
    expect(plan).toMatchObject({ kind: 'refuse', retryAfterSeconds: 1_800, newTurn: true })
    expect(planTry(limit, full, { own: 0, last: 1_800 }, 1)).toMatchObject({ kind: 'admit', turn: true })
  })

  test('a wait is at least a second, and a level never grows beyond what ten minutes empty', () => {
    fc.assert(
      fc.property(limits, buckets, turns, fc.integer({ min: 0, max: 3 }), (any, bucket, told, cost) => {
        const most = any.capacity + (FELT_MAX_SECONDS * any.perHour) / 3600
        const plan = planTry(any, bucket, told, cost)
        expect(plan.level).toBeGreaterThanOrEqual(0)
        if (plan.kind === 'admit') expect(plan.level).toBeLessThanOrEqual(most)
        else expect(plan.retryAfterSeconds).toBeGreaterThanOrEqual(1)
        expect(addCost(any, bucket, cost)).toBeLessThanOrEqual(most)
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
      const plan = planTry(firm, bucket, { own: second % 2 === 0 ? 0 : null, last: null }, 1)
      if (plan.kind === 'admit') admitted++
      else expect(plan).toMatchObject({ newTurn: false, level: expect.closeTo(plan.level) })
      bucket = { level: plan.level, secondsAgo: 1 }
    }
    expect(admitted).toBe(firm.capacity + firm.perHour - 1)
    expect(planTry(firm, { level: 5, secondsAgo: 0 }, NO_TURNS, 1)).toMatchObject({
      kind: 'refuse',
      retryAfterSeconds: 60,
    })
    expect(planTry(firm, { level: 5, secondsAgo: 60 }, NO_TURNS, 1)).toMatchObject({ kind: 'admit' })
  })

  test('what is taken back never leaves less than nothing', () => {
    expect(addCost(firm, { level: 3, secondsAgo: 0 }, -1)).toBe(2)
    expect(addCost(firm, EMPTY, -1)).toBe(0)
  })
})
