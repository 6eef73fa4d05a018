import { describe, expect, test } from 'vitest'

import { readDiscountDraft, writeDiscountValue } from './discount-draft'

const NOW = new Date('2030-03-03T12:00:00Z')
const filled = { label: 'Spring', code: 'spring', kind: 'percent', value: '15', scope: 'all', active: '1' }
const empty = { minimum: '', startsAt: '', endsAt: '', usesMax: '', usesMaxPerBuyer: '', products: '' }
const read = (more: Record<string, string> = {}, currency: 'USD' | 'JPY' = 'USD') =>
  readDiscountDraft({ ...empty, ...filled, ...more }, [], { currency, now: NOW })

describe('the form of a discount', () => {
  test('with only what it needs begins now, has no end and no limit', () => {
    expect(read()).toEqual({
      kind: 'draft',
      draft: {
        label: 'Spring',
        code: 'SPRING',
        kind: 'percent',
        value: 1_500,
        minimumMinor: 0,
        startsAt: NOW,
        endsAt: null,
        usesMax: null,
        usesMaxPerBuyer: null,
        scope: 'all',
        productSlugs: [],
        categoryIds: [],
        active: true,
      },
    })
  })

  test.each([
    ['value', { value: '0' }],
    ['value', { value: '90.01' }],
    ['value', { value: '100' }],
    ['value', { value: 'many' }],
    ['value', { kind: 'amount', value: '-5' }],
    ['value', { kind: 'amount', value: '5.001' }],
    ['value', { kind: 'amount', value: '0' }],
    ['code', { code: 'no spaces' }],
    ['kind', { kind: 'everything' }],
    ['label', { label: ' ' }],
    ['minimum', { minimum: 'some' }],
    ['scope', { scope: '' }],
    ['scope', { scope: 'chosen' }],
    ['scope', { scope: 'all', products: 'tidal-field' }],
    ['endsAt', { endsAt: '2030-03-03T11:59' }],
    ['endsAt', { endsAt: '2030-02-31Tx' }],
    ['startsAt', { startsAt: 'tomorrow' }],
    ['usesMax', { usesMax: '0' }],
    ['usesMax', { usesMax: '1.5' }],
    ['usesMaxPerBuyer', { usesMaxPerBuyer: '-1' }],
    ['products', { products: Array.from({ length: 201 }, (_, index) => `p-${index}`).join('\n') }],
  ])('says beside %s what is wrong with %j', (field, more) => {
    expect(read(more)).toMatchObject({ kind: 'invalid', errors: { [field]: expect.any(String) } })
  })

  test.each([
    ['percent', '12.5', 1_250],
    ['percent', '7,25 %', 725],
    ['amount', '5', 500],
    ['free_delivery', 'whatever', 0],
  ] as const)('reads %s %j as %i, and writes it back', (kind, value, stored) => {
    const outcome = read({ kind, value })
    expect(outcome).toMatchObject({ kind: 'draft', draft: { value: stored } })
    expect(read({ kind, value: writeDiscountValue(kind, stored, 'USD') })).toEqual(outcome)
  })

  test('reads amounts in the places of the currency', () => {
    expect(read({ kind: 'amount', value: '500' }, 'JPY')).toMatchObject({ draft: { value: 500 } })
    expect(read({ kind: 'amount', value: '5.50' }, 'JPY')).toMatchObject({ kind: 'invalid' })
  })
})
