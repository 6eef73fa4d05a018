import { expect, test } from 'vitest'

import { makeOrderNumber } from '@/lib/domain/order-number'
import { parseReturnPath, STAFF_PATH_MAX } from '@/lib/domain/return-path'

import { noticeText, pathOfPile, readChosen, readPile } from './pile'

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    makeOrderNumber(Uint8Array.from({ length: 9 }, (__, at) => (at === 0 ? Math.floor(index / 32) : index + at))),
  )

function sent(query: string, orderNumbers: readonly string[]): FormData {
  const form = new FormData()
  form.set('query', query)
  for (const each of orderNumbers) form.append('n', each)
  return form
}

const after = '2026-11-27 08:00:00.123456+00_00000000-0000-4000-8000-000000000000'
const query = new URLSearchParams({ q: 'Müller', state: 'created,processing', held: '1', after }).toString()

test('a page of chosen orders comes through the second factor: the filter, the page, and each of them', () => {
  const chosen = numbers(50)
  const path = pathOfPile(readPile(sent(query, chosen)), 'again')
  const back = new URL(parseReturnPath(path, '/admin'), 'http://shop.example').searchParams
  expect([...readChosen(back.get('chosen'))]).toEqual(chosen)
  for (const [name, value] of new URLSearchParams(query)) expect(back.get(name), name).toBe(value)
  expect(noticeText(back.get('notice'))).toContain('still chosen')
})

test('what is too long for an address is left out, first what was chosen and then the filter', () => {
  const many = readPile(sent(query, numbers(300)))
  const path = pathOfPile({ ...many, orderNumbers: [...numbers(300), 'X'.repeat(STAFF_PATH_MAX)] }, 'too_many')
  expect(path).toContain('held=1')
  expect(path).not.toContain('chosen=')
  expect(pathOfPile({ ...many, query: `q=${'x'.repeat(STAFF_PATH_MAX)}` }, 'choose').length).toBeLessThan(
    STAFF_PATH_MAX,
  )
})

test('nothing that is not of a list is carried or chosen', () => {
  const { query: kept, orderNumbers } = readPile(sent('q=a&to=//evil.example&after=x', ['<b>', ...numbers(1)]))
  expect(kept).toBe('q=a')
  expect(orderNumbers).toEqual(numbers(1))
  expect(readChosen('<b>.x').size).toBe(0)
  expect(noticeText('toString')).toBeNull()
})
