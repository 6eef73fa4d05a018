'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { CategoryName, Description, Slug } from '@/lib/domain/product'
import { createCategory, editCategory, orderCategory, removeCategory } from '@/lib/products/edit-category'
import { readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'
import { judgeFields } from '@/lib/web/judge-fields'

import { answerOutcome } from '../product-texts'

const PAGE = '/admin/products/categories'
const Id = z.coerce.number().int().min(0).max(999_999_999).catch(0)
/** Empty: at the top. */
const Parent = z.union(
  [
    z.literal('').transform(() => null),
    z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .transform(Number),
  ],
  'Choose where it belongs.',
)

export async function makeCategory(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['name', 'parent'])
  return atAdminDoor('new-category', 'catalogue.edit', { path: PAGE, values }, async (admin, refuse) => {
    const judged = judgeFields({ name: CategoryName, parent: Parent }, values)
    if (judged.kind === 'invalid') return refuse(judged.errors, values)
    const { name, parent } = judged.data
    const outcome = await createCategory(adminDatabase(), admin, { name, parentId: parent })
    return answerOutcome(outcome, { done: `${PAGE}?done=category`, refuse, values })
  })
}

export async function saveCategory(_previous: FormState, formData: FormData): Promise<FormState> {
  const { categoryId, seenVersion, ...values } = readFields(
    formData,
    ['categoryId', 'seenVersion', 'name', 'slug', 'description', 'parent'],
    2_000,
  )
  const id = Id.parse(categoryId)
  return atAdminDoor(`category-${id}`, 'catalogue.edit', { path: PAGE, values }, async (admin, refuse) => {
    const rules = { name: CategoryName, slug: Slug, description: Description, parent: Parent }
    const judged = judgeFields(rules, values)
    if (judged.kind === 'invalid') return refuse(judged.errors, values)
    const { parent, ...words } = judged.data
    const outcome = await editCategory(adminDatabase(), admin, {
      categoryId: id,
      seenVersion: Id.parse(seenVersion),
      parentId: parent,
      ...words,
    })
    return answerOutcome(outcome, { done: `${PAGE}?done=category`, refuse, values })
  })
}

export async function moveCategory(_previous: FormState, formData: FormData): Promise<FormState> {
  const { categoryId, by } = readFields(formData, ['categoryId', 'by'])
  return atAdminDoor('move-category', 'catalogue.edit', PAGE, async (admin, refuse) => {
    const step = by === 'earlier' ? -1 : 1
    const outcome = await orderCategory(adminDatabase(), admin, { categoryId: Id.parse(categoryId), by: step })
    const done = `${PAGE}#category-${Id.parse(categoryId)}`
    return answerOutcome(outcome, { done, stay: true, refuse, values: {} })
  })
}

export async function dropCategory(_previous: FormState, formData: FormData): Promise<FormState> {
  const id = Id.parse(readFields(formData, ['categoryId']).categoryId)
  return atAdminDoor(`drop-category-${id}`, 'catalogue.edit', PAGE, async (admin, refuse) => {
    const outcome = await removeCategory(adminDatabase(), admin, id)
    return answerOutcome(outcome, { done: `${PAGE}?done=category_gone`, gone: true, refuse, values: {} })
  })
}
