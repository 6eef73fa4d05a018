import 'server-only'

import { createHash } from 'node:crypto'

import type { Customer } from '@/lib/domain/customer'

/** A customer as the audit log names them. A guest's address is hashed: the log cannot be erased, and guests can. */
export function customerSubject(customer: Customer): string {
  if (customer.kind === 'member') return `member ${customer.memberId}`
  return `guest ${createHash('sha256').update(`guest:${customer.email}`).digest('base64url').slice(0, 22)}`
}
