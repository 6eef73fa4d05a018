import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Database } from '@/db/client'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { Address } from '@/lib/domain/address'
import { ADDRESSES_MAX } from '@/lib/domain/member'
import { newMember, setTestEnvironment } from '@/testing/test-members'

import {
  addAddress,
  changeAddress,
  chooseDefaultAddress,
  getAddress,
  getAddresses,
  removeAddress,
} from './address-book'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  setTestEnvironment()
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

const HOME: Address = {
  name: 'A Person',
  line1: '1 Market Street',
  line2: '',
  city: 'San Francisco',
  region: 'CA',
  postalCode: '94105',
  country: 'US',
}
const WORK = { ...HOME, line1: '2 Mission Street' }

async function memberWith(...addresses: Address[]) {
  const { member } = await newMember(db)
  for (const address of addresses) await addAddress(db, member, address)
  return { member, book: await getAddresses(db, member) }
}

describe('an address book', () => {
  test('has a default as soon as it has an address, and the default comes first', async () => {
    const { member, book } = await memberWith(HOME, WORK)
    expect(book.map(({ line1, isDefault }) => [line1, isDefault])).toEqual([
      [HOME.line1, true],
      [WORK.line1, false],
    ])
    expect(await chooseDefaultAddress(db, member, book[1]?.id ?? '')).toEqual({ kind: 'saved' })
    expect((await getAddresses(db, member)).map(({ line1, isDefault }) => [line1, isDefault])).toEqual([
      [WORK.line1, true],
      [HOME.line1, false],
    ])
  })

  test('keeps the same address once, and has an end', async () => {
    const { member } = await memberWith(HOME, HOME)
    for (let number = 1; number < ADDRESSES_MAX; number++) {
      expect(await addAddress(db, member, { ...HOME, line1: `${number} Third Street` })).toEqual({ kind: 'saved' })
    }
    expect(await addAddress(db, member, WORK)).toEqual({ kind: 'full' })
    expect(await getAddresses(db, member)).toHaveLength(ADDRESSES_MAX)
  })

  test('keeps one default when the default is removed', async () => {
    const { member, book } = await memberWith(HOME, WORK)
    expect(await removeAddress(db, member, book[0]?.id ?? '')).toEqual({ kind: 'removed' })
    expect((await getAddresses(db, member)).map(({ line1, isDefault }) => [line1, isDefault])).toEqual([
      [WORK.line1, true],
    ])
  })

  test('of somebody else is as missing as one that never was', async () => {
    const { book } = await memberWith(HOME)
    const { member: stranger } = await memberWith(WORK)
    for (const id of [book[0]?.id ?? '', randomUUID()]) {
      expect(await getAddress(db, stranger, id)).toBeNull()
      expect(await changeAddress(db, stranger, id, WORK)).toEqual({ kind: 'not_found' })
      expect(await chooseDefaultAddress(db, stranger, id)).toEqual({ kind: 'not_found' })
      expect(await removeAddress(db, stranger, id)).toEqual({ kind: 'not_found' })
    }
    expect(await getAddresses(db, stranger)).toMatchObject([{ line1: WORK.line1, isDefault: true }])
  })
})
