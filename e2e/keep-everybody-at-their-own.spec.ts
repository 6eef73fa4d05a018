import { expect, test, type APIResponse } from '@playwright/test'

import { ACTIONS } from './doors/actions'
import { judge, whereTo, type Answer } from './doors/answers'
import { callAction } from './doors/call-action'
import { ACTORS, callCast, photograph, type Actor, type Cast } from './doors/cast'
import { findActions, findCachedFunctions, findPages, findRouteHandlers, METHODS, methodsIn } from './doors/find-doors'
import { PAGES, VARIANTS } from './doors/pages'
import { ROUTE_HANDLERS } from './doors/route-handlers'
import { prepareVictim, type Victim } from './doors/sign-in-doors'
import { fromNewNetwork } from './support/members'

/**
 * The authorisation matrix: every page in every form, every route handler and every server action, by a guest, the member whose
 * things they are, another member, and one whose account was closed. The tables are in doors/; what is in the shop and not in
 * them, or the other way round, fails.
 */
test.use(fromNewNetwork())
test.skip(({ isMobile }) => isMobile, 'doors have no size')
test.describe.configure({ mode: 'serial' })

let cast: Cast
let victim: Victim
let shop: string
test.beforeAll(async ({ browser, baseURL }) => {
  test.setTimeout(600_000)
  shop = baseURL ?? ''
  cast = await callCast(browser)
  victim = await prepareVictim(browser, cast.things)
})
test.afterAll(async () => {
  await cast.close()
  await victim.close()
})

/** A goes last: what others did must not have touched A's things, and A may. */
const OTHERS: readonly Actor[] = ACTORS.filter((actor) => actor !== 'A')
/** Nobody who is signed in. */
const STRANGERS: readonly Actor[] = ['guest', 'disabled']

async function readBody(response: APIResponse): Promise<string> {
  return (await response.body()).toString('utf8')
}

/** As the router does: what is asked for under another fingerprint of the headers is asked for again under the right one. */
async function fetchPage(actor: Actor, url: URL, headers: Record<string, string>): Promise<APIResponse> {
  const response = await cast.ask[actor].get(url.href, { headers, maxRedirects: 0 })
  const again = new URL(response.headers()['location'] ?? url.href, url)
  return response.status() === 307 && again.pathname === url.pathname
    ? cast.ask[actor].get(again.href, { headers, maxRedirects: 0 })
    : response
}

/** What of A's is in an answer, apart from what the request itself had in it. */
function leaksIn(body: string, asked: string): string[] {
  return cast.things.marks.filter((mark) => body.includes(mark) && !asked.includes(mark))
}

test('every page, route handler and server action has a row, and every row has a door', () => {
  expect(Object.keys(PAGES).toSorted()).toEqual(findPages())
  expect(Object.keys(ROUTE_HANDLERS).toSorted()).toEqual(findRouteHandlers())
  expect(Object.keys(ACTIONS).toSorted((a, b) => a.localeCompare(b))).toEqual(findActions().map(({ name }) => name))
})

test('a route handler is found however it is written, and answers no method without a row', async () => {
  expect(methodsIn('export { handler as GET }')).toEqual(['GET'])
  expect(methodsIn("export { GET, POST } from './handlers'")).toEqual(['GET', 'POST'])
  expect(methodsIn('export const { GET, other: POST } = handlers')).toEqual(['GET', 'POST'])
  expect(methodsIn('export const GET = handler\nexport async function DELETE() {}')).toEqual(['GET', 'DELETE'])
  expect(() => methodsIn("export * from './handlers'")).toThrow()
  const doors = Object.entries(ROUTE_HANDLERS)
  for (const [door, { address }] of doors) {
    const path = door.split(' ').at(-1)
    for (const method of METHODS) {
      // Next answers these two for every handler, by itself.
      if (method === 'HEAD' || method === 'OPTIONS' || `${method} ${path}` in ROUTE_HANDLERS) continue
      const url = new URL(address(cast.things), shop).href
      const response = await cast.ask.A.fetch(url, { method, headers: { origin: shop }, maxRedirects: 0 })
      // For A, who does not work here, there is nothing under /admin to have methods.
      expect(response.status(), `${method} ${path}`).toBe(path?.startsWith('/admin') ? 404 : 405)
    }
  }
})

