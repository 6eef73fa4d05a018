/**
 * The invoice id that buyer and merchant see at PayPal: unique for each attempt, and recognisable as this shop's by its
 * prefix, because PayPal's lists show everything that moves in the account.
 */
export function invoiceId(prefix: string, attemptId: string): string {
  return `${prefix}-${attemptId.replaceAll('-', '').slice(0, 20).toUpperCase()}`
}

/** True for an invoice id of this shop. */
export function isOwnInvoice(prefix: string, id: string | null): boolean {
  return id?.startsWith(`${prefix}-`) ?? false
}
