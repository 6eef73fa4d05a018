'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { removeMethod, removeZone, saveMethod, saveZone } from '@/lib/admin/settings/delivery'
import { getShopSettings } from '@/lib/admin/settings/shop'
import { DeliveryZone, parseMethodForm } from '@/lib/domain/delivery-settings'
import { fieldErrors } from '@/lib/domain/shop-details'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { RowId, Seen } from '../read-settings-form'
import { refusalErrors } from './delivery-texts'

const DELIVERY = '/admin/settings/delivery'

export async function keepZone(_previous: FormState, formData: FormData): Promise<FormState> {
  const countries = formData.getAll('countries').filter((code) => typeof code === 'string')
  const { zoneId, name } = readFields(formData, ['zoneId', 'name'])
  const id = RowId.parse(zoneId || null)
  const values = { name, countries: countries.join(',').slice(0, 1_000) }
  const path = `${DELIVERY}?zone=${id ?? 'new'}`
  return atAdminDoor('zone', 'settings.manage', { path, values }, async (admin, refuse) => {
    const zone = DeliveryZone.safeParse({ name, countries })
    if (!zone.success) return refuse(fieldErrors(zone.error), values)
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await saveZone(adminDatabase(), admin, { id, seen, zone: zone.data })
    return outcome.kind === 'saved' ? leaveForm(`${DELIVERY}?done=saved`) : refuse(refusalErrors(outcome), values)
  })
}

export async function dropZone(_previous: FormState, formData: FormData): Promise<FormState> {
  const id = RowId.parse(formData.get('zoneId'))
  const path = `${DELIVERY}?zone=${id ?? 'new'}`
  return atAdminDoor('dropZone', 'settings.manage', path, async (admin, refuse) => {
    if (id === null) return refuse(refusalErrors({ kind: 'not_found' }))
    const outcome = await removeZone(adminDatabase(), admin, { id, seen: Seen.parse(formData.get('seen')) })
    return outcome.kind === 'saved' ? leaveForm(`${DELIVERY}?done=removed`) : refuse(refusalErrors(outcome))
  })
}

const METHOD = ['name', 'estimate', 'rateKind', 'price', 'freeFrom', 'bands', 'position', 'active'] as const

export async function keepMethod(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, METHOD)
  const { zoneId, id, path } = readPlace(formData)
  return atAdminDoor('method', 'settings.manage', { path, values }, async (admin, refuse) => {
    const db = adminDatabase()
    const { currency } = (await getShopSettings(db, admin)).settings
    const method = parseMethodForm(values, currency)
    if (method.kind === 'invalid') return refuse(method.errors, values)
    if (zoneId === null) return refuse(refusalErrors({ kind: 'not_found' }), values)
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await saveMethod(db, admin, { zoneId, id, seen, method: method.value })
    return outcome.kind === 'saved' ? leaveForm(`${DELIVERY}?done=saved`) : refuse(refusalErrors(outcome), values)
  })
}

export async function dropMethod(_previous: FormState, formData: FormData): Promise<FormState> {
  const { zoneId, id, path } = readPlace(formData)
  return atAdminDoor('dropMethod', 'settings.manage', path, async (admin, refuse) => {
    if (zoneId === null || id === null) return refuse(refusalErrors({ kind: 'not_found' }))
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await removeMethod(adminDatabase(), admin, { zoneId, id, seen })
    return outcome.kind === 'saved' ? leaveForm(`${DELIVERY}?done=removed`) : refuse(refusalErrors(outcome))
  })
}

/** Which method of which zone; a method without an id is a new one. */
function readPlace(formData: FormData) {
  const { zoneId: zone, methodId: method } = readFields(formData, ['zoneId', 'methodId'])
  const zoneId = RowId.parse(zone || null)
  const id = RowId.parse(method || null)
  return { zoneId, id, path: `${DELIVERY}?zone=${zoneId ?? 'new'}&method=${id ?? 'new'}` }
}
