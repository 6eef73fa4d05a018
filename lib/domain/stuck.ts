/**
 * After how many hours something unfinished is put before a person, who can ask PayPal's support. The worker goes on asking all
 * the while. A review takes PayPal up to three days, a refund to a bank account some more.
 */
export const STUCK_ATTEMPT_HOURS = { creating: 2, created: 2, capturing: 2, pending: 120 } as const
export const STUCK_REFUND_HOURS = { pending: 2, sent: 240 } as const
