import type { ChangeMemberOutcome } from '@/lib/admin/customers/change-customer'
import type { EraseOutcome } from '@/lib/admin/customers/erase-customer'

const DONE: Readonly<Record<string, string>> = {
  noted: 'The note is kept.',
  disabled: 'The account is closed and every session has ended.',
  enabled: 'The account is open again.',
  signed_out: 'Every session has ended.',
  erased: 'Forgotten. The orders stay in the books, without a name.',
}

export function customerDoneText(done: unknown): string | null {
  return typeof done === 'string' && Object.hasOwn(DONE, done) ? (DONE[done] ?? null) : null
}

const WORKS_HERE = 'This person works here. An owner shuts them out under “Staff” first.'

export function changeRefusalText({ kind }: Exclude<ChangeMemberOutcome, { kind: 'changed' }>): string {
  return kind === 'works_here' ? WORKS_HERE : 'This customer is not there any more.'
}

/** Why somebody is not forgotten now. */
export function eraseRefusalText(outcome: Exclude<EraseOutcome, { kind: 'erased' }>): string {
  if (outcome.kind === 'waits') return obstacleText(outcome.for)
  return outcome.kind === 'works_here' ? WORKS_HERE : 'This customer is not there any more.'
}

export function obstacleText(obstacle: 'parcels' | 'payments'): string {
  return obstacle === 'parcels'
    ? 'An order of the last thirty days has not arrived yet: the parcel needs its address.'
    : 'A payment or a refund is still under way: it needs to be settled first.'
}
