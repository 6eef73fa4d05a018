/** What a documented PayPal issue means for the step that met it. Whatever is not in the table is unknown. */
export type IssueMeaning =
  /** This way of paying was refused; the same PayPal order may be paid another way. */
  | 'declined'
  | 'not_approved'
  | 'already_captured'
  /** The invoice id has been paid: look for the earlier capture. */
  | 'duplicate_invoice'
  /** The PayPal order is gone or never was. */
  | 'missing'
  /** Final for this PayPal order; the buyer may start anew. */
  | 'refused'
  /** Final, and the merchant's account or our request is the cause: the operator must hear of it. */
  | 'refused_ours'
  /** Being worked on, or it may have happened: ask again. */
  | 'unknown'

/**
 * Issues by PayPal's own code. Source: issue lists per operation in PayPal's OpenAPI descriptions (Orders 2.13,
 * Payments 2.5) and developer.paypal.com/api/rest/integration/orders-api/troubleshooting.
 */
export const ISSUE_MEANINGS: Readonly<Record<string, IssueMeaning>> = {
  INSTRUMENT_DECLINED: 'declined',
  PAYER_ACTION_REQUIRED: 'declined',
  REDIRECT_PAYER_FOR_ALTERNATE_FUNDING: 'declined',
  CARD_EXPIRED: 'declined',
  CARD_CLOSED: 'declined',
  ORDER_NOT_APPROVED: 'not_approved',
  ORDER_ALREADY_CAPTURED: 'already_captured',
  ORDER_ALREADY_COMPLETED: 'already_captured',
  DUPLICATE_INVOICE_ID: 'duplicate_invoice',
  INVALID_RESOURCE_ID: 'missing',
  ORDER_EXPIRED: 'missing',
  ORDER_VOIDED: 'missing',
  ORDER_COMPLETION_IN_PROGRESS: 'unknown',
  PREVIOUS_REQUEST_IN_PROGRESS: 'unknown',
  INTERNAL_SERVER_ERROR: 'unknown',
  RATE_LIMIT_REACHED: 'unknown',
  MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: 'refused',
  TRANSACTION_REFUSED: 'refused',
  COMPLIANCE_VIOLATION: 'refused',
  PAYER_CANNOT_PAY: 'refused',
  PAYER_ACCOUNT_RESTRICTED: 'refused',
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: 'refused',
  PAYER_COUNTRY_NOT_SUPPORTED: 'refused',
  TRANSACTION_LIMIT_EXCEEDED: 'refused',
  DOMESTIC_TRANSACTION_REQUIRED: 'refused',
  SHIPPING_ADDRESS_INVALID: 'refused',
  CITY_REQUIRED: 'refused',
  POSTAL_CODE_REQUIRED: 'refused',
  PAYEE_BLOCKED_TRANSACTION: 'refused_ours',
  TRANSACTION_BLOCKED_BY_PAYEE: 'refused_ours',
  PAYEE_ACCOUNT_INVALID: 'refused_ours',
  PAYEE_ACCOUNT_RESTRICTED: 'refused_ours',
  PAYEE_ACCOUNT_LOCKED_OR_CLOSED: 'refused_ours',
  PAYEE_ACCOUNT_NOT_VERIFIED: 'refused_ours',
  PAYEE_ACCOUNT_NOT_SUPPORTED: 'refused_ours',
  PAYEE_NOT_CONSENTED: 'refused_ours',
  PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING: 'refused_ours',
  TRANSACTION_RECEIVING_LIMIT_EXCEEDED: 'refused_ours',
  CURRENCY_NOT_SUPPORTED_FOR_RECEIVER: 'refused_ours',
  PERMISSION_DENIED: 'refused_ours',
  AMOUNT_MISMATCH: 'refused_ours',
  ITEM_TOTAL_MISMATCH: 'refused_ours',
  ITEM_TOTAL_REQUIRED: 'refused_ours',
  TAX_TOTAL_MISMATCH: 'refused_ours',
  TAX_TOTAL_REQUIRED: 'refused_ours',
  DECIMAL_PRECISION: 'refused_ours',
  DECIMALS_NOT_SUPPORTED: 'refused_ours',
  INVALID_CURRENCY_CODE: 'refused_ours',
  CANNOT_BE_NEGATIVE: 'refused_ours',
  CANNOT_BE_ZERO_OR_NEGATIVE: 'refused_ours',
  MAX_VALUE_EXCEEDED: 'refused_ours',
  INVALID_PARAMETER_SYNTAX: 'refused_ours',
  INVALID_PARAMETER_VALUE: 'refused_ours',
  INVALID_STRING_LENGTH: 'refused_ours',
  MISSING_REQUIRED_PARAMETER: 'refused_ours',
  MALFORMED_REQUEST_JSON: 'refused_ours',
  INVALID_COUNTRY_CODE: 'refused_ours',
  ACTION_DOES_NOT_MATCH_INTENT: 'refused_ours',
  CAPTURE_FULLY_REFUNDED: 'refused',
  REFUND_AMOUNT_EXCEEDED: 'refused',
  REFUND_TIME_LIMIT_EXCEEDED: 'refused',
  REFUND_NOT_ALLOWED: 'refused',
  REFUND_CAPTURE_CURRENCY_MISMATCH: 'refused',
  PARTIAL_REFUND_NOT_ALLOWED: 'refused',
  MAX_NUMBER_OF_REFUNDS_EXCEEDED: 'refused',
  REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK: 'refused',
  TRANSACTION_DISPUTED: 'refused',
  REFUND_FAILED_INSUFFICIENT_FUNDS: 'unknown',
  PENDING_CAPTURE: 'unknown',
}

/**
 * The meaning of an error answer. Only 4xx answers with a documented issue are definite; 401, 408, 409, 425 and 429
 * say nothing about whether an earlier try had its effect.
 */
export function issueMeaning(status: number, issue: string | null): IssueMeaning {
  if (status < 400 || status >= 500) return 'unknown'
  if ([401, 408, 409, 425, 429].includes(status)) return 'unknown'
  if (issue !== null && Object.hasOwn(ISSUE_MEANINGS, issue)) return ISSUE_MEANINGS[issue] ?? 'unknown'
  return status === 404 ? 'missing' : 'unknown'
}
