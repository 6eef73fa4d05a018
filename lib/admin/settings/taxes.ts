import 'server-only'

import type { Database } from '@/db/client'
import {
  deleteTaxRate,
  findTaxRate,
  hasTaxRateFor,
  insertTaxRate,
  listAllTaxRates,
  updateTaxRate,
  type TaxRateRow,
} from '@/db/queries/tax-settings'
import type { TaxRate } from '@/lib/domain/tax'

import type { Admin } from '../admin'
import { lastChangeOf, saveSettings, type SaveOutcome } from './save-settings'

export type { TaxRateRow }

const NEW_RATE = 'tax rate new'
const subjectOf = (id: number) => `tax rate ${id}`

export async function getTaxRates(db: Database, _admin: Admin<'settings.manage'>): Promise<TaxRateRow[]> {
  return listAllTaxRates(db)
}

export async function lastChangeOfTaxRate(db: Database, _admin: Admin<'settings.manage'>, id: number) {
  return lastChangeOf(db, subjectOf(id))
}

export type TaxOutcome = SaveOutcome | { readonly kind: 'not_found' | 'place_taken' }
type TaxRefusal = Exclude<TaxOutcome, SaveOutcome>

/** From now on: what has been ordered keeps the tax that was paid. */
export async function saveTaxRate(
  db: Database,
  admin: Admin<'settings.manage'>,
  { id, seen, rate }: { id: number | null; seen: number; rate: TaxRate },
): Promise<TaxOutcome> {
  const act = { subject: id === null ? NEW_RATE : subjectOf(id), seen }
  return saveSettings<TaxRefusal>(db, admin, act, async (tx) => {
    if (await hasTaxRateFor(tx, rate, id)) return { kind: 'place_taken' }
    if (id === null) {
      const subject = subjectOf(await insertTaxRate(tx, rate))
      return { action: 'settings.tax_added', subject, before: null, after: rate }
    }
    const found = await findTaxRate(tx, id)
    if (!found) return { kind: 'not_found' }
    await updateTaxRate(tx, id, rate)
    const { id: _id, ...before } = found
    return { action: 'settings.tax_changed', before, after: rate }
  })
}

export async function removeTaxRate(
  db: Database,
  admin: Admin<'settings.manage'>,
  { id, seen }: { id: number; seen: number },
): Promise<TaxOutcome> {
  return saveSettings<TaxRefusal>(db, admin, { subject: subjectOf(id), seen }, async (tx) => {
    const before = await findTaxRate(tx, id)
    if (!before) return { kind: 'not_found' }
    await deleteTaxRate(tx, id)
    return { action: 'settings.tax_removed', before, after: null }
  })
}
