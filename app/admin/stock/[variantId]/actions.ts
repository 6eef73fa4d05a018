'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { oneLine } from '@/lib/domain/one-line'
import { OnHand } from '@/lib/domain/product'
import { ADJUSTMENTS, type Adjustment } from '@/lib/domain/stock-adjustment'
import { adjustStock } from '@/lib/stock/adjust-stock'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'
import { judgeFields } from '@/lib/web/judge-fields'
import { renewCatalogue } from '@/lib/web/renew-catalogue'

import { NOTE_MAX, refusalText } from './stock-texts'

const Id = z.coerce.number().int().min(0).max(999_999_999).catch(0)
const MovementId = z.coerce.number().int().min(0).catch(0)
const Note = z
  .string()
  .transform((text) => oneLine(text))
  .pipe(z.string().max(NOTE_MAX, `Keep it under ${NOTE_MAX} characters.`))
const Kind = z.enum(ADJUSTMENTS, 'Say what happened.')

/** Pieces came or went. */
export async function movePieces(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['what', 'pieces', 'note'])
  return adjust('move', formData, values, () => {
    const judged = judgeFields({ what: Kind, pieces: OnHand, note: Note }, values)
    if (judged.kind === 'invalid') return judged
    const { what, pieces, note } = judged.data
    if (pieces === 0) return { kind: 'invalid', errors: { pieces: 'At least one piece.' } }
    if (what.startsWith('other') && note === '') {
      return { kind: 'invalid', errors: { note: 'Say what happened, for whoever comes after you.' } }
    }
    return { kind: 'read', adjustment: { kind: what, pieces }, note }
  })
}

/** All pieces were counted. */
export async function countPieces(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['counted', 'note'])
  return adjust('count', formData, values, () => {
    const judged = judgeFields({ counted: OnHand, note: Note }, values)
    if (judged.kind === 'invalid') return judged
    const seenMovementId = MovementId.parse(readFields(formData, ['seenMovementId']).seenMovementId)
    const { counted, note } = judged.data
    return { kind: 'read', adjustment: { kind: 'counted', pieces: counted, seenMovementId }, note }
  })
}

type Read =
  | { readonly kind: 'invalid'; readonly errors: Record<string, string> }
  | { readonly kind: 'read'; readonly adjustment: Adjustment; readonly note: string }

async function adjust(
  form: 'move' | 'count',
  formData: FormData,
  values: Record<string, string>,
  read: () => Read,
): Promise<FormState> {
  const fields = readFields(formData, ['variantId', 'formId'])
  const variantId = Id.parse(fields.variantId)
  const path = `/admin/stock/${variantId}`
  return atAdminDoor(form, 'stock.adjust', { path, values }, async (admin, refuse) => {
    const formId = z.uuid().safeParse(fields.formId)
    if (!formId.success) return refuse({ form: 'Reload the page and try again.' }, values)
    const typed = read()
    if (typed.kind === 'invalid') return refuse(typed.errors, values)
    const { adjustment, note } = typed
    const outcome = await adjustStock(adminDatabase(), admin, { variantId, formId: formId.data, adjustment, note })
    if (outcome.kind === 'agrees') return leaveForm(`${path}?done=agrees`)
    if (outcome.kind !== 'done') return refuse({ form: refusalText(outcome) }, values)
    renewCatalogue([outcome.slug])
    return leaveForm(`${path}?done=${form}`)
  })
}
