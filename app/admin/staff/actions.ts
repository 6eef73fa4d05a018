'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { changeRole, disableStaff, enableStaff, resetSecondFactor } from '@/lib/admin/change-staff'
import { inviteStaff, withdrawInvitation } from '@/lib/admin/invite-staff'
import { ROLES } from '@/lib/domain/staff'
import { parseEmail } from '@/lib/members/read-form'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from './staff-texts'

const STAFF = '/admin/staff'
const RoleField = z.enum(ROLES)
const GONE = 'This person does not work here any more. Reload the page.'

export async function invite(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['email', 'role'])
  return atAdminDoor('invite', 'staff.manage', { path: STAFF, values }, async (admin, refuse) => {
    const email = parseEmail(values.email)
    if (email.kind === 'invalid') return refuse({ email: email.message }, values)
    const role = RoleField.safeParse(values.role)
    if (!role.success) return refuse({ role: 'Choose a role.' }, values)
    const { kind } = await inviteStaff(adminDatabase(), admin, { email: email.email, role: role.data })
    if (kind === 'works_here') return refuse({ email: 'Somebody with this address works here already.' }, values)
    return leaveForm(`${STAFF}?done=invited`)
  })
}

export async function withdraw(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['email'])
  return atAdminDoor('withdraw', 'staff.manage', STAFF, async (admin, refuse) => {
    const email = parseEmail(values.email)
    const gone = () => refuse({ form: 'This invitation is used, over or withdrawn already. Reload the page.' })
    if (email.kind === 'invalid') return gone()
    const { kind } = await withdrawInvitation(adminDatabase(), admin, email.email)
    return kind === 'withdrawn' ? leaveForm(`${STAFF}?done=withdrawn`) : gone()
  })
}

export async function setRole(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['memberId', 'role'])
  return atAdminDoor(
    `role-${values.memberId.slice(0, 36)}`,
    'staff.manage',
    { path: STAFF, values: { role: values.role } },
    async (admin, refuse) => {
      const memberId = z.uuid().safeParse(values.memberId)
      const role = RoleField.safeParse(values.role)
      if (!memberId.success || !role.success) return refuse({ form: GONE })
      const outcome = await changeRole(adminDatabase(), admin, { memberId: memberId.data, role: role.data })
      return outcome.kind === 'changed' ? leaveForm(`${STAFF}?done=role`) : refuse({ form: refusalText(outcome) })
    },
  )
}

const VERBS = { enable: enableStaff, disable: disableStaff, reset: resetSecondFactor } as const

export async function switchPerson(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['memberId', 'what'])
  return atAdminDoor('switch', 'staff.manage', STAFF, async (admin, refuse) => {
    const memberId = z.uuid().safeParse(values.memberId)
    const what = z.enum(['enable', 'disable', 'reset']).safeParse(values.what)
    if (!memberId.success || !what.success) return refuse({ form: GONE })
    const outcome = await VERBS[what.data](adminDatabase(), admin, memberId.data)
    return outcome.kind === 'changed' ? leaveForm(`${STAFF}?done=${what.data}`) : refuse({ form: refusalText(outcome) })
  })
}