for (const [variant, { headers, change }] of Object.entries(VARIANTS)) {
  test(`no page shows anybody else’s: ${variant}`, async () => {
    const before = await photograph(cast.things)
    const found: Record<string, Partial<Record<Actor, Answer>>> = {}
    const expected: typeof found = {}
    for (const [page, { address, answers }] of Object.entries(PAGES)) {
      const url = new URL(address(cast.things), shop)
      change(url)
      for (const actor of ACTORS) {
        const response = await fetchPage(actor, url, headers)
        const body = await readBody(response)
        if (actor !== 'A') expect(leaksIn(body, url.href), `${variant} ${page} to ${actor}`).toEqual([])
        const answer = judge(response, body)
        // Forms of a page that a browser was not offered may be missing to everybody; they must not be there for more people.
        const allowed: Answer[] = variant === 'document' ? [answers[actor]] : [answers[actor], 404]
        expected[page] = { ...expected[page], [actor]: allowed.includes(answer) ? answer : answers[actor] }
        found[page] = { ...found[page], [actor]: answer }
      }
    }
    expect(found).toEqual(expected)
    expect(await photograph(cast.things)).toBe(before)
  })
}

test('no route handler gives anybody else’s', async () => {
  const found: Record<string, Partial<Record<Actor, Answer>>> = {}
  const before = await photograph(cast.things)
  const last = Object.keys(ROUTE_HANDLERS).at(-1)
  for (const [door, { address, json }] of Object.entries(ROUTE_HANDLERS)) {
    const [method = 'GET'] = door.split(' ')
    const url = new URL(address(cast.things), shop).href
    for (const actor of door === last ? STRANGERS : [...OTHERS, 'A' as const]) {
      const body = method === 'GET' ? {} : json ? { data: json } : { form: {} }
      const response = await cast.ask[actor].fetch(url, {
        method,
        ...body,
        headers: method === 'GET' ? {} : { origin: shop },
        maxRedirects: 0,
      })
      const answer = await readBody(response)
      const whole = `${answer} ${response.headers()['location'] ?? ''}`
      if (actor !== 'A') expect(leaksIn(whole, url), `${door} to ${actor}`).toEqual([])
      found[door] = { ...found[door], [actor]: judge(response, answer) }
    }
  }
  const expected: typeof found = Object.fromEntries(
    Object.entries(ROUTE_HANDLERS).map(([door, { answers }]) => [door, { ...answers }]),
  )
  // Whoever is signed in stays so for the rest; their own signing out is in `sign-in-by-mail.spec.ts`.
  if (last) expected[last] = Object.fromEntries(STRANGERS.map((actor) => [actor, ROUTE_HANDLERS[last]?.answers[actor]]))
  expect(found).toEqual(expected)
  expect(await photograph(cast.things)).toBe(before)
})

const idOf = (name: string) => findActions().find((action) => action.name === name)?.id ?? ''

/** Calls one action; the answer and whether it did what it does for whoever may. */
async function call(actor: Actor, name: string, id: string, headers: Record<string, string>) {
  const row = ACTIONS[name]
  if (!row) throw new Error(`${name} has no row`)
  const response = await callAction(cast.ask[actor], {
    id,
    at: new URL(row.at(cast.things), shop).href,
    send: row.send(cast.things),
    headers,
  })
  const body = await readBody(response)
  return { row, response, body, answer: judge(response, body), leadsTo: whereTo(response, body) }
}

test('what `use cache` made callable has nothing of a member in it', async () => {
  const ids = findCachedFunctions()
  expect(ids.length).toBeGreaterThan(0)
  for (const id of ids) {
    for (const actor of ACTORS) {
      const response = await callAction(cast.ask[actor], { id, at: shop, send: [], headers: { origin: shop } })
      expect(leaksIn(await readBody(response), '')).toEqual([])
    }
  }
})

/** Where a request may come from that is not a page of the shop. A browser would not send A's cookies along; these do. */
const FOREIGN_ORIGINS: Readonly<Record<string, (shop: string) => Record<string, string>>> = {
  'from another site': () => ({ origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }),
  'from another site, without saying so': () => ({ origin: 'https://elsewhere.example' }),
  'from a sandboxed frame': () => ({ origin: 'null', 'sec-fetch-site': 'cross-site' }),
  'with a null origin alone': () => ({ origin: 'null' }),
  'without an origin': () => ({}),
  'from a neighbour on the same domain': () => ({ 'sec-fetch-site': 'same-site' }),
  'from our page, through a host that is not ours': (origin) => ({ origin, 'x-forwarded-host': 'elsewhere.example' }),
}

