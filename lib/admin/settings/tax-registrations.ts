import 'server-only'

import type { Database } from '@/db/client'
import {
  deleteTaxRegistration,
  findTaxRegistration,
  listTaxRegistrations,
  upsertTaxRegistration,
  type TaxRegistration,
} from '@/db/queries/tax-settings'

import type { Admin } from '../admin'
import { lastChangeOf, saveSettings, type SaveOutcome } from './save-settings'

export type { TaxRegistration }

interface PlaceTaken {
  readonly kind: 'place_taken'
}

const NEW_REGISTRATION = 'tax registration new'
const subjectOf = (country: string) => `tax registration ${country}`

export async function getTaxRegistrations(db: Database, _admin: Admin<'settings.manage'>): Promise<TaxRegistration[]> {
  return listTaxRegistrations(db)
}

export async function lastChangeOfRegistration(db: Database, _admin: Admin<'settings.manage'>, country: string) {
  return lastChangeOf(db, subjectOf(country))
}

/** From the next invoice on: the ones that have a number keep what they say. `isNew`: there must be none for the country yet. */
export async function saveTaxRegistration(
  db: Database,
  admin: Admin<'settings.manage'>,
  { isNew, seen, registration }: { isNew: boolean; seen: number; registration: TaxRegistration },
): Promise<SaveOutcome | PlaceTaken> {
  const subject = subjectOf(registration.country)
  const act = { subject: isNew ? NEW_REGISTRATION : subject, seen }
  return saveSettings<PlaceTaken>(db, admin, act, async (tx) => {
    const before = await findTaxRegistration(tx, registration.country)
    if (isNew && before !== null) return { kind: 'place_taken' }
    await upsertTaxRegistration(tx, registration)
    return { action: 'settings.registration_changed', subject, before, after: registration.taxId }
  })
}

export async function removeTaxRegistration(
  db: Database,
  admin: Admin<'settings.manage'>,
  { seen, country }: { seen: number; country: string },
): Promise<SaveOutcome> {
  return saveSettings<never>(db, admin, { subject: subjectOf(country), seen }, async (tx) => {
    const before = await findTaxRegistration(tx, country)
    await deleteTaxRegistration(tx, country)
    return { action: 'settings.registration_removed', before, after: null }
  })
}
