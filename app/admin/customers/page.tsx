import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FilterBar } from '@/components/admin/filter-bar'
import { NothingListed } from '@/components/admin/nothing-listed'
import { Pager } from '@/components/admin/pager'
import { SearchField } from '@/components/admin/search-field'
import { Tabs } from '@/components/admin/tabs'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { CUSTOMERS_PER_PAGE, getCustomers, type ListedGuest, type ListedMember } from '@/lib/admin/customers/customers'
import { countryName } from '@/lib/domain/country'
import { customerPath, customerQuery, parseCustomerFilter, type CustomerFilter } from '@/lib/domain/customer'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'
import { customerDoneText } from './customer-texts'

export const instant = false
export const metadata: Metadata = { title: 'Customers' }

const CUSTOMERS = '/admin/customers'
const TABS = [
  { href: CUSTOMERS, label: 'Members' },
  { href: `${CUSTOMERS}?kind=guests`, label: 'Guests' },
]

export default async function CustomersPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const filter = parseCustomerFilter(asked)
  const query = customerQuery(filter)
  const admin = await requireAdmin('customers.read', `${CUSTOMERS}${query ? `?${query}` : ''}`)
  const after = typeof asked['after'] === 'string' ? asked['after'].slice(0, 254) : null
  const { members, guests, next } = await getCustomers(adminDatabase(), admin, filter, after)
  const isGuests = filter.kind === 'guests'
  const isEmpty = members.length + guests.length === 0
  return (
    <AdminPage admin={admin} here={CUSTOMERS} title="Customers" done={customerDoneText(asked['done'])}>
      <Tabs name="Customers" here={isGuests ? `${CUSTOMERS}?kind=guests` : CUSTOMERS} tabs={TABS} />
      <Search filter={filter} />
      {isEmpty ? (
        <NothingListed
          why={after ? 'That was all.' : filter.search ? 'Nobody is like that.' : isGuests ? NO_GUESTS : NO_MEMBERS}
          all={
            filter.search
              ? { href: `${CUSTOMERS}?${customerQuery({ ...filter, search: null })}`, name: 'Show all' }
              : null
          }
        />
      ) : isGuests ? (
        <GuestTable guests={guests} />
      ) : (
        <MemberTable members={members} />
      )}
      <Pager
        first={after ? `${CUSTOMERS}${query ? `?${query}` : ''}` : null}
        next={next ? `${CUSTOMERS}?${customerQuery(filter, { after: next })}` : null}
        size={CUSTOMERS_PER_PAGE}
      />
    </AdminPage>
  )
}

const NO_MEMBERS = 'Nobody has an account yet.'
const NO_GUESTS = 'Nobody has bought without an account yet.'

function Search({ filter: { kind, search } }: { filter: CustomerFilter }) {
  return (
    <FilterBar action={CUSTOMERS}>
      {kind === 'guests' ? <input type="hidden" name="kind" value="guests" /> : null}
      <SearchField
        label="How an e-mail or a name begins"
        value={search}
        maxLength={254}
        className="max-w-xl basis-60"
      />
    </FilterBar>
  )
}

function MemberTable({ members }: { members: readonly ListedMember[] }) {
  return (
    <WideTable name="Members" className="-mx-4 sm:-mx-8 sm:px-5">
      <table className="desk-table">
        <caption className="sr-only">Members, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Since</th>
            <th scope="col" className="end">
              Orders
            </th>
            <th scope="col">Last order</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id} className="desk-row">
              <td className="max-w-[20rem]">
                <a
                  href={customerPath({ kind: 'member', memberId: member.id })}
                  className="desk-row-link block truncate font-medium hover:underline"
                >
                  {member.name || member.email}
                </a>
                {member.name ? <span className="block truncate text-xs text-ink-soft">{member.email}</span> : null}
              </td>
              <td>
                <Time at={member.createdAt} />
              </td>
              <td className="end num">{member.orders}</td>
              <td>{member.lastOrderAt ? <Time at={member.lastOrderAt} /> : '–'}</td>
              <td className="whitespace-nowrap">
                <MemberState member={member} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function MemberState({ member: { disabledAt, deletionRequestedAt, worksHere } }: { member: ListedMember }) {
  if (disabledAt) return <span className="text-danger">✗ shut out</span>
  if (deletionRequestedAt) return <span className="text-warning">wants to be deleted</span>
  return worksHere ? <span className="text-ink-soft">works here</span> : null
}

function GuestTable({ guests }: { guests: readonly ListedGuest[] }) {
  return (
    <WideTable name="Guests" className="-mx-4 sm:-mx-8 sm:px-5">
      <table className="desk-table">
        <caption className="sr-only">Guests, by their addresses</caption>
        <thead>
          <tr>
            <th scope="col">Guest</th>
            <th scope="col">To</th>
            <th scope="col" className="end">
              Orders
            </th>
            <th scope="col">Last order</th>
          </tr>
        </thead>
        <tbody>
          {guests.map(({ email, name, country, orders, lastOrderAt }) => (
            <tr key={email} className="desk-row">
              <td className="max-w-[20rem]">
                <a
                  href={customerPath({ kind: 'guest', email })}
                  className="desk-row-link block truncate font-medium hover:underline"
                >
                  {email}
                </a>
                <span className="block truncate text-xs text-ink-soft">{name}</span>
              </td>
              <td className="whitespace-nowrap">{countryName(country)}</td>
              <td className="end num">{orders}</td>
              <td>
                <Time at={lastOrderAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}
