'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { changeDiscount, createDiscount, getDiscountChoices } from '@/lib/admin/discounts-desk'
import { readDiscountDraft } from '@/lib/domain/discount-draft'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalOf } from './discount-texts'

const FIELDS = [
  'label',
  'code',
  'kind',
  'scope',
  'value',
  'minimum',
  'startsAt',
  'endsAt',
  'usesMax',
  'usesMaxPerBuyer',
  'active',
] as const
const Id = z.coerce.number().int().positive().max(2_147_483_647)

/** Makes a discount, or changes the one whose id and version the form carries. */
export async function saveDiscount(_previous: FormState, formData: FormData): Promise<FormState> {
  const { id, version } = readFields(formData, ['id', 'version'])
  const known = id === '' ? null : z.object({ id: Id, version: Id }).safeParse({ id, version })
  const page = known?.success ? `/admin/discounts/${known.data.id}` : '/admin/discounts/new'
  const ticked = new Set(formData.getAll('categories'))
  const values = {
    ...readFields(formData, FIELDS),
    products: readLongText(formData, 'products'),
    categories: [...ticked].filter((one) => typeof one === 'string').join(','),
  }
  return atAdminDoor('discount', 'discounts.manage', { path: page, values }, async (admin, refuse) => {
    const db = adminDatabase()
    const { currency, categories } = await getDiscountChoices(db, admin)
    const chosen = categories.filter((category) => ticked.has(String(category.id)))
    if (known && !known.success) return refuse(refusalOf({ kind: 'not_found' }), values)
    const read = readDiscountDraft(
      values,
      chosen.map((category) => category.id),
      { currency, now: new Date() },
    )
    if (read.kind === 'invalid') return refuse(read.errors, values)
    const outcome = known
      ? await changeDiscount(db, admin, { ...known.data, draft: read.draft })
      : await createDiscount(db, admin, read.draft)
    if (outcome.kind !== 'saved') return refuse(refusalOf(outcome), values)
    return leaveForm(`/admin/discounts/${outcome.id}?done=${known ? 'changed' : 'created'}`)
  })
}

/** A list of addresses is longer than any other field. */
function readLongText(formData: FormData, name: string): string {
  const value = formData.get(name)
  return typeof value === 'string' ? value.slice(0, 20_001) : ''
}
