import { randomUUID } from 'node:crypto'

import { expect, test, type APIRequestContext, type BrowserContext } from '@playwright/test'

import { ROLES, type Role } from '@/lib/domain/staff'

import { callAction } from './doors/call-action'
import { findActions, findPages } from './doors/find-doors'
import { Form } from './doors/form'
import { newEmail } from './support/buying'
import { fromNewNetwork, signIn } from './support/members'
import { makeOneOfEach } from './support/one-of-each'
import { query } from './support/stage'
import { ageSecondFactor } from './support/staff'

/**
 * What each role can open and do in /admin, with a second factor of this moment, of eleven minutes ago, of yesterday, and with
 * none. The tables are written by hand, beside the one that the shop decides by: both must say the same.
 */
test.use(fromNewNetwork())
test.describe.configure({ mode: 'serial' })

const FULFILS: readonly Role[] = ['owner', 'manager', 'fulfilment']
const CATALOGUE: readonly Role[] = ['owner', 'manager']
const ALL: readonly Role[] = ['owner', 'manager', 'fulfilment', 'support', 'read_only']
const SEES_ALL: readonly Role[] = ['owner', 'manager', 'support', 'read_only']
/** Who may open what; `guarded` asks for a second factor of the last ten minutes. */
const PAGES: Readonly<Record<string, { roles: readonly Role[]; guarded?: true }>> = {
  '/admin': { roles: ALL },
  '/admin/find': { roles: ALL },
  '/admin/me': { roles: ALL },
  '/admin/orders': { roles: ALL },
  '/admin/orders/bulk': { roles: FULFILS },
  '/admin/orders/bulk/[jobId]': { roles: FULFILS },
  '/admin/orders/[orderNumber]': { roles: ALL },
  '/admin/orders/[orderNumber]/refund': { roles: ['owner', 'manager', 'support'], guarded: true },
  '/admin/orders/[orderNumber]/cancel': { roles: ['owner', 'manager', 'support'], guarded: true },
  '/admin/returns': { roles: ALL },
  '/admin/returns/[returnId]': { roles: ALL },
  '/admin/returns/[returnId]/refund': { roles: ['owner', 'manager', 'support'], guarded: true },
  '/admin/customers': { roles: SEES_ALL },
  '/admin/customers/[customerId]': { roles: SEES_ALL },
  '/admin/customers/[customerId]/erase': { roles: ['owner', 'manager'], guarded: true },
  '/admin/customers/guest': { roles: SEES_ALL },
  '/admin/customers/guest/erase': { roles: ['owner', 'manager'], guarded: true },
  '/admin/payments': { roles: SEES_ALL },
  '/admin/payments/comparisons': { roles: SEES_ALL },
  '/admin/payments/disputes': { roles: SEES_ALL },
  '/admin/payments/webhooks': { roles: SEES_ALL },
  '/admin/payments/webhooks/[eventId]': { roles: SEES_ALL },
  '/admin/settings': { roles: ['owner', 'manager'], guarded: true },
  '/admin/settings/delivery': { roles: ['owner', 'manager'], guarded: true },
  '/admin/settings/mail': { roles: ['owner', 'manager'], guarded: true },
  '/admin/settings/paypal': { roles: ['owner', 'manager'], guarded: true },
  '/admin/settings/taxes': { roles: ['owner', 'manager'], guarded: true },
  '/admin/discounts': { roles: ['owner', 'manager'] },
  '/admin/discounts/[id]': { roles: ['owner', 'manager'] },
  '/admin/discounts/new': { roles: ['owner', 'manager'] },
  '/admin/products': { roles: ALL },
  '/admin/products/new': { roles: ['owner', 'manager'] },
  '/admin/products/categories': { roles: ALL },
  '/admin/products/import': { roles: CATALOGUE },
  '/admin/products/import/[importId]': { roles: CATALOGUE },
  '/admin/products/[productId]': { roles: ALL },
  '/admin/products/[productId]/preview': { roles: ALL },
  '/admin/stock': { roles: ALL },
  '/admin/stock/[variantId]': { roles: ALL },
  '/admin/staff': { roles: ['owner'], guarded: true },
  '/admin/audit': { roles: ['owner', 'manager'] },
}
/** What is no page but a file. */
const FILES: typeof PAGES = {
  '/admin/orders/[orderNumber]/invoice': { roles: ALL },
  '/admin/orders/[orderNumber]/packing-slip': { roles: ALL },
}
/** What takes many buyers' data out at once. */
const PILES: Readonly<
  Record<string, { form: Readonly<Record<string, string>>; roles: readonly Role[]; guarded?: true }>
