'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import {
  Description,
  DESCRIPTION_MAX,
  OptionName,
  parseDetails,
  PRODUCT_STATES,
  ProductName,
  Slug,
  Subtitle,
} from '@/lib/domain/product'
import { addOption, dropOption, editOption } from '@/lib/products/edit-options'
import { addVariants, editVariants } from '@/lib/products/edit-variants'
import { editDescription, editNames } from '@/lib/products/edit-words'
import { getShopCurrency } from '@/lib/products/product-desk'
import { placeProduct } from '@/lib/products/place-product'
import { readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'
import { judgeFields } from '@/lib/web/judge-fields'

import { answerOutcome } from '../product-texts'
import { readAct, readNewVariants, readOption, readValueLines, readVariants } from './read-forms'

/** What was typed is the same in every currency. */
const ANY_CURRENCY = 'USD'

export async function saveNames(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const values = readFields(formData, ['name', 'subtitle', 'slug'])
  return atAdminDoor('names', 'catalogue.edit', { path, values }, async (admin, refuse) => {
    const judged = judgeFields({ name: ProductName, subtitle: Subtitle, slug: Slug }, values)
    if (judged.kind === 'invalid') return refuse(judged.errors, values)
    const outcome = await editNames(adminDatabase(), admin, { ...act, ...judged.data })
    return answerOutcome(outcome, { done: `${path}?done=names`, refuse, values })
  })
}

export async function saveDescription(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const values = readFields(formData, ['description', 'details'], DESCRIPTION_MAX + 1_000)
  return atAdminDoor('description', 'catalogue.edit', { path, values }, async (admin, refuse) => {
    const judged = judgeFields({ description: Description }, values)
    const parsed = parseDetails(values.details)
    const errors = {
      ...(judged.kind === 'invalid' ? judged.errors : {}),
      ...('problem' in parsed ? { details: parsed.problem } : {}),
    }
    if (judged.kind === 'invalid' || 'problem' in parsed) return refuse(errors, values)
    const outcome = await editDescription(adminDatabase(), admin, { ...act, ...judged.data, ...parsed })
    return answerOutcome(outcome, { done: `${path}?done=description`, refuse, values })
  })
}

export async function savePlace(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { state } = readFields(formData, ['state'])
  const categoryIds = [...formData.keys()].flatMap((name) => /^category\.([1-9]\d{0,8})$/.exec(name)?.[1] ?? [])
  const ticked = Object.fromEntries(categoryIds.map((id) => [`category.${id}`, '1']))
  const values = { state, ...ticked }
  return atAdminDoor('place', 'catalogue.edit', { path, values }, async (admin, refuse) => {
    const judged = judgeFields({ state: z.enum(PRODUCT_STATES, 'Choose a state.') }, values)
    if (judged.kind === 'invalid') return refuse(judged.errors, values)
    const outcome = await placeProduct(adminDatabase(), admin, {
      ...act,
      ...judged.data,
      categoryIds: categoryIds.map(Number),
    })
    return answerOutcome(outcome, { done: `${path}?done=place`, refuse, values })
  })
}

export async function saveVariants(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { values } = readVariants(formData, ANY_CURRENCY)
  return atAdminDoor('variants', 'catalogue.edit', { path, values }, async (admin, refuse) => {
    const read = readVariants(formData, await getShopCurrency(adminDatabase(), admin))
    if (read.kind === 'invalid') return refuse(read.errors, read.values)
    const outcome = await editVariants(adminDatabase(), admin, { ...act, edited: read.edited })
    return answerOutcome(outcome, { done: `${path}?done=variants`, refuse, values: read.values })
  })
}

export async function addSomeVariants(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { values } = readNewVariants(formData, ANY_CURRENCY)
  return atAdminDoor('add-variants', 'catalogue.edit', { path, values }, async (admin, refuse) => {
    const read = readNewVariants(formData, await getShopCurrency(adminDatabase(), admin))
    if (read.kind === 'invalid') return refuse(read.errors, read.values)
    const outcome = await addVariants(adminDatabase(), admin, { ...act, added: read.added })
    return answerOutcome(outcome, { done: `${path}?done=added`, refuse, values: read.values })
  })
}

export async function addAnOption(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const typed = readFields(formData, ['name', 'values'], 5_000)
  return atAdminDoor('add-option', 'catalogue.edit', { path, values: typed }, async (admin, refuse) => {
    const judged = judgeFields({ name: OptionName }, typed)
    if (judged.kind === 'invalid') return refuse(judged.errors, typed)
    const lines = readValueLines(typed.values)
    if (lines.kind === 'invalid') return refuse({ values: lines.problem }, typed)
    const outcome = await addOption(adminDatabase(), admin, { ...act, name: judged.data.name, values: lines.values })
    return answerOutcome(outcome, { done: `${path}?done=option`, refuse, values: typed })
  })
}

export async function saveOption(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const read = readOption(formData)
  return atAdminDoor(
    `option-${read.optionId}`,
    'catalogue.edit',
    { path, values: read.values },
    async (admin, refuse) => {
      if (read.kind === 'invalid') return refuse(read.errors, read.values)
      const outcome = await editOption(adminDatabase(), admin, { ...act, edited: read.edited })
      return answerOutcome(outcome, { done: `${path}?done=option`, refuse, values: read.values })
    },
  )
}

export async function removeOption(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { optionId } = readOption(formData)
  return atAdminDoor(`drop-${optionId}`, 'catalogue.edit', path, async (admin, refuse) => {
    const outcome = await dropOption(adminDatabase(), admin, { ...act, optionId })
    return answerOutcome(outcome, { done: `${path}?done=option_gone`, gone: true, refuse, values: {} })
  })
}
