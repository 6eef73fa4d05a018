import { expect, test } from 'vitest'

import { customerPath, customerQuery, ERASED_EMAIL, erasurePath, parseCustomer, parseCustomerFilter } from './customer'

const ID = '0b7f9f4e-8f2c-4c1a-9d52-3b6f1a7c2e11'

test('a list is its address, in small letters, and what cannot be understood is left out', () => {
  const filter = parseCustomerFilter({ kind: 'guests', q: ' Buyer@Example.com ' })
  expect(filter).toEqual({ kind: 'guests', search: 'buyer@example.com' })
  expect(parseCustomerFilter(Object.fromEntries(new URLSearchParams(customerQuery(filter))))).toEqual(filter)
  expect(parseCustomerFilter({ kind: 'robots', q: ['', 'x'] })).toEqual({ kind: 'members', search: null })
  expect(parseCustomerFilter({ q: '\0' }).search).toBeNull()
})

test('a customer is a member by id or a guest by address, and whoever was forgotten is none', () => {
  expect(parseCustomer({ memberId: ID, email: 'a@example.com' })).toEqual({ kind: 'member', memberId: ID })
  expect(parseCustomer({ email: 'A@Example.com' })).toEqual({ kind: 'guest', email: 'a@example.com' })
  for (const nobody of [{}, { memberId: 'guest' }, { email: 'nobody' }, { email: ERASED_EMAIL }, { email: ['a'] }]) {
    expect(parseCustomer(nobody)).toBeNull()
  }
})

test('an address of a guest does not lead elsewhere, whatever is in it', () => {
  const guest = { kind: 'guest', email: 'a+b&memberId=1@example.com' } as const
  expect(new URL(customerPath(guest), 'http://shop').searchParams.get('email')).toBe(guest.email)
  expect(new URL(erasurePath(guest), 'http://shop').searchParams.get('memberId')).toBeNull()
})
