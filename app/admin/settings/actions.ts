'use server'

import { updateTag } from 'next/cache'

import { adminDatabase } from '@/lib/admin/admin-services'
import { changeCurrency, changeShop } from '@/lib/admin/settings/shop'
import { CATALOGUE_TAG } from '@/lib/catalog/cache'
import { isCurrency } from '@/lib/domain/money'
import { fieldErrors, Seller, ShopFace } from '@/lib/domain/shop-details'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { Seen } from './read-settings-form'
import { changedText } from './settings-texts'

const SETTINGS = '/admin/settings'

export async function saveShop(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['name', 'tagline', 'contactEmail'])
  return atAdminDoor('shop', 'settings.manage', { path: SETTINGS, values }, async (admin, refuse) => {
    const face = ShopFace.safeParse(values)
    if (!face.success) return refuse(fieldErrors(face.error), values)
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await changeShop(adminDatabase(), admin, 'shop', { seen, values: face.data })
    if (outcome.kind === 'changed_meanwhile') return refuse({ form: changedText(outcome.by) }, values)
    updateTag(CATALOGUE_TAG)
    return leaveForm(`${SETTINGS}?done=saved`)
  })
}

const SELLER = [
  'legalName',
  'addressLine1',
  'addressLine2',
  'addressCity',
  'addressRegion',
  'addressPostalCode',
  'addressCountry',
  'taxId',
] as const

export async function saveSeller(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, SELLER)
  return atAdminDoor('seller', 'settings.manage', { path: SETTINGS, values }, async (admin, refuse) => {
    const seller = Seller.safeParse(values)
    if (!seller.success) return refuse(fieldErrors(seller.error), values)
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await changeShop(adminDatabase(), admin, 'seller', { seen, values: seller.data })
    if (outcome.kind === 'changed_meanwhile') return refuse({ form: changedText(outcome.by) }, values)
    updateTag(CATALOGUE_TAG)
    return leaveForm(`${SETTINGS}?done=saved`)
  })
}

export async function saveCurrency(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['currency'])
  return atAdminDoor('currency', 'settings.manage', { path: SETTINGS, values }, async (admin, refuse) => {
    const { currency } = values
    if (!isCurrency(currency)) return refuse({ currency: 'Choose a currency from the list.' })
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await changeCurrency(adminDatabase(), admin, { seen, currency })
    switch (outcome.kind) {
      case 'saved':
        updateTag(CATALOGUE_TAG)
        return leaveForm(`${SETTINGS}?done=saved`)
      case 'changed_meanwhile':
        return refuse({ form: changedText(outcome.by) }, values)
      case 'has_sold':
        return refuse({ currency: 'Something has been sold or is being paid: the currency stays what it is.' })
      case 'other_decimals':
        return refuse({
          currency: 'This currency has another number of decimals, so no price would mean what it did. Set it up anew.',
        })
    }
  })
}
