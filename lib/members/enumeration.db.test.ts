import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import type { Database } from '@/db/client'
import { lookUpOrder } from '@/lib/orders/look-up-order'
import { recordStatements } from '@/testing/record-statements'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { mailTo, newEmail, newMember, setTestEnvironment, VISITOR } from '@/testing/test-members'

import { requestEmailChange } from './change-email'
import type { Member } from './member'
import { forgotPassword, register, requestLink } from './request-link'
import { changePassword } from './set-password'
import { signInWithPassword } from './sign-in-with-password'

/*
 * What takes time here is the database and the hash of a password. Measured on a busy machine, times would say little; the same
 * statements in the same order, and a hash in either case, say that there is nothing to measure.
 */

const comparisons = vi.hoisted(() => ({ count: 0 }))

/** The real one, counted. */
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const argon2 = await importOriginal<typeof import('@node-rs/argon2')>()
  const verify: typeof argon2.verify = (...args) => {
    comparisons.count++
    return argon2.verify(...args)
  }
  return { ...argon2, verify }
})

let shop: TestShop
let db: Database
let asker: Member

beforeAll(async () => {
  setTestEnvironment()
  shop = await openTestShop()
  db = shop.db
  asker = (await newMember(db)).member
})
afterAll(() => shop.close())

const caller = VISITOR

test.each<[string, (email: string) => Promise<unknown>]>([
  ['a sign-in link', (email) => requestLink(db, { email, returnTo: '/', caller })],
  ['a registration', (email) => register(db, { email, name: '', returnTo: '/', caller })],
  ['a forgotten password', (email) => forgotPassword(db, { email, returnTo: '/', caller })],
  ['a change to an address', (email) => requestEmailChange(db, asker, { email, caller })],
])('%s asks the database the same for an address with an account and for one without', async (_what, ask) => {
  const { email } = await newMember(db)
  const known = await recordStatements(() => ask(email))
  const unknown = await recordStatements(() => ask(newEmail()))
  expect(known.length).toBeGreaterThan(5)
  expect(unknown).toEqual(known)
})

test('a wrong password asks the same for no account, no password and another password, and hashes each time', async () => {
  const without = await newMember(db)
  const withOne = await newMember(db)
  await changePassword(db, withOne.member, 'seven quiet herons')
  const attempt = (email: string) => signInWithPassword(db, { email, password: 'not the one', visitor: VISITOR })
  // The first comparison makes the hash that belongs to nobody.
  await attempt(newEmail())
  const seen = []
  for (const email of [withOne.email, without.email, newEmail()]) {
    comparisons.count = 0
    const statements = await recordStatements(() => attempt(email))
    seen.push({ statements, comparisons: comparisons.count })
  }
  const [first, ...others] = seen
  expect(first?.comparisons).toBe(1)
  for (const other of others) expect(other).toEqual(first)
})

test('an order that is looked up gets the same answer, by the same statements, for what fits and for what does not', async () => {
  const orderOf = async (email: string) => buy({ ...shop, draft: { ...shop.draft, email } }, await newBuyer(db))
  const [own, stranger, nobody] = [newEmail(), newEmail(), newEmail()]
  const { orderNumber } = await orderOf(own)
  const foreign = await orderOf(stranger)
  const look = async (number: string, email: string) => {
    let answer: unknown
    const asked = { orderNumber: number, email, caller }
    const statements = await recordStatements(async () => (answer = await lookUpOrder(db, asked)))
    return { answer, statements }
  }
  const right = await look(orderNumber, own)
  expect(right.answer).toEqual({ kind: 'mailed' })
  expect(right.statements.length).toBeGreaterThan(5)
  const neverWas = '7K4MQ-2XTVN'
  for (const [number, email] of [
    [neverWas, own],
    [foreign.orderNumber, own],
    [orderNumber, stranger],
    [orderNumber, nobody],
    [neverWas, nobody],
  ] as const) {
    expect(await look(number, email)).toEqual(right)
  }
  const kinds = async (email: string) => (await mailTo(db, email)).map(({ kind }) => kind)
  expect(await kinds(own)).toEqual(['order_placed', 'order_lookup_link'])
  expect(await kinds(stranger)).toEqual(['order_placed'])
  expect(await kinds(nobody)).toEqual([])
})
