'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { decideImport } from '@/lib/catalogue-csv/import-desk'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from '../import-texts'

const Decision = z.enum(['apply', 'discard'])

export async function decide(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['importId', 'decision'])
  const importId = z.uuid().safeParse(fields.importId).data ?? 'none'
  const path = `/admin/products/import/${importId}`
  return atAdminDoor('decide', 'catalogue.edit', path, async (admin, refuse) => {
    const decision = Decision.safeParse(fields.decision)
    if (!decision.success) return refuse({ form: 'Choose what to do with it.' })
    const outcome = await decideImport(adminDatabase(), admin, { importId, decision: decision.data })
    return outcome.kind === 'done' ? leaveForm(path) : refuse({ form: refusalText(outcome) })
  })
}
