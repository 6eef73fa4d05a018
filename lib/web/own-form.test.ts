import { describe, expect, test } from 'vitest'

import { judgeSender } from './own-form'

const HOST = { host: 'shop.example' }
const OURS = 'https://shop.example'
const sender = (sent: Record<string, string>) => judgeSender(new Headers({ ...HOST, ...sent }))

describe('a request that changes something', () => {
  test.each<[string, Record<string, string>]>([
    ['its origin', { origin: OURS }],
    ['its site', { 'sec-fetch-site': 'same-origin' }],
    ['both', { origin: OURS, 'sec-fetch-site': 'same-origin' }],
    ['both, through a proxy of ours', { origin: OURS, 'x-forwarded-host': 'shop.example' }],
    ['both, through two proxies', { origin: OURS, 'x-forwarded-host': 'shop.example, inner.example' }],
  ])('is ours by %s', (_what, sent) => {
    expect(sender(sent)).toBe('own')
  })

  test.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['another port', { origin: 'https://shop.example:8443' }],
    ['a null origin', { origin: 'null' }],
    ['an empty origin', { origin: '' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['nobody’s page', { 'sec-fetch-site': 'none' }],
    ['our origin, but another site', { origin: OURS, 'sec-fetch-site': 'cross-site' }],
    ['our origin, but a forged host', { origin: OURS, 'x-forwarded-host': 'elsewhere.example' }],
    ['a forged host and its origin', { origin: 'https://elsewhere.example', 'x-forwarded-host': 'elsewhere.example' }],
    ['our origin, but an empty host', { origin: OURS, 'x-forwarded-host': '' }],
  ])('is foreign by %s', (_what, sent) => {
    expect(sender(sent)).toBe('foreign')
  })

  test('that says nothing is told from both', () => {
    expect(sender({})).toBe('unsaid')
  })
})
