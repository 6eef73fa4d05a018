import { describe, expect, test } from 'vitest'

import { gapOfZone, parseMethodForm, parseWeightBands, writeWeightBands, type MethodFields } from './delivery-settings'

const FORM: MethodFields = {
  name: 'Standard',
  estimate: '3 days',
  rateKind: 'flat',
  price: '6.90',
  freeFrom: '',
  bands: '',
  position: '0',
  active: '1',
}

describe('the form of a way of delivery', () => {
  test('is read by the kind of its rate, and what belongs to another kind is not looked at', () => {
    expect(parseMethodForm({ ...FORM, bands: 'nonsense' }, 'USD')).toMatchObject({
      value: { rate: { kind: 'flat', priceMinor: 690 }, active: true },
    })
    expect(parseMethodForm({ ...FORM, rateKind: 'free_above', freeFrom: '75', active: '' }, 'USD')).toMatchObject({
      value: { rate: { kind: 'free_above', priceMinor: 690, freeFromMinor: 7_500 }, active: false },
    })
    expect(parseMethodForm({ ...FORM, rateKind: 'by_weight', price: '', bands: '500 9.90' }, 'USD')).toMatchObject({
      value: { rate: { kind: 'by_weight', bands: [{ upToGrams: 500, priceMinor: 990 }] } },
    })
  })

  test('says beside each field what is wrong, all at once', () => {
    const empty = { ...FORM, name: ' ', estimate: '', rateKind: 'free_above', price: 'a lot', position: 'first' }
    const parsed = parseMethodForm(empty, 'USD')
    expect(parsed.kind === 'invalid' && Object.keys(parsed.errors).toSorted()).toEqual([
      'estimate',
      'freeFrom',
      'name',
      'position',
      'price',
    ])
    expect(parseMethodForm({ ...FORM, rateKind: 'by_moon' }, 'USD')).toMatchObject({
      errors: { rateKind: 'Choose how it is charged.' },
    })
  })

  test.each(['-1', '1e3', '1.005', '99999999999', '', 'NaN'])('takes no price of %j', (price) => {
    expect(parseMethodForm({ ...FORM, price }, 'USD').kind).toBe('invalid')
  })

  test('knows that some currencies have no decimals', () => {
    expect(parseMethodForm({ ...FORM, price: '690' }, 'JPY')).toMatchObject({ value: { rate: { priceMinor: 690 } } })
    expect(parseMethodForm({ ...FORM, price: '6.90' }, 'JPY').kind).toBe('invalid')
  })
})

describe('weights', () => {
  test('are one a line, in any order and with either comma, and are written as they are read', () => {
    const bands = parseWeightBands('2000 14,90\n\n 500 g 9.90 \r\n', 'USD')
    expect(bands).toEqual([
      { upToGrams: 500, priceMinor: 990 },
      { upToGrams: 2_000, priceMinor: 1_490 },
    ])
    if (typeof bands === 'string') throw new Error(bands)
    expect(parseWeightBands(writeWeightBands(bands, 'USD'), 'USD')).toEqual(bands)
  })

  test('say which line is wrong', () => {
    expect(parseWeightBands('500 9.90\nheavy 20', 'USD')).toMatch(/^Line 2: /)
    expect(parseWeightBands('0 9.90', 'USD')).toMatch(/^Line 1: /)
    expect(parseWeightBands('500 9.90\n500 8', 'USD')).toBe('Line 2: 500 g stands there twice.')
    expect(parseWeightBands('', 'USD')).toMatch(/^Write one band a line/)
    expect(parseWeightBands(Array.from({ length: 21 }, (_, i) => `${i + 1} 1`).join('\n'), 'USD')).toMatch(/at most 20/)
  })
})

test('a zone tells what it cannot deliver', () => {
  const flat = { active: true, rate: { kind: 'flat', priceMinor: 1 } } as const
  const light = { active: true, rate: { kind: 'by_weight', bands: [{ upToGrams: 2_000, priceMinor: 1 }] } } as const
  expect(gapOfZone([flat, light])).toBeNull()
  expect(gapOfZone([light])).toBe('A parcel over 2,000 g finds no way here.')
  expect(gapOfZone([{ ...flat, active: false }])).toMatch(/^Nothing is offered/)
})
