import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { listAudit, verifyAuditChain } from '@/db/queries/audit-log'
import { findExchangeRate } from '@/db/queries/tax-settings'
import { listDeliveryMethods, listServedCountries, listTaxRates } from '@/db/queries/shop'
import { lockShopSettings, readShopSettings } from '@/db/queries/shop-settings'
import type { Admin } from '@/lib/admin/admin'
import type { DeliveryMethodSettings } from '@/lib/domain/delivery-settings'
import type { ExchangeRate } from '@/lib/domain/tax-currency'
import { readSeller } from '@/lib/papers/read-seller'
import { parseEnvironment } from '@/lib/runtime/env'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer } from '@/testing/test-buyer'
import { setTestEnvironment } from '@/testing/test-members'
import { openWebhookShop, type WebhookShop } from '@/testing/test-webhooks'

import { getZones, lastChangeOfZone, removeMethod, removeZone, saveMethod, saveZone } from './delivery'
import { getMailState, sendTestMail } from './mail'
import {
  getExchangeRates,
  lastChangeOfExchange,
  removeExchangeRate,
  saveExchangeRate,
  type ExchangeAct,
} from './exchange-rates'
import { askPayPal, getPayPalState } from './paypal'
import { changeCurrency, changeShop, getShopSettings } from './shop'
import { lastChangeOfRegistration, removeTaxRegistration, saveTaxRegistration } from './tax-registrations'
import { lastChangeOfTaxRate, removeTaxRate, saveTaxRate } from './taxes'

let shop: WebhookShop
let owner: Admin<'settings.manage'>

beforeAll(async () => {
  setTestEnvironment()
  shop = await openWebhookShop()
  owner = await newAdmin(shop.db, 'owner', 'settings.manage')
})
afterAll(() => shop.close())