for (const [whence, headersOf] of Object.entries(FOREIGN_ORIGINS)) {
  test(`no action does anything when it is posted ${whence}`, async () => {
    const headers = headersOf(shop)
    const before = await photograph(cast.things)
    for (const { name, id } of findActions()) {
      const { row, response, answer, leadsTo } = await call('A', name, id, headers)
      expect(answer, name).not.toBe(500)
      if (row.done) expect(leadsTo, name).not.toMatch(row.done)
      const cookies = response.headers()['set-cookie'] ?? ''
      expect(cookies, name).not.toMatch(/cartwright_(session|cart|checkout|wishes)=[^;]/)
    }
    expect(await photograph(cast.things)).toBe(before)
  })

  test(`nobody is let in, signed out, led to a provider or sent a mail by a form ${whence}`, async () => {
    const headers = headersOf(shop)
    const before = await victim.photograph()
    for (const { action, at, send } of victim.doors) {
      const response = await callAction(victim.ask, { id: idOf(action), at: new URL(at, shop).href, send, headers })
      expect(response.headers()['set-cookie'] ?? '', action).not.toMatch(/cartwright_session=/)
    }
    expect(await victim.photograph()).toBe(before)

    const post = async (path: string) => {
      const response = await victim.ask.post(new URL(path, shop).href, { form: {}, headers, maxRedirects: 0 })
      return { cookies: response.headers()['set-cookie'] ?? '', leadsTo: response.headers()['location'] ?? '' }
    }
    const signOut = await post('/sign-out')
    expect(signOut.cookies).not.toMatch(/cartwright_session=/)
    expect((await victim.ask.get(new URL('/account', shop).href, { maxRedirects: 0 })).status()).toBe(200)
    const provider = await post('/sign-in/with/oidc')
    expect(provider.cookies).not.toMatch(/next-auth/)
    expect(['', '/sign-in']).toContain(provider.leadsTo.replace(shop, ''))
    expect(await victim.photograph()).toBe(before)
  })
}

test('the same forms do it when a page of the shop sends them', async () => {
  const own = { origin: shop }
  const provider = await victim.ask.post(new URL('/sign-in/with/oidc', shop).href, {
    form: {},
    headers: own,
    maxRedirects: 0,
  })
  expect(provider.headers()['location']).toMatch(/state=/)
  for (const { action, at, send } of victim.doors) {
    const before = await victim.photograph()
    await callAction(victim.ask, { id: idOf(action), at: new URL(at, shop).href, send, headers: own })
    expect(await victim.photograph(), action).not.toBe(before)
  }
  const out = await victim.ask.post(new URL('/sign-out', shop).href, { form: {}, headers: own, maxRedirects: 0 })
  expect(out.headers()['set-cookie']).toMatch(/cartwright_session=;/)
})

test('no action does anything with what is somebody else’s', async () => {
  const before = await photograph(cast.things)
  const found: Record<string, Partial<Record<Actor, Answer>>> = {}
  for (const [name, { answers }] of Object.entries(ACTIONS)) {
    const id = findActions().find((action) => action.name === name)?.id ?? ''
    for (const actor of OTHERS) {
      const { body, response, answer } = await call(actor, name, id, { origin: shop })
      const asked = JSON.stringify(ACTIONS[name]?.send(cast.things)) + response.url()
      expect(leaksIn(body, asked), `${name} to ${actor}`).toEqual([])
      found[name] = { ...found[name], [actor]: answer }
    }
    expect(found[name], name).toEqual(Object.fromEntries(OTHERS.map((actor) => [actor, answers[actor]])))
  }
  expect(await photograph(cast.things)).toBe(before)
})

test('the member whose they are may do it all', async () => {
  for (const [name, { answers, done }] of Object.entries(ACTIONS)) {
    const id = findActions().find((action) => action.name === name)?.id ?? ''
    const { answer, body, leadsTo } = await call('A', name, id, { origin: shop })
    expect(answer, name).toBe(answers.A)
    if (done) expect(leadsTo || body, name).toMatch(done)
  }
  expect((await cast.ask.A.get(`${shop}/account`, { maxRedirects: 0 })).status()).toBe(303)
})
