import { describe, expect, test } from 'vitest'

import { describedIssues } from '@/simulator/openapi-contract'

import { ISSUE_GROUPS, issueMeaning, type IssueMeaning } from './issues'

const KNOWN = ISSUE_GROUPS.flatMap(([, issues]) => issues.split(/\s+/))

/** What must never be read otherwise, with what would go wrong. */
const DECIDED: readonly (readonly [issue: string, meaning: IssueMeaning, because: string])[] = [
  ['INSTRUMENT_DECLINED', 'declined', 'the buyer may choose another card for the same order'],
  ['REDIRECT_PAYER_FOR_ALTERNATE_FUNDING', 'declined', 'PayPal itself asks for another way to pay'],
  ['PAYER_ACTION_REQUIRED', 'declined', 'the buyer must go back to PayPal, with the same order'],
  ['ORDER_NOT_APPROVED', 'not_approved', 'nobody has said yes, so it is no decline'],
  ['ORDER_ALREADY_CAPTURED', 'already_captured', 'the money is there: refusing it would lose a paid order'],
  ['ORDER_ALREADY_COMPLETED', 'already_captured', 'the money is there: refusing it would lose a paid order'],
  ['DUPLICATE_INVOICE_ID', 'duplicate_invoice', 'the invoice was paid by another capture, which must be found'],
  ['ORDER_COMPLETION_IN_PROGRESS', 'unknown', 'the capture may succeed any moment'],
  ['PREVIOUS_REQUEST_IN_PROGRESS', 'unknown', 'an earlier try may succeed any moment'],
  ['REFUND_FAILED_INSUFFICIENT_FUNDS', 'unknown', 'the merchant may fill the balance, and the refund goes on'],
  ['PENDING_CAPTURE', 'unknown', 'the refund is possible once the capture is settled'],
  ['INVALID_RESOURCE_ID', 'missing', 'there is no such order to wait for'],
  ['PAYER_CANNOT_PAY', 'refused', 'this buyer cannot pay, and nobody need be woken'],
  ['TRANSACTION_REFUSED', 'refused', 'final for this order, without a fault of the shop'],
  ['COMPLIANCE_VIOLATION', 'refused', 'final for this order, without a fault of the shop'],
  ['DECLINED_DUE_TO_RELATED_TXN', 'refused', 'all of the order was declined, so another card does not help it'],
  ['CAPTURE_FULLY_REFUNDED', 'refused', 'nothing is left to refund; asking again would never end'],
  ['REFUND_AMOUNT_TOO_LOW', 'refused', 'it is nothing in the currency of the account, today and tomorrow'],
  ['PERMISSION_DENIED', 'refused_ours', 'the operator must hear that the account may not do this'],
  ['CONSENT_NEEDED', 'refused_ours', 'the operator must give PayPal consent'],
  ['PAYEE_ACCOUNT_RESTRICTED', 'refused_ours', 'no buyer can pay until the operator acts'],
  ['AMOUNT_MISMATCH', 'refused_ours', 'our sums are wrong, which no buyer can mend'],
  ['CURRENCY_MISMATCH', 'refused_ours', 'our refund names another currency'],
]

describe('what an error answer of PayPal means', () => {
  test.each(DECIDED)('%s means %s: %s', (issue, meaning) => {
    for (const status of [400, 403, 422]) expect(issueMeaning(status, issue)).toBe(meaning)
  })

  test.each([
    ['create_order', 108],
    ['get_order', 2],
    ['capture', 79],
    ['get_capture', 2],
    ['refund', 32],
    ['get_refund', 3],
  ] as const)('every issue that PayPal documents for %s has a row', (operation, atLeast) => {
    const documented = [...describedIssues(operation).keys()]
    expect(documented.length).toBeGreaterThanOrEqual(atLeast)
    expect(documented.filter((issue) => !KNOWN.includes(issue))).toEqual([])
  })

  test('no documented refusal of a capture leaves the buyer waiting, except what is under way', () => {
    const waiting = [...describedIssues('capture')].filter(
      ([issue, statuses]) => statuses.includes(422) && issueMeaning(422, issue) === 'unknown',
    )
    expect(waiting.map(([issue]) => issue)).toEqual(['ORDER_COMPLETION_IN_PROGRESS'])
  })

  test('no issue stands in two groups', () => {
    expect(KNOWN.filter((issue, index) => KNOWN.indexOf(issue) !== index)).toEqual([])
    expect(KNOWN.every((issue) => /^[A-Z_]+$/.test(issue))).toBe(true)
  })

  test('an issue nobody has documented is unknown, not a refusal', () => {
    expect(issueMeaning(422, 'BRAND_NEW_ISSUE')).toBe('unknown')
    expect(issueMeaning(422, '')).toBe('unknown')
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
