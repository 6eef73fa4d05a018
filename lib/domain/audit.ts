/** What staff do that is written down. */
export const AUDIT_ACTIONS = [
  'staff.created',
  'staff.invited',
  'staff.invitation_withdrawn',
  'staff.joined',
  'staff.role_changed',
  'staff.disabled',
  'staff.enabled',
  'staff.second_factor_set',
  'staff.second_factor_reset',
  'staff.recovery_codes_renewed',
  'order.processing',
  'order.shipped',
  'order.parcel_corrected',
  'order.parcel_told_again',
  'order.sending_ended',
  'order.delivered',
  'order.cancelled',
  'order.refunded',
  'order.held',
  'order.released',
  'order.noted',
  'order.address_changed',
  'order.mail_resent',
  'return.approved',
  'return.refused',
  'return.received',
  'return.refunded',
  'orders.exported',
  'papers.printed',
  'customer.noted',
  'customer.disabled',
  'customer.enabled',
  'customer.signed_out',
  'customer.exported',
  'customer.erased',
  'incident.decided',
  'webhook.replayed',
  'comparison.requested',
  'settings.shop_changed',
  'settings.seller_changed',
  'settings.currency_changed',
  'settings.mail_changed',
  'settings.test_mail_sent',
  'settings.zone_added',
  'settings.zone_changed',
  'settings.zone_removed',
  'settings.method_added',
  'settings.method_changed',
  'settings.method_removed',
  'settings.tax_added',
  'settings.tax_changed',
  'settings.tax_removed',
  'settings.registration_changed',
  'settings.registration_removed',
  'settings.exchange_changed',
  'settings.exchange_removed',
  'discount.created',
  'discount.changed',
  'product.created',
  'product.changed',
  'product.options_changed',
  'product.variants_changed',
  'product.pictures_changed',
  'product.price_scheduled',
  'product.price_cancelled',
  'product.price_applied',
  'category.created',
  'category.changed',
  'category.deleted',
  'stock.adjusted',
  'catalogue.exported',
  'catalogue.import_applied',
  'catalogue.import_discarded',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** An entry as it is hashed. `before` and `after` are JSON values. */
export interface AuditRecord {
  readonly id: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly actorId: string | null
  readonly actorEmail: string
  readonly action: AuditAction
  /** `order ABCD-…`, `member <id>`. */
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
  readonly network: string | null
}

/** One spelling for one value: keys in order, so that the same entry always has the same hash. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Before the first entry. */
export const CHAIN_START = '0'.repeat(64)

export interface ChainLink {
  readonly id: number
  readonly payload: string
  readonly previousHash: string
  readonly hash: string
}

/** What is wrong with the next entry of a chain; null when it fits. `hashOf` is SHA-256 in hex. */
export function judgeLink(
  previous: Pick<ChainLink, 'id' | 'hash'> | null,
  link: ChainLink,
  hashOf: (text: string) => string,
): string | null {
  if (link.id !== (previous?.id ?? 0) + 1) return `entry ${(previous?.id ?? 0) + 1} is missing`
  if (link.previousHash !== (previous?.hash ?? CHAIN_START)) return `entry ${link.id} does not follow the one before it`
  if (link.hash !== hashOf(link.previousHash + link.payload)) return `entry ${link.id} was changed`
  return null
}
