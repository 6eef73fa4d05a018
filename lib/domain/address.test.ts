import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { Address, addressLines, normalisePostalCode, parseAddress } from './address'
import { COUNTRIES } from './country'

const BERLIN = {
  name: 'R. Example',
  line1: 'Lindenweg 7',
  line2: '',
  city: 'Berlin',
  region: '',
  postalCode: '10115',
  country: 'DE',
}

const errorsOf = (typed: object) =>
  Address.safeParse({ ...BERLIN, ...typed }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  ) ?? []

describe('every country we deliver to', () => {
  test.each(Object.entries(COUNTRIES))('%s accepts the postal code it shows as an example', (country, format) => {
    const region = Object.keys(format.regions)[0] ?? ''
    expect(errorsOf({ country, region, postalCode: format.postalCodeExample })).toEqual([])
  })

  test.each(Object.entries(COUNTRIES))('%s accepts its example in lower case with spaces around', (country, format) => {
    const region = Object.keys(format.regions)[0] ?? ''
    expect(errorsOf({ country, region, postalCode: `  ${format.postalCodeExample.toLowerCase()} ` })).toEqual([])
  })

  test.each([
    ['PR', '00901'],
    ['GU', '96910'],
    ['VI', '00802'],
    ['AS', '96799'],
    ['MP', '96950'],
    ['AA', '34002'],
    ['AE', '09001'],
    ['AP', '96201'],
  ])('the US post office of %s is delivered to', (region, postalCode) => {
    expect(errorsOf({ country: 'US', region, postalCode })).toEqual([])
  })

  test.each([
    ['DE', 'postalCode: Enter the postal code.'],
    ['GB', 'postalCode: Enter the postcode.'],
    ['IE', 'postalCode: Enter the Eircode.'],
    ['US', 'postalCode: Enter the ZIP code.'],
  ])('%s asks for a postal code by its own name', (country, message) => {
    expect(errorsOf({ country, region: 'CA', postalCode: '' })).toEqual([message])
  })

  test.each(Object.entries(COUNTRIES))('%s shows an example when a postal code is wrong', (country, format) => {
    const region = Object.keys(format.regions)[0] ?? ''
    expect(errorsOf({ country, region, postalCode: '?' })[0]).toContain(format.postalCodeExample)
  })
})

describe('what is refused, beside its field', () => {
  test.each([
    ['no name', { name: '  ' }, 'name: Enter the full name.'],
    ['no street', { line1: '' }, 'line1: Enter the street and number.'],
    ['no town', { city: '' }, 'city: Enter the town or city.'],
    ['a name that is too long', { name: 'x'.repeat(121) }, 'name: Keep this under 120 characters.'],
    ['a line break', { line1: 'Lindenweg 7\nHouse 2' }, 'line1: Remove line breaks and special control characters.'],
    ['a null character', { city: 'Ber\u0000lin' }, 'city: Remove line breaks and special control characters.'],
    ['a country that is not served', { country: 'XX' }, 'country: Choose a country we deliver to.'],
    ['a name of the prototype', { country: 'constructor' }, 'country: Choose a country we deliver to.'],
    ['a US address without a state', { country: 'US', postalCode: '94107' }, 'region: Choose a state.'],
    ['an invented state', { country: 'US', postalCode: '94107', region: 'ZZ' }, 'region: Choose a state.'],
  ])('%s', (_what, typed, message) => {
    expect(errorsOf(typed)).toContain(message)
  })

  test('nothing anybody types makes the check throw, and what passes passes again unchanged', () => {
    const typed = fc.record({
      name: fc.string(),
      line1: fc.string({ unit: 'binary' }),
      line2: fc.string(),
      city: fc.string(),
      region: fc.oneof(fc.string(), fc.constantFrom('CA', 'NY')),
      postalCode: fc.oneof(fc.string(), fc.constantFrom('10115', '94107', 'ec1a1bb')),
      country: fc.oneof(fc.string(), fc.constantFrom(...Object.keys(COUNTRIES))),
    })
    fc.assert(
      fc.property(typed, (address) => {
        const once = Address.safeParse(address)
        if (once.success) expect(Address.parse(once.data)).toEqual(once.data)
      }),
    )
  })
})

describe('what is tidied', () => {
  test('a British postcode gets its one space', () => {
    expect(normalisePostalCode('GB', ' ec1a1bb ')).toBe('EC1A 1BB')
    expect(normalisePostalCode('GB', 'E C1A 1B B')).toBe('EC1A 1BB')
  })

  test('a region left over from another country is dropped', () => {
    expect(Address.parse({ ...BERLIN, region: 'CA' }).region).toBe('')
  })
})

describe('a label', () => {
  test('is written in the order of the country', () => {
    expect(addressLines(Address.parse(BERLIN))).toEqual(['R. Example', 'Lindenweg 7', '10115 Berlin', 'Germany'])
    const us = { ...BERLIN, country: 'US', region: 'CA', city: 'San Francisco', postalCode: '94107', line2: 'Apt 4' }
    expect(addressLines(Address.parse(us)).slice(2)).toEqual(['Apt 4', 'San Francisco, CA 94107', 'United States'])
    const gb = { ...BERLIN, country: 'GB', city: 'London', postalCode: 'EC1A1BB' }
    expect(addressLines(Address.parse(gb))[2]).toBe('London EC1A 1BB')
  })
})

test('what is wrong is told of all fields at once', () => {
  expect(parseAddress({ ...BERLIN, city: ' ', postalCode: '1' })).toEqual({
    kind: 'invalid',
    errors: { city: 'Enter the town or city.', postalCode: expect.stringContaining('valid postal code') },
  })
  expect(parseAddress({ ...BERLIN, city: ' Potsdam ' })).toEqual({
    kind: 'address',
    address: { ...BERLIN, city: 'Potsdam' },
  })
})
