import { describe, expect, test } from 'vitest'

import { parsePercent, parseTaxForm, writePercent } from './tax-settings'

describe('a percentage', () => {
  test.each([
    ['19', 190_000],
    ['8.875', 88_750],
    ['8,875 %', 88_750],
    ['0', 0],
    ['100', 1_000_000],
  ])('%s is read exactly and written as it was', (typed, ppm) => {
    expect(parsePercent(typed)).toBe(ppm)
    expect(parsePercent(writePercent(ppm))).toBe(ppm)
  })

  test.each(['', '-1', '100.0001', '1e1', '8.87512', 'nineteen', '19 %%'])('%j is none', (typed) => {
    expect(parsePercent(typed)).toBeNull()
  })
})

describe('a rate', () => {
  const FORM = {
    country: 'US',
    region: 'ca',
    label: 'Sales tax',
    percent: '7.25',
    pricesInclude: '',
    appliesToDelivery: '1',
  }

  test('is for a region of its country, or for all of it', () => {
    expect(parseTaxForm(FORM)).toMatchObject({ value: { region: 'CA', ratePpm: 72_500, pricesInclude: false } })
    expect(parseTaxForm({ ...FORM, region: '' })).toMatchObject({ value: { region: null } })
    expect(parseTaxForm({ ...FORM, region: 'XX' })).toMatchObject({
      errors: { region: 'Write the code of a state, such as AL.' },
    })
    expect(parseTaxForm({ ...FORM, country: 'DE' })).toMatchObject({
      errors: { region: 'Addresses in Germany have no region: leave this empty.' },
    })
  })

  test('says beside each field what is wrong', () => {
    expect(parseTaxForm({ ...FORM, country: 'Atlantis', label: '', percent: '' })).toMatchObject({
      errors: { country: 'Choose a country.', label: expect.any(String), percent: expect.any(String) },
    })
  })
})
