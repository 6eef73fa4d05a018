import { oneLine } from './one-line'

/** Which entries of the audit log a page shows. It is the page's address. */
export interface AuditFilter {
  /** `order ABCD-…`, `member <id>`; null for everything. */
  readonly subject: string | null
  readonly actorEmail: string | null
  /** Only entries older than the one of this id. */
  readonly before: number | null
}

/** What cannot be understood of an address is left out. */
export function parseAuditFilter(asked: Readonly<Record<string, string | readonly string[] | undefined>>): AuditFilter {
  const text = (name: string, max: number) => {
    const value = asked[name]
    return typeof value === 'string' ? oneLine(value).slice(0, max) : ''
  }
  const before = Number(text('before', 15))
  return {
    subject: text('subject', 300) || null,
    actorEmail: text('who', 254).toLowerCase() || null,
    before: Number.isSafeInteger(before) && before > 0 ? before : null,
  }
}

/** The address's query for the entries behind `before`. */
export function auditQuery({ subject, actorEmail }: AuditFilter, before: number): string {
  return new URLSearchParams({
    ...(subject ? { subject } : {}),
    ...(actorEmail ? { who: actorEmail } : {}),
    before: String(before),
  }).toString()
}
