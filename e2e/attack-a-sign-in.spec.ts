import { randomBytes } from 'node:crypto'

import { expect, test, type APIRequestContext } from '@playwright/test'

import { Form } from './doors/form'
import { callAction } from './doors/call-action'
import { findActions } from './doors/find-doors'
import { buySomething, newEmail } from './support/buying'
import { takeMail } from './support/mailbox'
import {
  askForLink,
  expectSignedInAs,
  expectSignedOut,
  followLink,
  fromNewNetwork,
  openAccount,
  PASSWORD,
  signIn,
  signInByPassword,
  signOut,
} from './support/members'
import { query } from './support/stage'

test.use(fromNewNetwork())
test.skip(({ isMobile }) => isMobile, 'attacks have no size')

const SESSION = 'cartwright_session'

/** Posts a form of the shop as its own script does. */
async function post(ask: APIRequestContext, shop: string, action: string, at: string, fields: Record<string, string>) {
  const found = findActions().find(({ name }) => name === action)
  if (!found) throw new Error(`there is no action ${action}`)
  const state = { errors: {}, values: {} }
  const response = await callAction(ask, {
    id: found.id,
    at: shop + at,
    send: [state, new Form(fields)],
    headers: { origin: shop },
  })
  return { status: response.status(), text: await response.text() }
}

test('a session that somebody planted in the browser is worth nothing after signing in', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const url = baseURL ?? ''
  const attacker = await browser.newContext()
  const attackersPage = await attacker.newPage()
  await signIn(attackersPage, newEmail())
  const planted = (await attacker.cookies()).find(({ name }) => name === SESSION)?.value ?? ''
  await context.addCookies([{ name: SESSION, value: planted, url }])
  const email = newEmail()
  await page.goto('/sign-in')
  await followLink(page, await askForLink(page, email))
  await expectSignedInAs(page, email)
  const now = (await context.cookies()).find(({ name }) => name === SESSION)?.value
  expect(now).not.toBe(planted)
  // The planted one has ended with it: the attacker sees neither the member's account nor their own.
  await expectSignedOut(attackersPage)
  await attacker.close()
})

test('a cookie that was copied before the sign-out opens nothing after it, nor does a made-up one', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const url = baseURL ?? ''
  const email = newEmail()
  await signIn(page, email)
  const stolen = (await context.cookies()).find(({ name }) => name === SESSION)?.value ?? ''
  const thief = await browser.newContext()
  const thiefsPage = await thief.newPage()
  await thief.addCookies([{ name: SESSION, value: stolen, url }])
  await expectSignedInAs(thiefsPage, email)
  await signOut(page)
  for (const value of [
    stolen,
    `${stolen.slice(0, -4)}AAAA`,
    randomBytes(60).toString('base64url'),
    'x'.repeat(4_050),
  ]) {
    await thief.addCookies([{ name: SESSION, value, url }])
    await expectSignedOut(thiefsPage)
  }
  await thief.close()
})

test('a mailed link works once, however many try it at the same moment', async ({ page, browser, baseURL }) => {
  const shop = baseURL ?? ''
  const email = newEmail()
  await page.goto('/sign-in')
  const token = new URL(await askForLink(page, email)).searchParams.get('token') ?? ''
  const contexts = await Promise.all([1, 2, 3, 4, 5].map(() => browser.newContext()))
  const tries = contexts.map(({ request }) =>
    post(request, shop, 'sign-in/actions.ts confirmLink', '/sign-in/link', { token }),
  )
  const answers = await Promise.all(tries)
  expect(answers.filter(({ text }) => text.includes('"goTo":"/account"'))).toHaveLength(1)
  expect(answers.filter(({ text }) => text.includes('"goTo":"/sign-in/link"'))).toHaveLength(4)
  const sessions = await query(
    'select 1 from member_sessions s join members m on m.id = s.member_id where m.email = $1',
    [email],
  )
  expect(sessions).toHaveLength(1)
  for (const context of contexts) await context.close()
})

