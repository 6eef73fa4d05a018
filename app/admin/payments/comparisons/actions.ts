'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { requestComparison } from '@/lib/admin/comparisons'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

const COMPARISONS = '/admin/payments/comparisons'
/** PayPal lists three years back. */
const Days = z.coerce.number().int().min(1).max(1095)

export async function compareNow(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['days'])
  return atAdminDoor('compare', 'payments.decide', { path: COMPARISONS, values }, async (admin, refuse) => {
    const days = Days.safeParse(values.days)
    if (!days.success) return refuse({ days: 'Write a number of days, from 1 to 1095.' }, values)
    const { kind } = await requestComparison(adminDatabase(), admin, days.data)
    if (kind === 'waits_already') return refuse({ form: 'Somebody waits for one already. Reload the page.' }, values)
    return leaveForm(`${COMPARISONS}?done=requested`)
  })
}
