import 'server-only'

import type { Database } from '@/db/client'
import { listAudit, verifyAuditChain, type AuditFilter, type AuditRow } from '@/db/queries/audit-log'

import type { Admin } from './admin'

export const AUDIT_PAGE = 100

export async function getAudit(db: Database, _admin: Admin<'audit.read'>, filter: AuditFilter): Promise<AuditRow[]> {
  return listAudit(db, filter, AUDIT_PAGE + 1)
}

export async function checkAudit(db: Database, _admin: Admin<'audit.read'>) {
  return verifyAuditChain(db)
}
