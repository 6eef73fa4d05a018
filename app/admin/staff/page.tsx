import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getStaff } from '@/lib/admin/change-staff'
import { getInvitations } from '@/lib/admin/invite-staff'
import { ROLE_NAMES, ROLE_TEXTS, ROLES } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'
import { invite, setRole, switchPerson } from './actions'
import { InvitationsPart } from './invitations-part'
import { doneText } from './staff-texts'

export const instant = false
export const metadata: Metadata = { title: 'Staff' }

const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))

export default async function StaffPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('staff.manage', '/admin/staff')
  const db = adminDatabase()
  const [people, invitations] = [await getStaff(db, admin), await getInvitations(db, admin)]
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  const [inviting, withdrawing] = [await refused('invite'), await refused('withdraw')]
  return (
    <AdminPage admin={admin} here="/admin/staff" title="Staff" done={doneText(asked['done'])}>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <ul className="space-y-4">
          {await Promise.all(
            people.map(async ({ memberId, email, name, role, hasSecondFactor, disabledAt, createdAt }) => {
              const isSelf = memberId === admin.memberId
              return (
                <li key={memberId}>
                  <Panel
                    id={`person-${memberId}`}
                    title={name || email}
                    aside={<span className="text-xs text-ink-soft">{isSelf ? 'You' : null}</span>}
                  >
                    <p className="mb-3 text-ink-soft">
                      {email}. {disabledAt ? 'Does not work here any more. ' : ''}
                      {hasSecondFactor ? 'Has a second factor.' : 'Has no second factor yet.'} Since{' '}
                      <Time at={createdAt} />.
                    </p>
                    <div className="flex flex-wrap items-end gap-3">
                      <ActForm
                        id={`role-${memberId}`}
                        action={setRole}
                        refused={await refused(`role-${memberId}`)}
                        hidden={{ memberId }}
                        compact
                        fields={[{ kind: 'select', name: 'role', label: 'Role', value: role, options: ROLE_OPTIONS }]}
                        submit="Change the role"
                        pending="Changing…"
                        look="plain"
                      />
                      {isSelf
                        ? null
                        : (disabledAt ? (['enable'] as const) : (['disable', 'reset'] as const)).map((what) => (
                            <ActForm
                              key={what}
                              id={`${what}-${memberId}`}
                              action={switchPerson}
                              refused={null}
                              hidden={{ memberId, what }}
                              fields={[]}
                              submit={SWITCHES[what]}
                              pending="A moment…"
                              look={what === 'enable' ? 'plain' : 'danger'}
                            />
                          ))}
                    </div>
                  </Panel>
                </li>
              )
            }),
          )}
        </ul>
        <div className="space-y-6">
          <InvitationsPart invitations={invitations} refused={withdrawing} />
          <Panel id="invite" title="Invite somebody">
            <ActForm
              id="invite"
              action={invite}
              refused={inviting}
              fields={[
                { kind: 'text', name: 'email', label: 'E-mail', maxLength: 254 },
                { kind: 'select', name: 'role', label: 'Role', value: 'fulfilment', options: ROLE_OPTIONS },
              ]}
              submit="Mail an invitation"
              pending="Mailing…"
            />
            <dl className="mt-5 space-y-2 border-t border-rule pt-4 text-xs">
              {ROLES.map((role) => (
                <div key={role}>
                  <dt className="font-medium">{ROLE_NAMES[role]}</dt>
                  <dd className="text-ink-soft">{ROLE_TEXTS[role]}</dd>
                </div>
              ))}
            </dl>
          </Panel>
        </div>
      </div>
    </AdminPage>
  )
}

const SWITCHES = {
  enable: 'Let them in again',
  disable: 'Shut them out',
  reset: 'Take the second factor away',
} as const
