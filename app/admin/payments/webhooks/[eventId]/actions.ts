'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { replayEvent } from '@/lib/admin/webhook-inbox'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

export async function replay(_previous: FormState, formData: FormData): Promise<FormState> {
  const { eventId } = readFields(formData, ['eventId'])
  const path = `/admin/payments/webhooks/${encodeURIComponent(eventId.slice(0, 64))}`
  return atAdminDoor('replay', 'payments.decide', path, async (admin, refuse) => {
    const { kind } = await replayEvent(adminDatabase(), admin, eventId)
    return kind === 'replayed' ? leaveForm(`${path}?done=replayed`) : refuse({ form: 'There is no such event.' })
  })
}