> = {
  '/admin/orders/papers of packing slips': { form: { kind: 'packing-slips' }, roles: FULFILS },
  '/admin/orders/papers of invoices': { form: { kind: 'invoices' }, roles: ['owner', 'manager'], guarded: true },
  '/admin/orders/bulk/[jobId]/file of invoices': { form: {}, roles: ['owner', 'manager'], guarded: true },
  '/admin/orders/export': { form: {}, roles: ['owner', 'manager'], guarded: true },
}
/** Before the second factor, for everybody who works here, or for whoever is invited. */
const DOORSTEPS = ['/admin/join', '/admin/second-factor', '/admin/second-factor/set-up']

const EDITS: readonly Role[] = ['owner', 'manager', 'fulfilment', 'support']
const ANSWERS: readonly Role[] = ['owner', 'manager', 'support']
const REFUNDS: readonly Role[] = ['owner', 'manager', 'support']
const setting = (at: string) => ({ roles: ['owner', 'manager'] as const, guarded: true as const, at })
const order = 'admin/orders/[orderNumber]'
const product = 'admin/products/[productId]'
const productPage = '/admin/products/[productId]'
const orderPage = '/admin/orders/[orderNumber]'
const returned = 'admin/returns/[returnId]'
const returnPage = '/admin/returns/[returnId]'
const ACTIONS: Readonly<Record<string, { roles: readonly Role[]; guarded?: true; at: string }>> = {
  [`${order}/actions.ts takeStep`]: { roles: FULFILS, at: orderPage },
  [`${order}/actions.ts sendParcel`]: { roles: FULFILS, at: orderPage },
  [`${order}/actions.ts putParcelRight`]: { roles: FULFILS, at: orderPage },
  [`${order}/actions.ts tellPayPalAgain`]: { roles: FULFILS, at: orderPage },
  [`${order}/actions.ts sendMailAgain`]: { roles: EDITS, at: orderPage },
  [`${order}/actions.ts writeNote`]: { roles: EDITS, at: orderPage },
  [`${order}/actions.ts hold`]: { roles: EDITS, at: orderPage },
  [`${order}/actions.ts release`]: { roles: EDITS, at: orderPage },
  [`${order}/actions.ts changeAddress`]: { roles: EDITS, at: orderPage },
  [`${order}/refund/actions.ts giveBack`]: { roles: REFUNDS, guarded: true, at: `${orderPage}/refund` },
  [`${order}/cancel/actions.ts cancel`]: { roles: REFUNDS, guarded: true, at: `${orderPage}/cancel` },
  'admin/customers/[customerId]/actions.ts switchMember': { roles: ANSWERS, at: '/admin/customers/[customerId]' },
  'admin/customers/actions.ts forget': {
    roles: ['owner', 'manager'],
    guarded: true,
    at: '/admin/customers/[customerId]/erase',
  },
  'admin/customers/actions.ts note': { roles: ANSWERS, at: '/admin/customers/[customerId]' },
  'admin/orders/actions.ts keepView': { roles: ALL, at: '/admin/orders' },
  'admin/orders/actions.ts dropView': { roles: ALL, at: '/admin/orders' },
  'admin/orders/bulk/actions.ts packChosen': { roles: FULFILS, at: '/admin/orders/bulk' },
  'admin/orders/bulk/actions.ts checkList': { roles: FULFILS, at: '/admin/orders/bulk' },
  'admin/orders/bulk/actions.ts startPrepared': { roles: FULFILS, at: '/admin/orders/bulk' },
  [`${returned}/actions.ts approve`]: { roles: EDITS, at: returnPage },
  [`${returned}/actions.ts refuse`]: { roles: EDITS, at: returnPage },
  [`${returned}/actions.ts receive`]: { roles: FULFILS, at: returnPage },
  [`${returned}/refund/actions.ts payBack`]: { roles: REFUNDS, guarded: true, at: `${returnPage}/refund` },
  'admin/payments/actions.ts decide': { roles: ['owner', 'manager'], guarded: true, at: '/admin/payments' },
  'admin/payments/comparisons/actions.ts compareNow': {
    roles: ['owner', 'manager'],
    guarded: true,
    at: '/admin/payments/comparisons',
  },
  'admin/payments/webhooks/[eventId]/actions.ts replay': {
    roles: ['owner', 'manager'],
    guarded: true,
    at: '/admin/payments/webhooks/[eventId]',
  },
  'admin/settings/actions.ts saveShop': setting('/admin/settings'),
  'admin/settings/actions.ts saveSeller': setting('/admin/settings'),
  'admin/settings/actions.ts saveCurrency': setting('/admin/settings'),
  'admin/settings/delivery/actions.ts keepZone': setting('/admin/settings/delivery'),
  'admin/settings/delivery/actions.ts dropZone': setting('/admin/settings/delivery'),
  'admin/settings/delivery/actions.ts keepMethod': setting('/admin/settings/delivery'),
  'admin/settings/delivery/actions.ts dropMethod': setting('/admin/settings/delivery'),
  'admin/settings/mail/actions.ts saveSender': setting('/admin/settings/mail'),
  'admin/settings/mail/actions.ts mailMe': setting('/admin/settings/mail'),
  'admin/settings/taxes/actions.ts keepRate': setting('/admin/settings/taxes'),
  'admin/settings/taxes/actions.ts keepRegistration': setting('/admin/settings/taxes'),
  'admin/settings/taxes/actions.ts dropRegistration': setting('/admin/settings/taxes'),
  'admin/settings/taxes/actions.ts keepExchange': setting('/admin/settings/taxes'),
  'admin/settings/taxes/actions.ts dropExchange': setting('/admin/settings/taxes'),
  'admin/settings/taxes/actions.ts dropRate': setting('/admin/settings/taxes'),
  'admin/discounts/actions.ts saveDiscount': { roles: ['owner', 'manager'], at: '/admin/discounts/new' },
  'admin/products/new/actions.ts makeProduct': { roles: CATALOGUE, at: '/admin/products/new' },
  ...Object.fromEntries(
    [
      'saveNames',
      'saveDescription',
      'savePlace',
      'saveVariants',
      'addSomeVariants',
      'addAnOption',
      'saveOption',
      'removeOption',
    ].map((name) => [`${product}/actions.ts ${name}`, { roles: CATALOGUE, at: productPage }]),
  ),
  ...Object.fromEntries(
    ['savePicture', 'sortPictures', 'removePicture'].map((name) => [
      `${product}/picture-actions.ts ${name}`,
      { roles: CATALOGUE, at: productPage },
    ]),
  ),
  [`${product}/price-actions.ts planPrice`]: { roles: CATALOGUE, at: productPage },
  [`${product}/price-actions.ts cancelPrice`]: { roles: CATALOGUE, at: productPage },
  ...Object.fromEntries(
    ['makeCategory', 'saveCategory', 'moveCategory', 'dropCategory'].map((name) => [
      `admin/products/categories/actions.ts ${name}`,
      { roles: CATALOGUE, at: '/admin/products/categories' },
    ]),
  ),
  'admin/stock/[variantId]/actions.ts movePieces': { roles: FULFILS, at: '/admin/stock/[variantId]' },
  'admin/stock/[variantId]/actions.ts countPieces': { roles: FULFILS, at: '/admin/stock/[variantId]' },
  'admin/products/import/[importId]/actions.ts decide': { roles: CATALOGUE, at: '/admin/products/import/[importId]' },
  'admin/staff/actions.ts invite': { roles: ['owner'], guarded: true, at: '/admin/staff' },
  'admin/staff/actions.ts withdraw': { roles: ['owner'], guarded: true, at: '/admin/staff' },
  'admin/staff/actions.ts setRole': { roles: ['owner'], guarded: true, at: '/admin/staff' },
  'admin/staff/actions.ts switchPerson': { roles: ['owner'], guarded: true, at: '/admin/staff' },
}

