import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit, findLastAudit } from '@/db/queries/audit-log'
import { lockShopSettings, type ShopSettings } from '@/db/queries/shop-settings'
import { canonicalJson, type AuditAction } from '@/lib/domain/audit'

import { actorOf, type Admin } from '../admin'

/** What a form of settings is about, and which change of it its page has shown last. */
export interface SettingsAct {
  /** As the audit log names it: `settings shop`, `delivery zone 3`. */
  readonly subject: string
  /** The id of the audit entry; 0 for none. */
  readonly seen: number
}

export type SaveOutcome =
  | { readonly kind: 'saved' }
  /** Somebody else saved it first. */
  | { readonly kind: 'changed_meanwhile'; readonly by: string }

export interface SettingsChange {
  readonly action: AuditAction
  readonly before: unknown
  readonly after: unknown
  /** Of what has only just been made. */
  readonly subject?: string
}

/** Which change of a subject is the last one: what a page hands to its form. */
export async function lastChangeOf(db: Database, subject: string): Promise<number> {
  return (await findLastAudit(db, subject))?.id ?? 0
}

/**
 * One change of settings: others wait, the second of two people is told of the first, and what is done is written down with what
 * was there before. What changes nothing leaves no trace.
 */
export async function saveSettings<Refusal extends { readonly kind: string }>(
  db: Database,
  admin: Admin<'settings.manage'>,
  { subject, seen }: SettingsAct,
  act: (tx: Transaction, settings: ShopSettings) => Promise<SettingsChange | Refusal>,
): Promise<SaveOutcome | Refusal> {
  return inTransaction(db, async (tx): Promise<SaveOutcome | Refusal> => {
    const settings = await lockShopSettings(tx)
    const last = await findLastAudit(tx, subject)
    if (last && last.id > seen) return { kind: 'changed_meanwhile', by: last.actorEmail }
    const done = await act(tx, settings)
    if ('kind' in done) return done
    const { before, after } = done
    if (canonicalJson(before) !== canonicalJson(after)) {
      await appendAudit(tx, { subject, ...actorOf(admin), ...done })
    }
    return { kind: 'saved' }
  })
}
