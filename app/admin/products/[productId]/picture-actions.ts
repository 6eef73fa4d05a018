'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { Alt } from '@/lib/domain/product'
import { describePicture, dropPicture, orderPictures } from '@/lib/pictures/edit-pictures'
import { readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'
import { judgeFields } from '@/lib/web/judge-fields'

import { answerOutcome } from '../product-texts'
import { readShown } from './picture-texts'
import { readAct } from './read-forms'

const Id = z.coerce.number().int().min(0).max(999_999_999).catch(0)

export async function savePicture(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { imageId: typed, ...values } = readFields(formData, ['imageId', 'alt'])
  const imageId = Id.parse(typed)
  return atAdminDoor(`picture-${imageId}`, 'catalogue.edit', { path, values }, async (admin, refuse) => {
    const judged = judgeFields({ alt: Alt }, values)
    if (judged.kind === 'invalid') return refuse(judged.errors, values)
    const change = { ...act, imageId, ...judged.data, shows: readShown(formData) }
    const outcome = await describePicture(adminDatabase(), admin, change)
    return answerOutcome(outcome, { done: `${path}?done=picture_saved`, refuse, values })
  })
}

/** All pictures in their new order, ids with commas between them. */
export async function sortPictures(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { order } = readFields(formData, ['order'])
  return atAdminDoor('sort-pictures', 'catalogue.edit', path, async (admin, refuse) => {
    const imageIds = order.split(',').map((id) => Id.parse(id))
    const outcome = await orderPictures(adminDatabase(), admin, { ...act, imageIds })
    return answerOutcome(outcome, { done: `${path}#pictures`, stay: true, refuse, values: {} })
  })
}

export async function removePicture(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const imageId = Id.parse(readFields(formData, ['imageId']).imageId)
  return atAdminDoor(`drop-picture-${imageId}`, 'catalogue.edit', path, async (admin, refuse) => {
    const outcome = await dropPicture(adminDatabase(), admin, { ...act, imageId })
    return answerOutcome(outcome, { done: `${path}?done=picture_gone`, gone: true, refuse, values: {} })
  })
}