/**
 * What makes another second factor, or takes one away: for everybody who works here, with one of the last ten minutes, on the page
 * that it is done on.
 */
const FACTORS: Readonly<Record<string, { at: string; send: readonly unknown[]; done: RegExp; asks: RegExp }>> = {
  'passkey-actions.ts beginPasskeyCreation': {
    at: '/account/security',
    send: [],
    done: /"kind":"ask"/,
    asks: /"goTo":"\/admin\/second-factor\?/,
  },
  'admin/second-factor/passkey-actions.ts beginFirstPasskey': {
    at: '/admin/second-factor',
    send: [],
    done: /"kind":"ask"/,
    asks: /"goTo":"\/admin\/second-factor\?/,
  },
  'admin/second-factor/set-up/actions.ts finishSetUp': {
    at: '/admin/second-factor/set-up?change=1',
    send: [{ kind: 'idle' }, new Form({ code: '000000' })],
    done: /not the code of this moment/,
    asks: /more than ten minutes since your second factor/,
  },
  'admin/me/actions.ts renewCodes': {
    at: '/admin/me',
    send: [{ kind: 'idle' }, new Form({})],
    // Recovery codes are not for whoever has a passkey alone, and who gets that far is told so.
    done: /"recoveryCodes":\[|stand in for an authenticator/,
    asks: /"kind":"step_up"/,
  },
}

/** Whose second factor is a passkey and nothing else; the others have an authenticator. */
const BY_PASSKEY: Role = 'support'

async function giveRoleAndAuthenticator(email: string, role: Role): Promise<void> {
  await query(
    `insert into staff (member_id, role, totp_secret_sealed, totp_confirmed_at)
     select id, $2, 'sealed', now() from members where email = $1`,
    [email, role],
  )
}

async function giveRoleAndPasskey(email: string, role: Role): Promise<void> {
  await query('insert into staff (member_id, role) select id, $2 from members where email = $1', [email, role])
  await query(
    `insert into member_passkeys (id, member_id, public_key, counter, label, is_second_factor)
     select $2, id, 'AAAA', 0, 'A key', true from members where email = $1`,
    [email, `of-staff-${randomUUID()}`],
  )
}

interface Person {
  readonly email: string
  readonly ask: APIRequestContext
}

const people = new Map<Role, Person>()
const contexts: BrowserContext[] = []
let shop = ''
let addressOf = (_page: string): string => ''

test.beforeAll(async ({ browser, baseURL }) => {
  test.setTimeout(600_000)
  shop = baseURL ?? ''
  addressOf = await makeOneOfEach(browser)
  for (const role of ROLES) {
    const context = await browser.newContext()
    contexts.push(context)
    const email = newEmail()
    await signIn(await context.newPage(), email)
    await (role === BY_PASSKEY ? giveRoleAndPasskey(email, role) : giveRoleAndAuthenticator(email, role))
    people.set(role, { email, ask: context.request })
  }
})
test.afterAll(async () => {
  for (const context of contexts) await context.close()
  await query(
    "update staff set disabled_at = now() from members m where m.id = member_id and m.email <> 'owner@plotterhouse.example'",
  )
})

function personOf(role: Role): Person {
  const person = people.get(role)
  if (!person) throw new Error(`no ${role}`)
  return person
}

/** `second factor`: led to give one. `no`: not for this role. */
type Answer = 'yes' | 'no' | 'second factor'

const AGES = { now: 0, 'eleven minutes ago': 11, yesterday: 24 * 60, never: null } as const

function expected(allowed: boolean, guarded: boolean, age: keyof typeof AGES): Answer {
  if (!allowed) return 'no'
  if (age === 'never' || age === 'yesterday') return 'second factor'
  return guarded && age === 'eleven minutes ago' ? 'second factor' : 'yes'
}

async function setAge(email: string, age: keyof typeof AGES): Promise<void> {
  const minutes = AGES[age]
  if (minutes !== null) return ageSecondFactor(email, minutes)
  await query(
    'update member_sessions s set second_factor_at = null from members m where m.id = s.member_id and m.email = $1',
    [email],
  )
}

test('every page and action of /admin has a row', () => {
  const pages = findPages().filter((page) => page.startsWith('/admin'))
  expect([...Object.keys(PAGES), ...DOORSTEPS].toSorted()).toEqual(pages)
  const actions = findActions().filter(
    ({ name }) => name.startsWith('admin/') && !/(join|second-factor|me)\//.test(name),
  )
  expect(Object.keys(ACTIONS).toSorted((a, b) => a.localeCompare(b))).toEqual(actions.map(({ name }) => name))
})

for (const age of Object.keys(AGES) as (keyof typeof AGES)[]) {
  test(`each role opens its own pages and no others, with a second factor given ${age}`, async () => {
    for (const role of ROLES) {
      const { email, ask } = personOf(role)
      await setAge(email, age)
      for (const [page, { roles, guarded = false }] of Object.entries({ ...PAGES, ...FILES })) {
        const response = await ask.get(shop + addressOf(page), { maxRedirects: 0 })
        const location = response.headers()['location'] ?? ''
        const found =
          response.status() === 404
            ? 404
            : location.includes('/admin/second-factor?to=')
              ? 'second factor'
              : response.status()
        const answer = expected(roles.includes(role), guarded, age)
        expect(found, `${role} at ${page}`).toBe(answer === 'yes' ? 200 : answer === 'no' ? 404 : 'second factor')
      }
    }
  })

  test(`nobody makes themselves another second factor but with one of the last minutes; this one was given ${age}`, async () => {
    const ids = new Map(findActions().map(({ name, id }) => [name, id]))
    for (const role of ROLES) {
      const { email, ask } = personOf(role)
      await setAge(email, age)
      await query("delete from rate_limits where key like 'member:second_factor:%'")
      await query(
        'update member_sessions s set created_at = now() from members m where m.id = s.member_id and m.email = $1',
        [email],
      )
      for (const [name, { at, send, done, asks }] of Object.entries(FACTORS)) {
        const call = { id: ids.get(name) ?? '', at: shop + at, send: [...send], headers: { origin: shop } }
        const body = await (await callAction(ask, call)).text()
        expect(body, `${role}: ${name}`).toMatch(age === 'now' ? done : asks)
      }
      const page = await ask.get(`${shop}/admin/second-factor/set-up?change=1&to=/admin/me`, { maxRedirects: 0 })
      const showsSecret = (await page.text()).includes('Or type this secret into the app')
      expect(showsSecret, `${role}: the page of another authenticator`).toBe(age === 'now')
    }
  })

  test(`each role takes out what it may and nothing else, with a second factor given ${age}`, async () => {
    const orderNumber = addressOf('/admin/orders/[orderNumber]').split('/').at(-1) ?? ''
    for (const role of ROLES) {
      const { email, ask } = personOf(role)
      await setAge(email, age)
      for (const [name, { form, roles, guarded = false }] of Object.entries(PILES)) {
        const address = shop + addressOf(name.split(' ')[0] ?? '')
        const sent = { form: { ...form, n: orderNumber }, headers: { origin: shop }, maxRedirects: 0 }
        const response = await ask.post(address, sent)
        const location = response.headers()['location'] ?? ''
        const found =
          response.status() === 404 ? 'no' : location.includes('/admin/second-factor?to=') ? 'second factor' : 'yes'
        expect(found, `${role}: ${name}`).toBe(expected(roles.includes(role), guarded, age))
      }
    }
  })

  test(`each role does its own acts and no others, with a second factor given ${age}`, async () => {
    const ids = new Map(findActions().map(({ name, id }) => [name, id]))
    for (const role of ROLES) {
      const { email, ask } = personOf(role)
      await setAge(email, age)
      for (const [name, { roles, guarded = false, at }] of Object.entries(ACTIONS)) {
        // Of an order and a country that are not there: who may gets that far, and nothing is changed.
        const fields = {
          orderNumber: '00000-00000',
          refundId: randomUUID(),
          email: 'nobody',
          addressCountry: 'nowhere',
        }
        const send = [{ errors: {}, values: {} }, new Form(fields)]
        const page = shop + addressOf(at)
        const response = await callAction(ask, { id: ids.get(name) ?? '', at: page, send, headers: { origin: shop } })
        const body = await response.text()
        const found =
          /Your role does not allow this/.test(body) || response.status() === 404
            ? 'no'
            : /It has been more than ten minutes|\/admin\/second-factor/.test(body)
              ? 'second factor'
              : 'yes'
        expect(found, `${role}: ${name}`).toBe(expected(roles.includes(role), guarded, age))
      }
    }
  })
}
