import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getMemberDesk } from '@/lib/admin/customers/customers'
import { parseCustomer } from '@/lib/domain/customer'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { AddressesPart, DataPart, NotesPart, OrdersPart } from '../customer-parts'
import { customerDoneText } from '../customer-texts'
import { AccountPart } from './account-part'

export const instant = false
export const metadata: Metadata = { title: 'Customer' }

export default async function MemberPage({
  params,
  searchParams,
}: {
  params: Promise<{ customerId: string }>
  searchParams: Asked
}) {
  await connection()
  const { customerId } = await params
  const asked = await searchParams
  const admin = await requireAdmin('customers.read', `/admin/customers/${encodeURIComponent(customerId)}`)
  const customer = parseCustomer({ memberId: customerId })
  const desk = customer?.kind === 'member' ? await getMemberDesk(adminDatabase(), admin, customer.memberId) : null
  if (!customer || !desk) notFound()
  const { member, addresses, sessions, worksHere } = desk
  const edits = can(admin.role, 'customers.edit')
  return (
    <AdminPage
      admin={admin}
      here="/admin/customers"
      title={member.name || member.email}
      back={{ href: '/admin/customers', name: 'Customers' }}
      done={customerDoneText(asked['done'])}
      aside={member.disabledAt ? <span className="text-danger">✗ Shut out</span> : null}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="space-y-6">
          <OrdersPart email={member.email} bought={desk} />
          <AddressesPart title="Addresses kept" addresses={addresses} />
          <Panel id="sessions" title="Signed in on">
            {sessions.length === 0 ? (
              <p className="text-ink-soft">Nowhere at the moment.</p>
            ) : (
              <ul className="space-y-2">
                {sessions.map(({ id, device, network, method, lastUsedAt }) => (
                  <li key={id}>
                    {device}
                    <span className="block text-xs text-ink-soft">
                      by {method}
                      {network ? `, from ${network}` : ''}, last seen <Time at={lastUsedAt} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
        <div className="space-y-6">
          <Panel id="member" title="Member">
            <Facts
              rows={[
                [
                  'E-mail',
                  <a key="mail" href={`mailto:${member.email}`} className="text-link">
                    {member.email}
                  </a>,
                ],
                ['Since', <Time key="since" at={member.createdAt} />],
                ['Comes in by', waysText(desk.waysIn)],
                ['Wants news', member.wantsNews ? 'yes' : 'no'],
                ...(worksHere ? [['Works here', 'yes'] as const] : []),
                ...(member.deletionRequestedAt
                  ? [['Wants to be deleted', <Time key="deletion" at={member.deletionRequestedAt} />] as const]
                  : []),
              ]}
            />
          </Panel>
          <NotesPart
            customer={customer}
            notes={desk.notes}
            refused={await readRefusedForm('note', asked['refused'])}
            edits={edits}
          />
          {edits && !worksHere ? (
            <AccountPart
              memberId={member.id}
              isDisabled={member.disabledAt !== null}
              sessions={sessions.length}
              refused={await readRefusedForm('switch', asked['refused'])}
            />
          ) : null}
          <DataPart
            customer={customer}
            exports={can(admin.role, 'customers.export')}
            erases={can(admin.role, 'customers.erase') && !worksHere}
          />
        </div>
      </div>
    </AdminPage>
  )
}

function waysText({
  emailVerified,
  hasPassword,
  passkeys,
  identities,
}: {
  emailVerified: boolean
  hasPassword: boolean
  passkeys: number
  identities: number
}): string {
  const ways = [
    emailVerified ? 'mailed link' : null,
    hasPassword ? 'password' : null,
    passkeys > 0 ? `${passkeys} ${passkeys === 1 ? 'passkey' : 'passkeys'}` : null,
    identities > 0 ? 'an account elsewhere' : null,
  ]
  return ways.filter((way) => way !== null).join(', ') || 'nothing'
}
