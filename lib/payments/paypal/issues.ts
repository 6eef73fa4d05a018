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
  /** A definite no for now: another request may go through later, this one never will. */
  | 'not_yet'
  /** Being worked on, or it may have happened: ask again. */
  | 'unknown'

/**
 * Issues by PayPal's own code, in groups that share a meaning for one reason. Source: issue lists per operation in PayPal's
 * OpenAPI descriptions (Orders 2.13, Payments 2.5) and developer.paypal.com/api/rest/integration/orders-api/troubleshooting.
 * A refusal is definite for the request that met it, whether or not a shop like this should ever meet it.
 */
export const ISSUE_GROUPS: readonly (readonly [meaning: IssueMeaning, issues: string])[] = [
  // Another card or account on the same PayPal order may do: PayPal's own advice for each.
  [
    'declined',
    `INSTRUMENT_DECLINED PAYER_ACTION_REQUIRED REDIRECT_PAYER_FOR_ALTERNATE_FUNDING CARD_EXPIRED CARD_CLOSED
     CARD_BRAND_NOT_SUPPORTED`,
  ],
  // The buyer has not said yes: nothing can have been taken.
  ['not_approved', 'ORDER_NOT_APPROVED'],
  // It has happened before: the order tells which capture it was.
  ['already_captured', 'ORDER_ALREADY_CAPTURED ORDER_ALREADY_COMPLETED'],
  // The invoice number has been paid, perhaps by an earlier order for the same cart.
  ['duplicate_invoice', 'DUPLICATE_INVOICE_ID'],
  // There is no order to pay any more. The last is the name of PayPal's envelope, for one that comes without an issue.
  ['missing', 'INVALID_RESOURCE_ID ORDER_EXPIRED ORDER_VOIDED RESOURCE_NOT_FOUND'],
  // It may be under way, or may yet be possible: asked again.
  ['unknown', 'ORDER_COMPLETION_IN_PROGRESS PREVIOUS_REQUEST_IN_PROGRESS INTERNAL_SERVER_ERROR RATE_LIMIT_REACHED'],
  // Comes with 401: our credentials were not accepted, so it says nothing of an earlier try.
  ['unknown', 'INVALID_ACCOUNT_STATUS'],
  // A refund that waits for the capture or for the merchant's balance.
  ['not_yet', 'PENDING_CAPTURE REFUND_FAILED_INSUFFICIENT_FUNDS'],
  // PayPal will not let this buyer pay this order; a new one with another account or card may do.
  [
    'refused',
    `MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED TRANSACTION_REFUSED COMPLIANCE_VIOLATION PAYER_CANNOT_PAY
     PAYER_ACCOUNT_RESTRICTED PAYER_ACCOUNT_LOCKED_OR_CLOSED PAYER_COUNTRY_NOT_SUPPORTED
     TRANSACTION_LIMIT_EXCEEDED DOMESTIC_TRANSACTION_REQUIRED DECLINED_DUE_TO_RELATED_TXN
     PAYMENT_SOURCE_CANNOT_BE_USED PAYMENT_SOURCE_DECLINED_BY_PROCESSOR PAYMENT_SOURCE_INFO_CANNOT_BE_VERIFIED
     ALIAS_DECLINED_BY_PROCESSOR REFERENCED_CARD_EXPIRED INVALID_EXPIRY_DATE
     BANK_NOT_SUPPORTED_FOR_VERIFICATION INVALID_IBAN IBAN_COUNTRY_NOT_SUPPORTED`,
  ],
  // The buyer's address is not one that PayPal accepts; the buyer can change it.
  ['refused', 'SHIPPING_ADDRESS_INVALID BILLING_ADDRESS_INVALID CITY_REQUIRED POSTAL_CODE_REQUIRED'],
  // This refund cannot be made, now or later; the staff see why.
  [
    'refused',
    `CAPTURE_FULLY_REFUNDED REFUND_AMOUNT_EXCEEDED REFUND_AMOUNT_TOO_LOW REFUND_TIME_LIMIT_EXCEEDED
     REFUND_NOT_ALLOWED REFUND_CAPTURE_CURRENCY_MISMATCH PARTIAL_REFUND_NOT_ALLOWED
     MAX_NUMBER_OF_REFUNDS_EXCEEDED REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK TRANSACTION_DISPUTED`,
  ],
  // The merchant's account cannot take the money, or may not make this call: only the operator can change that.
  [
    'refused_ours',
    `PAYEE_BLOCKED_TRANSACTION TRANSACTION_BLOCKED_BY_PAYEE PAYEE_ACCOUNT_INVALID PAYEE_ACCOUNT_RESTRICTED
     PAYEE_ACCOUNT_LOCKED_OR_CLOSED PAYEE_ACCOUNT_NOT_VERIFIED PAYEE_ACCOUNT_NOT_SUPPORTED PAYEE_NOT_CONSENTED
     PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING PAYEE_NOT_ENABLED_FOR_BANK_PROCESSING
     TRANSACTION_RECEIVING_LIMIT_EXCEEDED CURRENCY_NOT_SUPPORTED_FOR_RECEIVER PERMISSION_DENIED CONSENT_NEEDED
     AUTH_CAPTURE_NOT_ENABLED NOT_ENABLED_FOR_CARD_PROCESSING NOT_ENABLED_FOR_BANK_PROCESSING
     NOT_ENABLED_FOR_APPLE_PAY NOT_ENABLED_FOR_GOOGLE_PAY NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE
     NOT_ELIGIBLE_FOR_TOKEN_PROCESSING NOT_ELIGIBLE_FOR_PNREF_PROCESSING
     NOT_ELIGIBLE_FOR_PAYPAL_TRANSACTION_ID_PROCESSING SETUP_ERROR_FOR_BANK REFUND_IS_RESTRICTED`,
  ],
  // The sums or the form of our request are wrong: a mistake in the shop, and sending it again changes nothing.
  [
    'refused_ours',
    `AMOUNT_MISMATCH ITEM_TOTAL_MISMATCH ITEM_TOTAL_REQUIRED TAX_TOTAL_MISMATCH TAX_TOTAL_REQUIRED
     DECIMAL_PRECISION DECIMALS_NOT_SUPPORTED INVALID_CURRENCY_CODE CURRENCY_MISMATCH MULTI_CURRENCY_ORDER
     CANNOT_BE_NEGATIVE CANNOT_BE_ZERO_OR_NEGATIVE MAX_VALUE_EXCEEDED INVALID_PARAMETER_SYNTAX
     INVALID_PARAMETER_VALUE INVALID_STRING_LENGTH INVALID_ARRAY_MAX_ITEMS INVALID_ARRAY_MIN_ITEMS
     INCOMPATIBLE_PARAMETER_VALUE MISSING_REQUIRED_PARAMETER ONE_OF_PARAMETERS_REQUIRED MALFORMED_REQUEST_JSON
     NOT_SUPPORTED INVALID_COUNTRY_CODE ACTION_DOES_NOT_MATCH_INTENT PAYPAL_REQUEST_ID_REQUIRED
     DUPLICATE_REFERENCE_ID REFERENCE_ID_REQUIRED RETURN_URL_REQUIRED CANCEL_URL_REQUIRED
     PREFERRED_PAYMENT_SOURCE_MISMATCH`,
  ],
  // Several units, another intent or another way of completing: no order of ours has them.
  [
    'refused_ours',
    `UNSUPPORTED_INTENT UNSUPPORTED_PAYMENT_INSTRUCTION UNSUPPORTED_PROCESSING_INSTRUCTION
     ORDER_COMPLETE_ON_PAYMENT_APPROVAL MULTIPLE_ITEM_CATEGORIES DONATION_ITEMS_NOT_SUPPORTED
     PERMISSION_DENIED_FOR_DONATION_ITEMS PAYMENT_SOURCE_NOT_SUPPORTED`,
  ],
  // Collecting, and choosing among deliveries at PayPal: the shop fixes the delivery before it asks.
  [
    'refused_ours',
    `INVALID_PICKUP_ADDRESS MISSING_PICKUP_ADDRESS MULTIPLE_SHIPPING_ADDRESS_NOT_SUPPORTED
     MULTIPLE_SHIPPING_TYPE_NOT_SUPPORTED SHIPPING_TYPE_NOT_SUPPORTED_FOR_CLIENT UNSUPPORTED_SHIPPING_TYPE
     SHIPPING_OPTIONS_NOT_SUPPORTED SHIPPING_OPTION_NOT_SELECTED MULTIPLE_SHIPPING_OPTION_SELECTED
     PREFERRED_SHIPPING_OPTION_AMOUNT_MISMATCH`,
  ],
  // Fees of platforms, price tiers and exchange rates by number: the shop sends none.
  [
    'refused_ours',
    `PLATFORM_FEES_NOT_SUPPORTED INVALID_PLATFORM_FEES_ACCOUNT INVALID_PLATFORM_FEES_AMOUNT
     PLATFORM_FEE_PAYEE_CANNOT_BE_SAME_AS_PAYER PLATFORM_FEE_EXCEEDED PLATFORM_FEE_NOT_ENABLED
     PAYEE_PRICING_TIER_ID_NOT_ENABLED INVALID_PAYEE_PRICING_TIER_ID PAYEE_FX_RATE_ID_EXPIRED
     PAYEE_FX_RATE_ID_CURRENCY_MISMATCH INVALID_FX_RATE_ID`,
  ],
  // Cards, banks and wallets by their own numbers: the shop only ever sends the buyer to PayPal.
  [
    'refused_ours',
    `CARD_NUMBER_REQUIRED CARD_EXPIRY_REQUIRED INVALID_SECURITY_CODE_LENGTH CRYPTOGRAM_REQUIRED
     MISSING_CRYPTOGRAM EMV_DATA_REQUIRED APPLE_PAY_AMOUNT_MISMATCH INVALID_GOOGLE_PAY_TOKEN
     GOOGLE_PAY_GATEWAY_MERCHANT_ID_MISMATCH BLIK_ONE_CLICK_MISSING_REQUIRED_PARAMETER
     CURRENCY_NOT_SUPPORTED_FOR_BANK ONLY_ONE_BANK_SOURCE_ALLOWED`,
  ],
  // Kept ways of paying, agreements and references to earlier payments: the shop keeps none.
  [
    'refused_ours',
    `INVALID_PAYER_ID TOKEN_EXPIRED TOKEN_ID_NOT_FOUND IDENTIFIER_NOT_FOUND PNREF_EXPIRED PNREF_NOT_FOUND
     PAYPAL_TRANSACTION_ID_EXPIRED PAYPAL_TRANSACTION_ID_NOT_FOUND AGREEMENT_ALREADY_CANCELLED
     BILLING_AGREEMENT_NOT_FOUND BILLING_AGREEMENT_ID_MISMATCH VAULT_INSTRUCTION_REQUIRED
     VAULT_INSTRUCTION_DUPLICATED MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE MISSING_PREVIOUS_REFERENCE
     INVALID_PREVIOUS_TRANSACTION_REFERENCE PREVIOUS_TRANSACTION_REFERENCE_HAS_CHARGEBACK
     PREVIOUS_TRANSACTION_REFERENCE_VOIDED PAYMENT_SOURCE_MISMATCH MERCHANT_INITIATED_WITH_SECURITY_CODE
     MERCHANT_INITIATED_WITH_AUTHENTICATION_RESULTS MERCHANT_INITIATED_WITH_MULTIPLE_PURCHASE_UNITS
     REQUIRED_PARAMETER_FOR_CUSTOMER_INITIATED_PAYMENT`,
  ],
]

const ISSUE_MEANINGS: ReadonlyMap<string, IssueMeaning> = new Map(
  ISSUE_GROUPS.flatMap(([meaning, issues]) => issues.split(/\s+/).map((issue) => [issue, meaning] as const)),
)

/**
 * The meaning of an error answer. Only 4xx answers with a documented issue are definite; 401, 408, 409, 425 and 429
 * say nothing about whether an earlier try had its effect, and a 404 that PayPal does not explain may be that of a gateway
 * on the way, which knows nothing of the order.
 */
export function issueMeaning(status: number, issue: string | null): IssueMeaning {
  if (status < 400 || status >= 500) return 'unknown'
  if ([401, 408, 409, 425, 429].includes(status)) return 'unknown'
  return ISSUE_MEANINGS.get(issue ?? '') ?? 'unknown'
}
