import { describe, expect, test } from 'vitest'

import { planHold, standingOf } from './dispute'

describe('how a dispute stands', () => {
  test.each(['OPEN', 'WAITING_FOR_BUYER_RESPONSE', 'WAITING_FOR_SELLER_RESPONSE', 'UNDER_REVIEW', 'OTHER'])(
    '%s is open, whatever else it says',
    (status) => {
      expect(standingOf({ status, outcome: null })).toBe('open')
      expect(standingOf({ status, outcome: 'RESOLVED_SELLER_FAVOUR' })).toBe('open')
    },
  )

  test.each([
    ['RESOLVED_SELLER_FAVOUR', 'won'],
    ['CANCELED_BY_BUYER', 'won'],
    ['DENIED', 'won'],
    ['RESOLVED_WITH_PAYOUT', 'won'],
    ['RESOLVED_BUYER_FAVOUR', 'lost'],
    ['ACCEPTED', 'lost'],
    ['NONE', 'undecided'],
    ['SOMETHING_NEW', 'undecided'],
    [null, 'undecided'],
  ])('resolved as %s it is %s', (outcome, standing) => {
    expect(standingOf({ status: 'RESOLVED', outcome })).toBe(standing)
  })
})

describe('what becomes of the hold', () => {
  test('a new dispute holds the order, unless it is won already', () => {
    expect(planHold('open', null)).toBe('place')
    expect(planHold('lost', null)).toBe('place')
    expect(planHold('undecided', null)).toBe('place')
    expect(planHold('won', null)).toBe('release')
  })

  test('news about an open dispute do not put back a hold that a person has released', () => {
    expect(planHold('open', 'open')).toBe('keep')
    expect(planHold('lost', 'open')).toBe('keep')
    expect(planHold('undecided', 'open')).toBe('keep')
  })

  test('only winning releases, and opening again holds again', () => {
    expect(planHold('won', 'open')).toBe('release')
    expect(planHold('open', 'won')).toBe('place')
    expect(planHold('open', 'undecided')).toBe('place')
  })
})
