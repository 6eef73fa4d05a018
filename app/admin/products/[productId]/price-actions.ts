'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { parseStart } from '@/lib/domain/price-change'
import { parsePrice } from '@/lib/domain/product'
import { getShopCurrency } from '@/lib/products/product-desk'
import { cancelScheduledPrice, schedulePrice } from '@/lib/products/schedule-price'
import { readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { answerOutcome } from '../product-texts'
import { readAct } from './read-forms'

const Id = z.coerce.number().int().min(0).max(999_999_999).catch(0)
const RELOAD = 'Reload the page and try again.'

export async function planPrice(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const values = readFields(formData, ['variant', 'price', 'from'])
  const changeId = z.uuid().safeParse(readFields(formData, ['changeId']).changeId)
  return atAdminDoor('plan-price', 'catalogue.edit', { path, values }, async (admin, refuse) => {
    if (!changeId.success) return refuse({ form: RELOAD }, values)
    const price = parsePrice(values.price, await getShopCurrency(adminDatabase(), admin))
    const start = parseStart(values.from, new Date())
    if ('problem' in price || 'problem' in start) {
      const errors = {
        ...('problem' in price ? { price: price.problem } : {}),
        ...('problem' in start ? { from: start.problem } : {}),
      }
      return refuse(errors, values)
    }
    const outcome = await schedulePrice(adminDatabase(), admin, {
      ...act,
      variantId: Id.parse(values.variant),
      priceMinor: price.minor,
      startsAt: start.at,
      changeId: changeId.data,
    })
    return answerOutcome(outcome, { done: `${path}?done=price`, refuse, values })
  })
}

export async function cancelPrice(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const changeId = z.uuid().safeParse(readFields(formData, ['changeId']).changeId)
  return atAdminDoor('cancel-price', 'catalogue.edit', path, async (admin, refuse) => {
    if (!changeId.success) return refuse({ form: RELOAD })
    const outcome = await cancelScheduledPrice(adminDatabase(), admin, { ...act, changeId: changeId.data })
    return answerOutcome(outcome, { done: `${path}?done=price_cancelled`, gone: true, refuse, values: {} })
  })
}
