import { expect, test } from 'vitest'
import { z } from 'zod'

import { inboxQuery, parseInboxFilter } from './inbox-filter'
import { readTimeCursor, writeTimeCursor } from './time-cursor'
import { silentSince } from './webhook-silence'

test('a filter is its address, and what cannot be understood of one is left out', () => {
  const filter = parseInboxFilter({ q: ' WH-1 ', type: 'PAYMENT.CAPTURE.COMPLETED', state: 'trouble' })
  expect(filter).toEqual({ id: 'WH-1', eventType: 'PAYMENT.CAPTURE.COMPLETED', state: 'trouble' })
  expect(parseInboxFilter(Object.fromEntries(new URLSearchParams(inboxQuery(filter))))).toEqual(filter)
  expect(parseInboxFilter({ type: "x' or 1=1", state: 'all', q: ['', 'a'] })).toEqual({
    id: null,
    eventType: null,
    state: null,
  })
})

test('a place in a list by time comes back as it was, and nobody else’s text is one', () => {
  const cursor = { at: '2030-03-03 12:00:00.123456+00', id: 'WH-4AB12345CD678901E-1' }
  expect(readTimeCursor(writeTimeCursor(cursor))).toEqual(cursor)
  for (const wrong of [undefined, '', 'now~1', `${cursor.at}~a b`, "2030-03-03 12:00:00+00'; drop~1", ['a']]) {
    expect(readTimeCursor(wrong)).toBeNull()
  }
})

test('a time that is none is no place in a list, nor is an id of another kind', () => {
  for (const at of [
    '2030-13-03 12:00:00+00',
    '2030-02-30 12:00:00+00',
    '0000-01-01 00:00:00+00',
    '2030-03-03 24:00:00+00',
  ]) {
    expect(readTimeCursor(`${at}~WH-1`), at).toBeNull()
  }
  const at = '2030-03-03 12:00:00+05:30'
  expect(readTimeCursor(`${at}~WH-1`)).toEqual({ at, id: 'WH-1' })
  expect(readTimeCursor(`${at}~WH-1`, z.uuid())).toBeNull()
})

test('a search for what nobody can write is none', () => {
  expect(parseInboxFilter({ q: '\0' }).id).toBeNull()
})

test('PayPal is silent when it has not told of a payment for half an hour', () => {
  const paid = new Date('2030-03-03T12:00:00Z')
  expect(silentSince(null, paid)).toBeNull()
  expect(silentSince(paid, new Date('2030-03-03T12:29:59Z'))).toBeNull()
  expect(silentSince(paid, new Date('2030-03-03T12:30:00Z'))).toEqual(paid)
})
