'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { forgetView, saveView } from '@/lib/admin/saved-views'
import { oneLine } from '@/lib/domain/one-line'
import { VIEW_NAME_MAX, VIEWS_PER_PERSON_MAX } from '@/lib/domain/order-filter'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

const pathOf = (query: string) => `/admin/orders${query ? `?${query}` : ''}`

export async function keepView(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['name', 'query', 'shared'])
  const values = { name: fields.name, shared: fields.shared }
  return atAdminDoor('keep-view', 'orders.read', { path: pathOf(fields.query), values }, async (admin, refuse) => {
    const name = oneLine(fields.name)
    if (name === '') return refuse({ name: 'Give it a name.' }, values)
    if (name.length > VIEW_NAME_MAX) return refuse({ name: `Keep it under ${VIEW_NAME_MAX} characters.` }, values)
    const view = { name, query: fields.query, shared: fields.shared === '1' }
    const outcome = await saveView(adminDatabase(), admin, view)
    return outcome.kind === 'saved'
      ? leaveForm(pathOf(outcome.query))
      : refuse({ form: `You have ${VIEWS_PER_PERSON_MAX} views already. Forget one first.` }, values)
  })
}

export async function dropView(_previous: FormState, formData: FormData): Promise<FormState> {
  const { viewId, query } = readFields(formData, ['viewId', 'query'])
  return atAdminDoor('drop-view', 'orders.read', pathOf(query), async (admin, refuse) => {
    const id = z.uuid().safeParse(viewId)
    const isForgotten = id.success && (await forgetView(adminDatabase(), admin, id.data))
    return isForgotten ? leaveForm(pathOf(query)) : refuse({ form: 'This view is not there any more.' })
  })
}
