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
  ['REFUND_FAILED_INSUFFICIENT_FUNDS', 'not_yet', 'the merchant may fill the balance, and another refund goes through'],
  ['PENDING_CAPTURE', 'not_yet', 'the refund is possible once the capture is settled'],
  ['INVALID_RESOURCE_ID', 'missing', 'there is no such order to wait for'],
  ['RESOURCE_NOT_FOUND', 'missing', 'so PayPal names it when it gives no issue'],
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

/**
 * All others, each judged by PayPal's own words for it: whose refusal it is, and whether it is one. They stand here again, in the
 * order of the alphabet, so that a code that slips into another group of the table is noticed.
 */
const OTHERS: readonly (readonly [issue: string, meaning: IssueMeaning])[] = [
  ['ACTION_DOES_NOT_MATCH_INTENT', 'refused_ours'],
  ['AGREEMENT_ALREADY_CANCELLED', 'refused_ours'],
  ['ALIAS_DECLINED_BY_PROCESSOR', 'refused'],
  ['APPLE_PAY_AMOUNT_MISMATCH', 'refused_ours'],
  ['AUTH_CAPTURE_NOT_ENABLED', 'refused_ours'],
  ['BANK_NOT_SUPPORTED_FOR_VERIFICATION', 'refused'],
  ['BILLING_ADDRESS_INVALID', 'refused'],
  ['BILLING_AGREEMENT_ID_MISMATCH', 'refused_ours'],
  ['BILLING_AGREEMENT_NOT_FOUND', 'refused_ours'],
  ['BLIK_ONE_CLICK_MISSING_REQUIRED_PARAMETER', 'refused_ours'],
  ['CANCEL_URL_REQUIRED', 'refused_ours'],
  ['CANNOT_BE_NEGATIVE', 'refused_ours'],
  ['CANNOT_BE_ZERO_OR_NEGATIVE', 'refused_ours'],
  ['CARD_BRAND_NOT_SUPPORTED', 'declined'],
  ['CARD_CLOSED', 'declined'],
  ['CARD_EXPIRED', 'declined'],
  ['CARD_EXPIRY_REQUIRED', 'refused_ours'],
  ['CARD_NUMBER_REQUIRED', 'refused_ours'],
  ['CITY_REQUIRED', 'refused'],
  ['CRYPTOGRAM_REQUIRED', 'refused_ours'],
  ['CURRENCY_NOT_SUPPORTED_FOR_BANK', 'refused_ours'],
  ['CURRENCY_NOT_SUPPORTED_FOR_RECEIVER', 'refused_ours'],
  ['DECIMALS_NOT_SUPPORTED', 'refused_ours'],
  ['DECIMAL_PRECISION', 'refused_ours'],
  ['DOMESTIC_TRANSACTION_REQUIRED', 'refused'],
  ['DONATION_ITEMS_NOT_SUPPORTED', 'refused_ours'],
  ['DUPLICATE_REFERENCE_ID', 'refused_ours'],
  ['EMV_DATA_REQUIRED', 'refused_ours'],
  ['GOOGLE_PAY_GATEWAY_MERCHANT_ID_MISMATCH', 'refused_ours'],
  ['IBAN_COUNTRY_NOT_SUPPORTED', 'refused'],
  ['IDENTIFIER_NOT_FOUND', 'refused_ours'],
  ['INCOMPATIBLE_PARAMETER_VALUE', 'refused_ours'],
  ['INTERNAL_SERVER_ERROR', 'unknown'],
  ['INVALID_ACCOUNT_STATUS', 'unknown'],
  ['INVALID_ARRAY_MAX_ITEMS', 'refused_ours'],
  ['INVALID_ARRAY_MIN_ITEMS', 'refused_ours'],
  ['INVALID_COUNTRY_CODE', 'refused_ours'],
  ['INVALID_CURRENCY_CODE', 'refused_ours'],
  ['INVALID_EXPIRY_DATE', 'refused'],
  ['INVALID_FX_RATE_ID', 'refused_ours'],
  ['INVALID_GOOGLE_PAY_TOKEN', 'refused_ours'],
  ['INVALID_IBAN', 'refused'],
  ['INVALID_PARAMETER_SYNTAX', 'refused_ours'],
  ['INVALID_PARAMETER_VALUE', 'refused_ours'],
  ['INVALID_PAYEE_PRICING_TIER_ID', 'refused_ours'],
  ['INVALID_PAYER_ID', 'refused_ours'],
  ['INVALID_PICKUP_ADDRESS', 'refused_ours'],
  ['INVALID_PLATFORM_FEES_ACCOUNT', 'refused_ours'],
  ['INVALID_PLATFORM_FEES_AMOUNT', 'refused_ours'],
  ['INVALID_PREVIOUS_TRANSACTION_REFERENCE', 'refused_ours'],
  ['INVALID_SECURITY_CODE_LENGTH', 'refused_ours'],
  ['INVALID_STRING_LENGTH', 'refused_ours'],
  ['ITEM_TOTAL_MISMATCH', 'refused_ours'],
  ['ITEM_TOTAL_REQUIRED', 'refused_ours'],
  ['MALFORMED_REQUEST_JSON', 'refused_ours'],
  ['MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED', 'refused'],
  ['MAX_NUMBER_OF_REFUNDS_EXCEEDED', 'refused'],
  ['MAX_VALUE_EXCEEDED', 'refused_ours'],
  ['MERCHANT_INITIATED_WITH_AUTHENTICATION_RESULTS', 'refused_ours'],
  ['MERCHANT_INITIATED_WITH_MULTIPLE_PURCHASE_UNITS', 'refused_ours'],
  ['MERCHANT_INITIATED_WITH_SECURITY_CODE', 'refused_ours'],
  ['MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE', 'refused_ours'],
  ['MISSING_CRYPTOGRAM', 'refused_ours'],
  ['MISSING_PICKUP_ADDRESS', 'refused_ours'],
  ['MISSING_PREVIOUS_REFERENCE', 'refused_ours'],
  ['MISSING_REQUIRED_PARAMETER', 'refused_ours'],
  ['MULTIPLE_ITEM_CATEGORIES', 'refused_ours'],
  ['MULTIPLE_SHIPPING_ADDRESS_NOT_SUPPORTED', 'refused_ours'],
  ['MULTIPLE_SHIPPING_OPTION_SELECTED', 'refused_ours'],
  ['MULTIPLE_SHIPPING_TYPE_NOT_SUPPORTED', 'refused_ours'],
  ['MULTI_CURRENCY_ORDER', 'refused_ours'],
  ['NOT_ELIGIBLE_FOR_PAYPAL_TRANSACTION_ID_PROCESSING', 'refused_ours'],
  ['NOT_ELIGIBLE_FOR_PNREF_PROCESSING', 'refused_ours'],
  ['NOT_ELIGIBLE_FOR_TOKEN_PROCESSING', 'refused_ours'],
  ['NOT_ENABLED_FOR_APPLE_PAY', 'refused_ours'],
  ['NOT_ENABLED_FOR_BANK_PROCESSING', 'refused_ours'],
  ['NOT_ENABLED_FOR_CARD_PROCESSING', 'refused_ours'],
  ['NOT_ENABLED_FOR_GOOGLE_PAY', 'refused_ours'],
  ['NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE', 'refused_ours'],
  ['NOT_SUPPORTED', 'refused_ours'],
  ['ONE_OF_PARAMETERS_REQUIRED', 'refused_ours'],
  ['ONLY_ONE_BANK_SOURCE_ALLOWED', 'refused_ours'],
  ['ORDER_COMPLETE_ON_PAYMENT_APPROVAL', 'refused_ours'],
  ['ORDER_EXPIRED', 'missing'],
  ['ORDER_VOIDED', 'missing'],
  ['PARTIAL_REFUND_NOT_ALLOWED', 'refused'],
  ['PAYEE_ACCOUNT_INVALID', 'refused_ours'],
  ['PAYEE_ACCOUNT_LOCKED_OR_CLOSED', 'refused_ours'],
  ['PAYEE_ACCOUNT_NOT_SUPPORTED', 'refused_ours'],
  ['PAYEE_ACCOUNT_NOT_VERIFIED', 'refused_ours'],
  ['PAYEE_BLOCKED_TRANSACTION', 'refused_ours'],
  ['PAYEE_FX_RATE_ID_CURRENCY_MISMATCH', 'refused_ours'],
  ['PAYEE_FX_RATE_ID_EXPIRED', 'refused_ours'],
  ['PAYEE_NOT_CONSENTED', 'refused_ours'],
  ['PAYEE_NOT_ENABLED_FOR_BANK_PROCESSING', 'refused_ours'],
  ['PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING', 'refused_ours'],
  ['PAYEE_PRICING_TIER_ID_NOT_ENABLED', 'refused_ours'],
  ['PAYER_ACCOUNT_LOCKED_OR_CLOSED', 'refused'],
  ['PAYER_ACCOUNT_RESTRICTED', 'refused'],
  ['PAYER_COUNTRY_NOT_SUPPORTED', 'refused'],
  ['PAYMENT_SOURCE_CANNOT_BE_USED', 'refused'],
  ['PAYMENT_SOURCE_DECLINED_BY_PROCESSOR', 'refused'],
  ['PAYMENT_SOURCE_INFO_CANNOT_BE_VERIFIED', 'refused'],
  ['PAYMENT_SOURCE_MISMATCH', 'refused_ours'],
  ['PAYMENT_SOURCE_NOT_SUPPORTED', 'refused_ours'],
  ['PAYPAL_REQUEST_ID_REQUIRED', 'refused_ours'],
  ['PAYPAL_TRANSACTION_ID_EXPIRED', 'refused_ours'],
  ['PAYPAL_TRANSACTION_ID_NOT_FOUND', 'refused_ours'],
  ['PERMISSION_DENIED_FOR_DONATION_ITEMS', 'refused_ours'],
  ['PLATFORM_FEES_NOT_SUPPORTED', 'refused_ours'],
  ['PLATFORM_FEE_EXCEEDED', 'refused_ours'],
  ['PLATFORM_FEE_NOT_ENABLED', 'refused_ours'],
  ['PLATFORM_FEE_PAYEE_CANNOT_BE_SAME_AS_PAYER', 'refused_ours'],
  ['PNREF_EXPIRED', 'refused_ours'],
  ['PNREF_NOT_FOUND', 'refused_ours'],
  ['POSTAL_CODE_REQUIRED', 'refused'],
  ['PREFERRED_PAYMENT_SOURCE_MISMATCH', 'refused_ours'],
  ['PREFERRED_SHIPPING_OPTION_AMOUNT_MISMATCH', 'refused_ours'],
  ['PREVIOUS_TRANSACTION_REFERENCE_HAS_CHARGEBACK', 'refused_ours'],
  ['PREVIOUS_TRANSACTION_REFERENCE_VOIDED', 'refused_ours'],
  ['RATE_LIMIT_REACHED', 'unknown'],
  ['REFERENCED_CARD_EXPIRED', 'refused'],
  ['REFERENCE_ID_REQUIRED', 'refused_ours'],
  ['REFUND_AMOUNT_EXCEEDED', 'refused'],
  ['REFUND_CAPTURE_CURRENCY_MISMATCH', 'refused'],
  ['REFUND_IS_RESTRICTED', 'refused_ours'],
  ['REFUND_NOT_ALLOWED', 'refused'],
  ['REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK', 'refused'],
  ['REFUND_TIME_LIMIT_EXCEEDED', 'refused'],
  ['REQUIRED_PARAMETER_FOR_CUSTOMER_INITIATED_PAYMENT', 'refused_ours'],
  ['RETURN_URL_REQUIRED', 'refused_ours'],
  ['SETUP_ERROR_FOR_BANK', 'refused_ours'],
  ['SHIPPING_ADDRESS_INVALID', 'refused'],
  ['SHIPPING_OPTIONS_NOT_SUPPORTED', 'refused_ours'],
  ['SHIPPING_OPTION_NOT_SELECTED', 'refused_ours'],
  ['SHIPPING_TYPE_NOT_SUPPORTED_FOR_CLIENT', 'refused_ours'],
  ['TAX_TOTAL_MISMATCH', 'refused_ours'],
  ['TAX_TOTAL_REQUIRED', 'refused_ours'],
  ['TOKEN_EXPIRED', 'refused_ours'],
  ['TOKEN_ID_NOT_FOUND', 'refused_ours'],
  ['TRANSACTION_BLOCKED_BY_PAYEE', 'refused_ours'],
  ['TRANSACTION_DISPUTED', 'refused'],
  ['TRANSACTION_LIMIT_EXCEEDED', 'refused'],
  ['TRANSACTION_RECEIVING_LIMIT_EXCEEDED', 'refused_ours'],
  ['UNSUPPORTED_INTENT', 'refused_ours'],
  ['UNSUPPORTED_PAYMENT_INSTRUCTION', 'refused_ours'],
  ['UNSUPPORTED_PROCESSING_INSTRUCTION', 'refused_ours'],
  ['UNSUPPORTED_SHIPPING_TYPE', 'refused_ours'],
  ['VAULT_INSTRUCTION_DUPLICATED', 'refused_ours'],
  ['VAULT_INSTRUCTION_REQUIRED', 'refused_ours'],
]

describe('what an error answer of PayPal means', () => {
  test.each(DECIDED)('%s means %s: %s', (issue, meaning) => {
    for (const status of [400, 403, 422]) expect(issueMeaning(status, issue)).toBe(meaning)
  })

  test.each(OTHERS)('%s means %s', (issue, meaning) => {
    for (const status of [400, 403, 422]) expect(issueMeaning(status, issue)).toBe(meaning)
  })

  test('every issue of the table is judged here, and no other', () => {
    const judged = [...DECIDED, ...OTHERS].map(([issue]) => issue)
    expect(judged.toSorted()).toEqual(KNOWN.toSorted())
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

  test('only a 404 that PayPal explains is a missing resource; that of a gateway on the way is unknown', () => {
    expect(issueMeaning(404, 'INVALID_RESOURCE_ID')).toBe('missing')
    expect(issueMeaning(404, 'RESOURCE_NOT_FOUND')).toBe('missing')
    expect(issueMeaning(404, null)).toBe('unknown')
    expect(issueMeaning(404, 'BRAND_NEW_ISSUE')).toBe('unknown')
  })

  test('an issue named like a property of Object is unknown', () => {
    expect(issueMeaning(422, 'constructor')).toBe('unknown')
  })
})
