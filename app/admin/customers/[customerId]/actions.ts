'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { disableMember, enableMember, endSessions } from '@/lib/admin/customers/change-customer'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { changeRefusalText } from '../customer-texts'

const VERBS = { disabled: disableMember, enabled: enableMember, signed_out: endSessions } as const
const What = z.enum(['disabled', 'enabled', 'signed_out'])

export async function switchMember(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['memberId', 'what'])
  const memberId = z.uuid().safeParse(fields.memberId)
  const path = memberId.success ? `/admin/customers/${memberId.data}` : '/admin/customers'
  return atAdminDoor('switch', 'customers.edit', path, async (admin, refuse) => {
    const what = What.safeParse(fields.what)
    if (!memberId.success || !what.success) return refuse({ form: changeRefusalText({ kind: 'not_found' }) })
    const outcome = await VERBS[what.data](adminDatabase(), admin, memberId.data)
    return outcome.kind === 'changed'
      ? leaveForm(`${path}?done=${what.data}`)
      : refuse({ form: changeRefusalText({ kind: outcome.kind }) })
  })
}
