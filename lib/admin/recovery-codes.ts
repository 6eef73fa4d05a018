import 'server-only'

import { randomInt } from 'node:crypto'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { lockStaff, replaceRecoveryCodes } from '@/db/queries/staff'
import { isStepUpFresh, RECOVERY_CODES } from '@/lib/domain/staff'
import { hashSecret } from '@/lib/members/member-token'

import type { StaffMember } from './staff-member'

/** Eight letters and digits that cannot be taken for each other: 39 bits, and twenty guesses an hour. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A code as it is compared, however it was typed. */
export const normaliseCode = (code: string) => code.toLowerCase().replaceAll(/[\s-]/g, '')

function makeRecoveryCode(): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

/** New codes in the place of all before. They are told here and never again. */
export async function writeRecoveryCodes(tx: Transaction, memberId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode)
  const hashes = codes.map((code) => hashSecret(normaliseCode(code)))
  await replaceRecoveryCodes(tx, memberId, hashes)
  return codes
}

export type RenewCodesOutcome =
  | { readonly kind: 'renewed'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'step_up' | 'no_authenticator' }

/** For whoever has used most of them, or has shown them to somebody. */
export async function renewRecoveryCodes(
  db: Database,
  person: StaffMember,
  network: string | null,
): Promise<RenewCodesOutcome> {
  if (!isStepUpFresh(person)) return { kind: 'step_up' }
  return inTransaction(db, async (tx): Promise<RenewCodesOutcome> => {
    const row = await lockStaff(tx, person.memberId)
    if (!row?.totpConfirmedAt || row.disabledAt) return { kind: 'no_authenticator' }
    const recoveryCodes = await writeRecoveryCodes(tx, person.memberId)
    await appendAudit(tx, {
      actorId: person.memberId,
      actorEmail: person.email,
      network,
      action: 'staff.recovery_codes_renewed',
      subject: `member ${person.memberId}`,
      before: null,
      after: { codes: recoveryCodes.length },
    })
    return { kind: 'renewed', recoveryCodes }
  })
}
