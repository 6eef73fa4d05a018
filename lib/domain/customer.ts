import { z } from 'zod'

import { Email } from './checkout'
import { oneLine } from './one-line'

/** Somebody who buys: with an account, or by the address that a guest gave. */
export type Customer =
  | { readonly kind: 'member'; readonly memberId: string }
  | { readonly kind: 'guest'; readonly email: string }

export const CUSTOMER_NOTE_MAX = 2_000

/** What stands in place of the address of whoever was forgotten (migration 0008). */
export const ERASED_EMAIL = 'erased@erased.invalid'

export const CUSTOMER_KINDS = ['members', 'guests'] as const

/** Which customers a list shows. It is the page's address. */
export interface CustomerFilter {
  readonly kind: (typeof CUSTOMER_KINDS)[number]
  /** How an address or a name begins, in small letters; null for all. */
  readonly search: string | null
}

/** Shorter than that a name begins like half of all names: only addresses are searched. */
export const NAME_SEARCH_MIN = 3

export function parseCustomerFilter(
  asked: Readonly<Record<string, string | readonly string[] | undefined>>,
): CustomerFilter {
  const one = (name: string) => {
    const value = asked[name]
    return oneLine(typeof value === 'string' ? value : (value?.[0] ?? ''))
  }
  const search = one('q').slice(0, 254).toLowerCase()
  return { kind: one('kind') === 'guests' ? 'guests' : 'members', search: search === '' ? null : search }
}

/** The address's query for a filter, with changes; what says nothing is left out. */
export function customerQuery({ kind, search }: CustomerFilter, more: Readonly<Record<string, string>> = {}): string {
  const parts = { kind: kind === 'guests' ? kind : '', q: search ?? '', ...more }
  return new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== '')).toString()
}

/** A member's id or a guest's address, as a form or an address says it; null for anything else. */
export function parseCustomer(asked: Readonly<{ memberId?: unknown; email?: unknown }>): Customer | null {
  const memberId = z.uuid().safeParse(asked.memberId)
  if (memberId.success) return { kind: 'member', memberId: memberId.data }
  const email = Email.safeParse(asked.email)
  return email.success && email.data !== ERASED_EMAIL ? { kind: 'guest', email: email.data } : null
}

/** Where a customer is looked at. */
export function customerPath(customer: Customer): string {
  return customer.kind === 'member'
    ? `/admin/customers/${customer.memberId}`
    : `/admin/customers/guest?email=${encodeURIComponent(customer.email)}`
}

/** And where one is forgotten. */
export function erasurePath(customer: Customer): string {
  return customer.kind === 'member'
    ? `/admin/customers/${customer.memberId}/erase`
    : `/admin/customers/guest/erase?email=${encodeURIComponent(customer.email)}`
}