const ELSEWHERE = [
  'https://elsewhere.example/',
  '//elsewhere.example/',
  '/\\elsewhere.example/',
  '\\\\elsewhere.example',
  '/\t/elsewhere.example',
  'javascript:alert(1)',
  '/%09/elsewhere.example/..//elsewhere.example',
  'http:elsewhere.example',
]

test('no address leads to another host after signing in', async ({ page, baseURL }) => {
  test.slow()
  const shop = baseURL ?? ''
  const email = newEmail()
  await openAccount(page, email)
  for (const to of ELSEWHERE) {
    const { text } = await post(page.request, shop, 'sign-in/actions.ts signInByPassword', '/sign-in', {
      email,
      password: PASSWORD,
      to,
    })
    const goTo = /"goTo":"([^"]*)"/.exec(text)?.[1] ?? 'none'
    expect(new URL(goTo, shop).origin, to).toBe(shop)
    expect(goTo, to).toMatch(/^\/(?![/\\])/)
    const away = await page.request.post(`${shop}/sign-in/with/oidc`, {
      form: { to },
      headers: { origin: shop },
      maxRedirects: 0,
    })
    expect(away.status()).toBe(303)
    expect(new URL(away.headers()['location'] ?? '').origin).toBe(
      new URL(process.env['E2E_SIMULATOR_URL'] ?? '').origin,
    )
    const callback = (await page.context().cookies()).find(({ name }) => name.endsWith('callback-url'))
    expect(new URL(decodeURIComponent(callback?.value ?? '')).origin, to).toBe(shop)
  }
  await page.goto(`/sign-in?to=${encodeURIComponent('https://elsewhere.example/')}`)
  await signInByPassword(page, email, PASSWORD)
  await expect(page).toHaveURL(`${shop}/account`)
})

const ODD = [
  'a@example.com,b@example.com',
  'a@example.com b@example.com',
  'a@example.com;b@example.com',
  '"a@evil.example"@example.com',
  'a@example.com\r\nBcc: b@example.com',
  'a@example.com\u0000@evil.example',
  'a@example.com>',
  '<a@example.com>',
  'A <a@example.com>',
  'a@ex\u00e4mple.com\u202e',
  'a\u200b@example.com',
  'a@b@example.com',
  'a@example',
  '@example.com',
  `${'a'.repeat(300)}@example.com`,
]

