import { describe, expect, test } from 'vitest'

import { ISSUE_MEANINGS, issueMeaning } from './issues'

describe('what an error answer of PayPal means', () => {
  test.each(Object.entries(ISSUE_MEANINGS))('%s with 422 means %s', (issue, meaning) => {
    expect(issueMeaning(422, issue)).toBe(meaning)
  })

  test('an issue nobody has documented is unknown, not a refusal', () => {
    expect(issueMeaning(422, 'BRAND_NEW_ISSUE')).toBe('unknown')
    expect(issueMeaning(422, null)).toBe('unknown')
  })

  test.each([401, 408, 409, 425, 429, 500, 502, 503, 504])('status %i never proves that nothing happened', (status) => {
    expect(issueMeaning(status, 'INSTRUMENT_DECLINED')).toBe('unknown')
  })

  test('a 404 without an issue is a missing resource', () => {
    expect(issueMeaning(404, null)).toBe('missing')
    expect(issueMeaning(404, 'INVALID_RESOURCE_ID')).toBe('missing')
  })

  test('an issue named like a property of Object is unknown', () => {
    expect(issueMeaning(422, 'constructor')).toBe('unknown')
  })
})
