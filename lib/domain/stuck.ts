/**
 * After how many minutes in a state something is put before a person, who can ask PayPal's support. The worker goes on asking all
 * the while. A review takes PayPal up to three days, a refund to a bank account some more; a hold ends after a quarter of an hour.
 */
export const STUCK_ATTEMPT_MINUTES = { creating: 30, created: 60, capturing: 5, pending: 7_200 } as const
export const STUCK_REFUND_MINUTES = { pending: 60, sent: 14_400 } as const
/** Money without an order none of whose refunds is under way. */
export const STUCK_REST_MINUTES = 60
/** A payment, of whatever state, each look at which ends in an error of our own. */
export const STUCK_FAILING_MINUTES = 15
/** So many nights in a row in which PayPal gave no answer about a difference. */
export const STUCK_NIGHTS = 2
