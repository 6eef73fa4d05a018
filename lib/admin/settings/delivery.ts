import 'server-only'

import type { Database, Transaction } from '@/db/client'
import {
  deleteMethod,
  deleteZone,
  findTakenCountries,
  insertMethod,
  insertZone,
  listZones,
  updateMethod,
  updateZone,
  type ZoneMethod,
  type ZoneRow,
} from '@/db/queries/delivery-settings'
import type { DeliveryMethodSettings, DeliveryZone } from '@/lib/domain/delivery-settings'

import type { Admin } from '../admin'
import { lastChangeOf, saveSettings, type SaveOutcome, type SettingsChange } from './save-settings'

export type { ZoneMethod, ZoneRow }

/** Nobody has seen what is not there yet. */
const NEW_ZONE = 'delivery zone new'
const subjectOf = (zoneId: number) => `delivery zone ${zoneId}`

export async function getZones(db: Database, _admin: Admin<'settings.manage'>): Promise<ZoneRow[]> {
  return listZones(db)
}

/** A zone and its methods are one thing to change: the form of each says which change it has seen. */
export async function lastChangeOfZone(db: Database, _admin: Admin<'settings.manage'>, zoneId: number) {
  return lastChangeOf(db, subjectOf(zoneId))
}

export type ZoneOutcome =
  | SaveOutcome
  | { readonly kind: 'not_found' | 'name_taken' }
  | { readonly kind: 'countries_taken'; readonly taken: readonly { country: string; zone: string }[] }
type ZoneRefusal = Exclude<ZoneOutcome, SaveOutcome>

export async function saveZone(
  db: Database,
  admin: Admin<'settings.manage'>,
  { id, seen, zone }: { id: number | null; seen: number; zone: DeliveryZone },
): Promise<ZoneOutcome> {
  const act = { subject: id === null ? NEW_ZONE : subjectOf(id), seen }
  return saveSettings<ZoneRefusal>(db, admin, act, async (tx) => {
    const zones = await listZones(tx)
    const before = zones.find((each) => each.id === id)
    if (id !== null && !before) return { kind: 'not_found' }
    if (zones.some((each) => each.name === zone.name && each.id !== id)) return { kind: 'name_taken' }
    const taken = await findTakenCountries(tx, zone.countries, id)
    if (taken.length > 0) return { kind: 'countries_taken', taken }
    if (before) {
      await updateZone(tx, before.id, zone)
      const { name, countries } = before
      return { action: 'settings.zone_changed', before: { name, countries }, after: zone }
    }
    const subject = subjectOf(await insertZone(tx, zone))
    return { action: 'settings.zone_added', subject, before: null, after: zone }
  })
}

export async function removeZone(
  db: Database,
  admin: Admin<'settings.manage'>,
  { id, seen }: { id: number; seen: number },
): Promise<ZoneOutcome> {
  return changeZone(db, admin, { id, seen }, async (tx, { name, countries, methods }) => {
    await deleteZone(tx, id)
    return { action: 'settings.zone_removed', before: { name, countries, methods }, after: null }
  })
}

export async function saveMethod(
  db: Database,
  admin: Admin<'settings.manage'>,
  input: { zoneId: number; id: number | null; seen: number; method: DeliveryMethodSettings },
): Promise<ZoneOutcome> {
  const { zoneId, id, seen, method } = input
  return changeZone(db, admin, { id: zoneId, seen }, async (tx, { methods }) => {
    const before = methods.find((each) => each.id === id)
    if (id !== null && !before) return { kind: 'not_found' }
    if (methods.some((each) => each.name === method.name && each.id !== id)) return { kind: 'name_taken' }
    if (!before) {
      await insertMethod(tx, zoneId, method)
      return { action: 'settings.method_added', before: null, after: method }
    }
    await updateMethod(tx, before.id, method)
    const { id: _id, ...was } = before
    return { action: 'settings.method_changed', before: was, after: method }
  })
}

export async function removeMethod(
  db: Database,
  admin: Admin<'settings.manage'>,
  { zoneId, id, seen }: { zoneId: number; id: number; seen: number },
): Promise<ZoneOutcome> {
  return changeZone(db, admin, { id: zoneId, seen }, async (tx, { methods }) => {
    const before = methods.find((each) => each.id === id)
    if (!before) return { kind: 'not_found' }
    await deleteMethod(tx, id)
    return { action: 'settings.method_removed', before, after: null }
  })
}

function changeZone(
  db: Database,
  admin: Admin<'settings.manage'>,
  { id, seen }: { id: number; seen: number },
  act: (tx: Transaction, zone: ZoneRow) => Promise<SettingsChange | ZoneRefusal>,
): Promise<ZoneOutcome> {
  return saveSettings<ZoneRefusal>(db, admin, { subject: subjectOf(id), seen }, async (tx) => {
    const zone = (await listZones(tx)).find((each) => each.id === id)
    return zone ? act(tx, zone) : { kind: 'not_found' }
  })
}