/** How many wait for a row that somebody else holds. */
async function countWaiting(): Promise<number> {
  const { rows } = await shop.db.execute<{ n: number }>(sql`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  return rows[0]?.n ?? 0
}

const lastEntry = async (subject: string) => (await listAudit(shop.db, { subject }, 1))[0]
const post: DeliveryMethodSettings = {
  name: 'Parcel',
  estimate: '3 days',
  position: 0,
  active: true,
  rate: { kind: 'by_weight', bands: [{ upToGrams: 500, priceMinor: 990 }] },
}

describe('what is set about the shop', () => {
  const face = { name: 'Another name', tagline: 'New', contactEmail: 'hello@shop.example' }

  test('is saved with who it was and what was there before, and saving it again leaves no trace', async () => {
    const { seen } = await getShopSettings(shop.db, owner)
    expect(await changeShop(shop.db, owner, 'shop', { seen: seen.shop, values: face })).toEqual({ kind: 'saved' })
    expect(await readShopSettings(shop.db)).toMatchObject(face)
    expect(await lastEntry('settings shop')).toMatchObject({
      action: 'settings.shop_changed',
      actorEmail: owner.email,
      before: { name: 'Test shop', tagline: '', contactEmail: '' },
      after: face,
    })
    const again = (await getShopSettings(shop.db, owner)).seen.shop
    expect(await changeShop(shop.db, owner, 'shop', { seen: again, values: face })).toEqual({ kind: 'saved' })
    expect((await getShopSettings(shop.db, owner)).seen.shop).toBe(again)
  })

  test('is not saved over what somebody else has saved meanwhile, also at the same moment', async () => {
    const other = await newAdmin(shop.db, 'manager', 'settings.manage')
    const { seen } = await getShopSettings(shop.db, owner)
    const save = (admin: Admin<'settings.manage'>, mailSenderName: string) =>
      changeShop(shop.db, admin, 'mail', { seen: seen.mail, values: { mailSenderName, mailReplyTo: '' } })
    // Both have begun before either can go on.
    let saves: ReturnType<typeof save>[] = []
    await inTransaction(shop.db, async (tx) => {
      await lockShopSettings(tx)
      saves = [save(owner, 'One'), save(other, 'Two')]
      await expect.poll(countWaiting, { timeout: 60_000 }).toBe(2)
    })
    const outcomes = await Promise.all(saves)
    const winner = outcomes[0]?.kind === 'saved' ? owner : other
    expect(outcomes).toContainEqual({ kind: 'saved' })
    expect(outcomes).toContainEqual({ kind: 'changed_meanwhile', by: winner.email })
    const kept = await readShopSettings(shop.db)
    expect(kept.mailSenderName).toBe(winner === owner ? 'One' : 'Two')
    // Another part is another thing.
    expect(await changeShop(shop.db, other, 'shop', { seen: seen.shop, values: face })).toEqual({ kind: 'saved' })
  })

  test('has a mail to try it with, which goes the way of every other', async () => {
    await sendTestMail(shop.db, owner)
    const { rows } = await shop.db.execute(sql`select kind, recipient from mail_outbox where kind = 'test_mail'`)
    expect(rows).toEqual([{ kind: 'test_mail', recipient: owner.email }])
    expect(await getMailState(shop.db, owner)).toMatchObject({ server: 'localhost:4025', givenUp: 0 })
    expect(JSON.stringify(await getMailState(shop.db, owner))).not.toContain('smtp')
  })
})

describe('a zone', () => {
  test('is added with its countries, gets methods, and the checkout offers them at once', async () => {
    const zone = { name: 'Alps', countries: ['AT', 'DE'] }
    expect(await saveZone(shop.db, owner, { id: null, seen: 0, zone })).toEqual({ kind: 'saved' })
    const [added] = (await getZones(shop.db, owner)).filter(({ name }) => name === 'Alps')
    const id = added?.id ?? 0
    expect(await listServedCountries(shop.db)).toEqual(['AT', 'DE', 'US'])
    const save = async (method: DeliveryMethodSettings, methodId: number | null = null) =>
      saveMethod(shop.db, owner, {
        zoneId: id,
        id: methodId,
        seen: await lastChangeOfZone(shop.db, owner, id),
        method,
      })
    expect(await save(post)).toEqual({ kind: 'saved' })
    expect(await save(post)).toEqual({ kind: 'name_taken' })
    const [method] = await listDeliveryMethods(shop.db, 'AT')
    expect(method).toMatchObject({ name: 'Parcel', rate: post.rate })
    const flat = { ...post, rate: { kind: 'flat', priceMinor: 500 } } as const
    expect(await save(flat, method?.id ?? 0)).toEqual({ kind: 'saved' })
    expect(await listDeliveryMethods(shop.db, 'DE')).toMatchObject([{ rate: flat.rate }])
    expect(await save({ ...flat, active: false }, method?.id ?? 0)).toEqual({ kind: 'saved' })
    expect(await listDeliveryMethods(shop.db, 'DE')).toEqual([])
    expect(await lastEntry(`delivery zone ${id}`)).toMatchObject({
      action: 'settings.method_changed',
      before: { active: true },
      after: { active: false },
    })
  })

  test('does not take a country from another one, nor its name', async () => {
    const take = { name: 'Mine', countries: ['DE', 'US'] }
    expect(await saveZone(shop.db, owner, { id: null, seen: 0, zone: take })).toEqual({
      kind: 'countries_taken',
      taken: expect.arrayContaining([
        { country: 'DE', zone: 'Alps' },
        { country: 'US', zone: 'US' },
      ]),
    })
    const copy = { name: 'Alps', countries: ['FR'] }
    expect(await saveZone(shop.db, owner, { id: null, seen: 0, zone: copy })).toEqual({ kind: 'name_taken' })
  })

  test('is one thing with its methods: whoever has not seen the last change of either changes nothing', async () => {
    const [zone] = (await getZones(shop.db, owner)).filter(({ name }) => name === 'Alps')
    if (!zone) throw new Error('no zone')
    const method = { ...post, name: 'Express' }
    const late = { zoneId: zone.id, id: null, seen: 0, method }
    expect(await saveMethod(shop.db, owner, late)).toEqual({ kind: 'changed_meanwhile', by: owner.email })
    expect(await removeZone(shop.db, owner, { id: zone.id, seen: 0 })).toMatchObject({ kind: 'changed_meanwhile' })
    const seen = await lastChangeOfZone(shop.db, owner, zone.id)
    const gone = { zoneId: zone.id, id: zone.methods[0]?.id ?? 0, seen }
    expect(await removeMethod(shop.db, owner, gone)).toEqual({ kind: 'saved' })
    const seenThen = await lastChangeOfZone(shop.db, owner, zone.id)
    expect(await removeMethod(shop.db, owner, { ...gone, seen: seenThen })).toEqual({ kind: 'not_found' })
    expect(await removeZone(shop.db, owner, { id: zone.id, seen: seenThen })).toEqual({ kind: 'saved' })
    expect(await listServedCountries(shop.db)).toEqual(['US'])
    expect(await removeZone(shop.db, owner, { id: 4_711, seen: 0 })).toEqual({ kind: 'not_found' })
  })
})

test('a tax number in a country goes onto the papers of buyers there, is told of when two change it, and is removed', async () => {
  const save = (taxId: string, { isNew = false, seen = 0 } = {}) =>
    saveTaxRegistration(shop.db, owner, { isNew, seen, registration: { country: 'FR', taxId } })
  const numberFor = async (country: string) => (await readSeller(shop.db, country))?.taxId
  await shop.db.execute(sql`update shop_settings set address_line1 = '1 Quay', address_country = 'IE', tax_id = 'Own'`)
  expect(await save('VAT ID FR 1', { isNew: true })).toEqual({ kind: 'saved' })
  expect([await numberFor('FR'), await numberFor('IT')]).toEqual(['VAT ID FR 1', 'Own'])
  expect(await save('VAT ID FR 2', { isNew: true })).toEqual({ kind: 'place_taken' })
  expect(await save('VAT ID FR 2')).toEqual({ kind: 'changed_meanwhile', by: owner.email })
  expect(await numberFor('FR')).toBe('VAT ID FR 1')
  const seen = await lastChangeOfRegistration(shop.db, owner, 'FR')
  expect(await save('VAT ID FR 2', { seen })).toEqual({ kind: 'saved' })
  expect(await lastEntry('tax registration FR')).toMatchObject({
    action: 'settings.registration_changed',
    before: 'VAT ID FR 1',
    after: 'VAT ID FR 2',
  })
  const drop = async () =>
    removeTaxRegistration(shop.db, owner, {
      country: 'FR',
      seen: await lastChangeOfRegistration(shop.db, owner, 'FR'),
    })
  expect(await drop()).toEqual({ kind: 'saved' })
  expect(await numberFor('FR')).toBe('Own')
  expect(await save('VAT ID FR 3', { isNew: true })).toEqual({ kind: 'saved' })
  expect(await drop()).toEqual({ kind: 'saved' })
  await shop.db.execute(sql`update shop_settings set address_line1 = '', address_country = '', tax_id = ''`)
})

test('a rate of exchange counts from its day on, is changed where it stands, and each change is written down', async () => {
  const rate = { currency: 'EUR', since: '2026-03-01', perUnitMicro: 860_000 } as const
  const on = (day: string) => findExchangeRate(shop.db, { base: 'USD', currency: 'EUR', day })
  const seen = () => lastChangeOfExchange(shop.db, owner, rate)
  const save = (
    given: ExchangeRate,
    {
      isNew = true,
      seen: at = 0,
      base = 'USD',
      by = owner,
    }: Partial<ExchangeAct> & { isNew?: boolean; by?: typeof owner },
  ) => saveExchangeRate(shop.db, by, { isNew, seen: at, base, rate: given })
  const remove = async (base = 'USD') => removeExchangeRate(shop.db, owner, { seen: await seen(), base, rate })
  expect(await save(rate, {})).toEqual({ kind: 'saved' })
  expect([await on('2026-02-28'), await on('2026-03-01'), await on('2026-12-31')]).toEqual([null, rate, rate])
  const april = { ...rate, since: '2026-04-01', perUnitMicro: 870_000 }
  expect(await save(april, {})).toEqual({ kind: 'saved' })
  expect([await on('2026-03-31'), await on('2026-04-01')]).toEqual([rate, april])
  const better = { ...rate, perUnitMicro: 861_200 }
  expect(await save(better, { isNew: false })).toMatchObject({ kind: 'changed_meanwhile' })
  expect(await save(better, { isNew: false, seen: await seen() })).toEqual({ kind: 'saved' })
  expect(await lastEntry('exchange rate EUR 2026-03-01')).toMatchObject({
    action: 'settings.exchange_changed',
    before: rate,
    after: better,
  })
  await shop.db.execute(sql`insert into tax_rates (country, label, rate_ppm, prices_include, applies_to_delivery)
    values ('IT', 'VAT 22 %', 220000, true, true)`)
  expect(await getExchangeRates(shop.db, owner)).toEqual({
    base: 'USD',
    owed: ['EUR'],
    rates: [april, better],
    missing: [],
  })
  expect(await remove('EUR')).toEqual({ kind: 'base_changed', base: 'USD' })
  expect(await on('2026-03-31')).toEqual(better)
  expect(await remove()).toEqual({ kind: 'saved' })
  expect(await on('2026-03-31')).toBeNull()
  // A day that is free again may be taken again.
  expect(await save(rate, {})).toEqual({ kind: 'saved' })
  expect(await remove()).toEqual({ kind: 'saved' })
  await shop.db.execute(sql`update shop_settings set currency = 'EUR'`)
  const may = { ...april, since: '2026-05-01' }
  expect(await save(may, {})).toEqual({ kind: 'base_changed', base: 'EUR' })
  expect(await save(may, { base: 'EUR' })).toEqual({ kind: 'own_currency' })
  await shop.db.execute(sql`update shop_settings set currency = 'USD'`)
  await shop.db.execute(sql`delete from tax_rates where country = 'IT'`)
})

test('of two people who add a rate for one day the second is told so, and writes nothing over', async () => {
  const other = await newAdmin(shop.db, 'manager', 'settings.manage')
  const add = (by: typeof owner, perUnitMicro: number) =>
    saveExchangeRate(shop.db, by, {
      isNew: true,
      seen: 0,
      base: 'USD',
      rate: { currency: 'SEK', since: '2026-06-01', perUnitMicro },
    })
  const outcomes = await Promise.all([add(owner, 9_500_000), add(other, 9_600_000)])
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['day_taken', 'saved'])
  const kept = await findExchangeRate(shop.db, { base: 'USD', currency: 'SEK', day: '2026-06-01' })
  expect(kept?.perUnitMicro).toBe(outcomes[0]?.kind === 'saved' ? 9_500_000 : 9_600_000)
})

test('a tax rate is for one place, is changed and removed, and each is written down', async () => {
  const rate = {
    country: 'DE',
    region: null,
    label: 'VAT 19 %',
    ratePpm: 190_000,
    pricesInclude: true,
    appliesToDelivery: true,
  }
  expect(await saveTaxRate(shop.db, owner, { id: null, seen: 0, rate })).toEqual({ kind: 'saved' })
  expect(await saveTaxRate(shop.db, owner, { id: null, seen: 0, rate })).toEqual({ kind: 'place_taken' })
  const { rows } = await shop.db.execute<{ id: number }>(sql`select id from tax_rates where country = 'DE'`)
  const id = rows[0]?.id ?? 0
  const lower = { ...rate, label: 'VAT 16 %', ratePpm: 160_000 }
  expect(await saveTaxRate(shop.db, owner, { id, seen: 0, rate: lower })).toMatchObject({ kind: 'changed_meanwhile' })
  const seen = await lastChangeOfTaxRate(shop.db, owner, id)
  expect(await saveTaxRate(shop.db, owner, { id, seen, rate: lower })).toEqual({ kind: 'saved' })
  expect(await listTaxRates(shop.db, 'DE')).toMatchObject([lower])
  const last = await lastChangeOfTaxRate(shop.db, owner, id)
  expect(await removeTaxRate(shop.db, owner, { id, seen: last })).toEqual({ kind: 'saved' })
  expect(await lastEntry(`tax rate ${id}`)).toMatchObject({ action: 'settings.tax_removed', after: null })
  expect(await saveTaxRate(shop.db, owner, { id: 4_711, seen: 0, rate })).toEqual({ kind: 'not_found' })
})

test('the currency changes with all prices until something is sold or being paid, and then no more', async () => {
  const before = await getShopSettings(shop.db, owner)
  expect(before.hasSold).toBe(false)
  const who = await newBuyer(shop.db)
  const change = async (currency: 'EUR' | 'USD' | 'JPY') =>
    changeCurrency(shop.db, owner, { seen: (await getShopSettings(shop.db, owner)).seen.currency, currency })
  expect(await change('JPY')).toEqual({ kind: 'other_decimals' })
  expect(await change('EUR')).toEqual({ kind: 'saved' })
  const { rows } = await shop.db.execute(sql`select distinct currency from variants`)
  expect(rows).toEqual([{ currency: 'EUR' }])
  expect(await change('USD')).toEqual({ kind: 'saved' })
  await buy(shop, who)
  expect(await change('EUR')).toEqual({ kind: 'has_sold' })
  expect((await readShopSettings(shop.db)).currency).toBe('USD')
})

describe('the state of PayPal', () => {
  const environment = (more: Record<string, string> = {}) =>
    parseEnvironment({
      ...process.env,
      PAYPAL_SIMULATOR_URL: shop.paypal.url,
      PAYPAL_WEBHOOK_ID: 'TESTWEBHOOK23456',
      APP_URL: new URL(shop.doorUrl).origin,
      ...more,
    })

  test('is asked of PayPal itself: credentials and registration', async () => {
    expect(await askPayPal(owner, environment())).toEqual({ kind: 'answered', faults: [] })
    expect(await askPayPal(owner, environment({ PAYPAL_WEBHOOK_ID: 'ANOTHER' }))).toEqual({
      kind: 'answered',
      faults: [{ kind: 'unknown_id', id: 'ANOTHER' }],
    })
    expect(await askPayPal(owner, environment({ PAYPAL_CLIENT_SECRET: 'wrong' }))).toEqual({
      kind: 'no_answer',
      cause: 'no access token',
    })
  })

  test('is not waited for longer than somebody looks at an empty page', async () => {
    await shop.paypal.fault('list_webhooks', 'slow', { delayMs: 5_000 })
    const answer = await askPayPal(owner, environment(), 300)
    await shop.paypal.forgetFaults()
    expect(answer).toEqual({ kind: 'no_answer', cause: 'timeout' })
  })

  test('shows when the last event came and how late, and never a secret', async () => {
    await shop.paypal.drainWebhooks()
    const state = await getPayPalState(shop.db, owner)
    expect(state).toMatchObject({ mode: 'simulator', merchantId: 'SHMERCHANT234' })
    expect(state.lastDeliveredAt).toBeInstanceOf(Date)
    expect(state.lagSeconds).toBeGreaterThanOrEqual(0)
    expect(state.waiting).toBeGreaterThan(0)
    expect(JSON.stringify(state)).not.toContain('secret')
  })
})

test('the audit log holds together after all of this', async () => {
  expect((await verifyAuditChain(shop.db)).problem).toBeNull()
})
