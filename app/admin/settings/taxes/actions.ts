'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { removeTaxRate, saveTaxRate, type TaxOutcome } from '@/lib/admin/settings/taxes'
import { parseTaxForm } from '@/lib/domain/tax-settings'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { RowId, Seen } from '../read-settings-form'
import { changedText } from '../settings-texts'

const TAXES = '/admin/settings/taxes'
const RATE = ['country', 'region', 'label', 'percent', 'pricesInclude', 'appliesToDelivery'] as const

export async function keepRate(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, RATE)
  const { rateId } = readFields(formData, ['rateId'])
  const id = RowId.parse(rateId || null)
  return atAdminDoor('rate', 'settings.manage', `${TAXES}?rate=${id ?? 'new'}`, async (admin, refuse) => {
    const rate = parseTaxForm(values)
    if (rate.kind === 'invalid') return refuse(rate.errors, values)
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await saveTaxRate(adminDatabase(), admin, { id, seen, rate: rate.value })
    return outcome.kind === 'saved' ? leaveForm(`${TAXES}?done=saved`) : refuse(refusalErrors(outcome), values)
  })
}

export async function dropRate(_previous: FormState, formData: FormData): Promise<FormState> {
  const id = RowId.parse(formData.get('rateId'))
  return atAdminDoor('dropRate', 'settings.manage', `${TAXES}?rate=${id ?? 'new'}`, async (admin, refuse) => {
    if (id === null) return refuse(refusalErrors({ kind: 'not_found' }))
    const outcome = await removeTaxRate(adminDatabase(), admin, { id, seen: Seen.parse(formData.get('seen')) })
    return outcome.kind === 'saved' ? leaveForm(`${TAXES}?done=removed`) : refuse(refusalErrors(outcome))
  })
}

function refusalErrors(outcome: Exclude<TaxOutcome, { kind: 'saved' }>): Record<string, string> {
  switch (outcome.kind) {
    case 'changed_meanwhile':
      return { form: changedText(outcome.by) }
    case 'not_found':
      return { form: 'This rate is not there any more. Reload the page.' }
    case 'place_taken':
      return { country: 'There is a rate for this place already.' }
  }
}
