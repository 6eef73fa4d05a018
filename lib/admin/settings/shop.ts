import 'server-only'

import type { Database } from '@/db/client'
import {
  hasSold,
  readShopSettings,
  relabelPrices,
  updateShopSettings,
  type ShopSettings,
} from '@/db/queries/shop-settings'
import { currencyExponent, type Currency } from '@/lib/domain/money'
import type { MailSender, Seller, ShopFace } from '@/lib/domain/shop-details'

import type { Admin } from '../admin'
import { lastChangeOf, saveSettings, type SaveOutcome } from './save-settings'

/** Parts of the settings that are saved on their own, so that two people at two of them do not meet. */
interface Parts {
  readonly shop: ShopFace
  readonly seller: Seller
  readonly mail: MailSender
}

const ACTIONS = {
  shop: 'settings.shop_changed',
  seller: 'settings.seller_changed',
  mail: 'settings.mail_changed',
} as const

const subjectOf = (part: keyof Parts | 'currency') => `settings ${part}`

/** Everything, and for each part which change of it is the last. */
export async function getShopSettings(db: Database, _admin: Admin<'settings.manage'>) {
  const last = (part: keyof Parts | 'currency') => lastChangeOf(db, subjectOf(part))
  const [settings, sold, shop, seller, mail, currency] = await Promise.all([
    readShopSettings(db),
    hasSold(db),
    last('shop'),
    last('seller'),
    last('mail'),
    last('currency'),
  ])
  return { settings, hasSold: sold, seen: { shop, seller, mail, currency } }
}

export async function changeShop<Part extends keyof Parts>(
  db: Database,
  admin: Admin<'settings.manage'>,
  part: Part,
  { seen, values }: { seen: number; values: Parts[Part] },
): Promise<SaveOutcome> {
  return saveSettings<never>(db, admin, { subject: subjectOf(part), seen }, async (tx, settings) => {
    await updateShopSettings(tx, values)
    return { action: ACTIONS[part], before: pick(settings, values), after: values }
  })
}

export type CurrencyOutcome = SaveOutcome | CurrencyRefusal
interface CurrencyRefusal {
  readonly kind: 'has_sold' | 'other_decimals'
}

/** Before the first sale only: orders, refunds and the books are in the currency in which they were paid. */
export async function changeCurrency(
  db: Database,
  admin: Admin<'settings.manage'>,
  { seen, currency }: { seen: number; currency: Currency },
): Promise<CurrencyOutcome> {
  const act = { subject: subjectOf('currency'), seen }
  return saveSettings<CurrencyRefusal>(db, admin, act, async (tx, settings) => {
    const before = settings.currency
    if (currency !== before && (await hasSold(tx))) return { kind: 'has_sold' }
    // 1900 is 19.00 dollars and 1900 yen: which of the two was meant only a person knows.
    if (currencyExponent(currency) !== currencyExponent(before)) return { kind: 'other_decimals' }
    await updateShopSettings(tx, { currency })
    await relabelPrices(tx, currency)
    return { action: 'settings.currency_changed', before: { currency: before }, after: { currency } }
  })
}

/** Those fields of the settings that a change is about. */
function pick(settings: ShopSettings, part: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name in part))
}
