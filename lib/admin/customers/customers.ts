import 'server-only'

import { z } from 'zod'

import { getDatabase, type Database } from '@/db/client'
import { listCustomerNotes } from '@/db/queries/customer-notes'
import {
  isGuest,
  listCustomerOrders,
  listGuests,
  listMembers,
  listOrderAddresses,
  readCustomerTotals,
  type ListedGuest,
  type ListedMember,
} from '@/db/queries/customers'
import { listAddresses } from '@/db/queries/member-addresses'
import { listLiveSessions } from '@/db/queries/member-sessions'
import { findMember, readWaysIn } from '@/db/queries/members'
import { findActiveStaff } from '@/db/queries/staff'
import { parseCustomer, type Customer, type CustomerFilter } from '@/lib/domain/customer'
import { oneLine } from '@/lib/domain/one-line'
import { readTimeCursor, writeTimeCursor } from '@/lib/domain/time-cursor'

import type { Admin } from '../admin'

export type { ListedGuest, ListedMember }

export const CUSTOMERS_PER_PAGE = 50
const ORDERS_SHOWN = 20

export interface CustomerPage {
  readonly members: readonly ListedMember[]
  readonly guests: readonly ListedGuest[]
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

/** A page of members, the newest first, or of guests, by their addresses. `after` as the page before has said it. */
export async function getCustomers(
  db: Database,
  _admin: Admin<'customers.read'>,
  { kind, search }: CustomerFilter,
  after: string | null,
): Promise<CustomerPage> {
  const limit = CUSTOMERS_PER_PAGE + 1
  if (kind === 'guests') {
    const found = await listGuests(db, { search, after: oneLine(after ?? ''), limit })
    const guests = found.slice(0, CUSTOMERS_PER_PAGE)
    return { members: [], guests, next: found.length === limit ? (guests.at(-1)?.email ?? null) : null }
  }
  const found = await listMembers(db, { search, after: readTimeCursor(after, z.uuid()), limit })
  const members = found.slice(0, CUSTOMERS_PER_PAGE)
  const last = members.at(-1)
  const next = found.length === limit && last ? writeTimeCursor({ at: last.createdAtText, id: last.id }) : null
  return { members, guests: [], next }
}

/** Whether there is such a customer. What is known of them is asked for by `getMemberDesk` and `getGuestDesk`. */
export async function isCustomer(asked: { memberId?: unknown; email?: unknown }): Promise<boolean> {
  const customer = parseCustomer(asked)
  if (!customer) return false
  return customer.kind === 'guest'
    ? isGuest(getDatabase(), customer.email)
    : (await findMember(getDatabase(), customer.memberId)) !== null
}

async function readBought(db: Database, customer: Customer) {
  const [orders, totals, notes] = await Promise.all([
    listCustomerOrders(db, customer, ORDERS_SHOWN),
    readCustomerTotals(db, customer),
    listCustomerNotes(db, customer),
  ])
  return { orders, totals, notes }
}

export type Bought = Awaited<ReturnType<typeof readBought>>

/** Everything that staff know of a member; null when there is none of this id. */
export async function getMemberDesk(db: Database, _admin: Admin<'customers.read'>, memberId: string) {
  const row = await findMember(db, memberId)
  if (!row) return null
  const { passwordHash: _passwordHash, ...member } = row
  const [bought, addresses, sessions, waysIn, staff] = await Promise.all([
    readBought(db, { kind: 'member', memberId }),
    listAddresses(db, memberId),
    listLiveSessions(db, memberId),
    readWaysIn(db, memberId),
    findActiveStaff(db, memberId),
  ])
  return { member, ...bought, addresses, sessions, waysIn, worksHere: staff !== null }
}

/** Everything that staff know of a guest; null when nobody has ordered as a guest with this address. */
export async function getGuestDesk(db: Database, _admin: Admin<'customers.read'>, email: string) {
  if (!(await isGuest(db, email))) return null
  const customer: Customer = { kind: 'guest', email }
  const [bought, addresses] = await Promise.all([
    readBought(db, customer),
    listOrderAddresses(db, customer, ORDERS_SHOWN),
  ])
  return { ...bought, addresses }
}