test('an address with odd characters, or several, is refused beside its field, and nothing is mailed', async ({
  request,
  baseURL,
}) => {
  const shop = baseURL ?? ''
  const doors = [
    ['sign-in/actions.ts mailSignInLink', '/sign-in'],
    ['sign-in/actions.ts signInByPassword', '/sign-in'],
    ['register/actions.ts openAccount', '/register'],
    ['forgot-password/actions.ts mailPasswordLink', '/forgot-password'],
  ] as const
  for (const [action, at] of doors) {
    for (const email of ODD) {
      const { status, text } = await post(request, shop, action, at, { email, password: PASSWORD })
      expect(status, `${action} ${email}`).toBe(200)
      expect(text, `${action} ${email}`).toMatch(/"errors":\{"email":"[^"]+"/)
    }
  }
  const written = await query(`select email from member_tokens where email ~ '^.?(a|b)@' or length(email) > 100`)
  expect(written).toEqual([])
})

test('one mailbox has one account, however its address is written', async ({ page, baseURL }) => {
  const email = newEmail()
  await signIn(page, email)
  await post(page.request, baseURL ?? '', 'sign-in/actions.ts mailSignInLink', '/sign-in', {
    email: ` ${email.toUpperCase()} `,
  })
  const tokens = await query('select 1 from member_tokens where email = $1', [email])
  expect(tokens).toHaveLength(2)
})

/** The content policy's nonce and React's keys of a page's head are others in every answer, whoever asks. */
function withoutWhatIsRandom(text: string): string {
  return text.replaceAll(/"nonce":"[^"]*"|"[\w-]{21}[vm]"/g, '')
}

test('no page, status or cookie tells whether an address has an account', async ({ page, browser, baseURL }) => {
  const shop = baseURL ?? ''
  const known = newEmail()
  await openAccount(page, known)
  const doors = [
    ['sign-in/actions.ts mailSignInLink', '/sign-in'],
    ['sign-in/actions.ts signInByPassword', '/sign-in'],
    ['register/actions.ts openAccount', '/register'],
    ['forgot-password/actions.ts mailPasswordLink', '/forgot-password'],
  ] as const
  for (const [action, at] of doors) {
    const said: string[] = []
    for (const email of [known, newEmail()]) {
      const visitor = await browser.newContext()
      const { status, text } = await post(visitor.request, shop, action, at, { email, password: 'wrong password' })
      const cookies = (await visitor.cookies()).map(({ name }) => name)
      said.push(`${status} ${cookies.join()} ${withoutWhatIsRandom(text.replaceAll(email, 'EMAIL'))}`)
      await visitor.close()
    }
    expect(said[1], action).toBe(said[0])
  }
})

test('no page, status or cookie tells whether an order’s number and an address belong together', async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow()
  const [own, stranger] = [newEmail(), newEmail()]
  const orderNumber = await buySomething(page, own)
  const said: string[] = []
  for (const [number, email] of [
    [orderNumber, own],
    [orderNumber, stranger],
    ['7K4MQ-2XTVN', own],
    ['7K4MQ-2XTVN', stranger],
  ] as const) {
    const visitor = await browser.newContext()
    const fields = { orderNumber: number, email }
    const door = 'find-order/actions.ts findOrderByMail'
    const { status, text } = await post(visitor.request, baseURL ?? '', door, '/find-order', fields)
    const cookies = (await visitor.cookies()).map(({ name }) => name)
    said.push(
      `${status} ${cookies.join()} ${withoutWhatIsRandom(text.replaceAll(email, 'EMAIL').replaceAll(number, 'NUMBER'))}`,
    )
    await visitor.close()
  }
  expect(said.slice(1)).toEqual(said.slice(1).map(() => said[0]))
  await takeMail(own, /^Your order .* at/)
  expect(await query('select 1 from mail_outbox where recipient = $1', [stranger])).toEqual([])
})

test('a thousand guesses at one password become ten, from however many networks, and its owner still gets in by mail', async ({
  page,
  playwright,
  baseURL,
}) => {
  test.slow()
  const shop = baseURL ?? ''
  const email = newEmail()
  await openAccount(page, email)
  await signOut(page)
  const said = new Map<string, number>()
  for (let batch = 0; batch < 50; batch++) {
    const attacker = await playwright.request.newContext(fromNewNetwork())
    const guess = () =>
      post(attacker, shop, 'sign-in/actions.ts signInByPassword', '/sign-in', { email, password: `guess ${batch}` })
    for (const { text } of await Promise.all(Array.from({ length: 20 }, guess))) {
      const answer = /"form":"([^".;]*)/.exec(text)?.[1] ?? text
      const kind = answer.replace(/ in .*/, '')
      said.set(kind, (said.get(kind) ?? 0) + 1)
    }
    await attacker.dispose()
  }
  const compared = said.get('Address and password do not fit together') ?? 0
  expect([...said.keys()].every((kind) => /^(Address and password|Too many tries)/.test(kind))).toBe(true)
  expect([...said.values()].reduce((sum, count) => sum + count, 0)).toBe(1_000)
  // Ten at once, and one more in three minutes of those that the thousand take.
  const [took] = await query<{ minutes: number }>(
    `select (extract(epoch from now() - min(created_at)) / 60)::float8 as minutes from members where email = $1`,
    [email],
  )
  expect(compared).toBeGreaterThanOrEqual(10)
  expect(compared).toBeLessThanOrEqual(11 + (took?.minutes ?? 0) / 3)
  await signIn(page, email)
  await expectSignedInAs(page, email)
})
