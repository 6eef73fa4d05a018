import { describe, expect, test } from 'vitest'

import { callerAddress, networkOf, networkText } from './network'

describe('a network', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test.each([
    '',
    'unknown',
    '999.1.1.1',
    '1.2.3',
    ':',
    ':::',
    '1::2::3',
    '2001:db8',
    '12345::1',
    'a:b:c:d:e:f:g:h',
    '1:2:3:4:5:6:7:8:9',
  ])('%j is no address', (text) => {
    expect(networkOf(text)).toBeNull()
  })

  test('all addresses of a household are one, its neighbour another', () => {
    expect(networkOf('2001:db8:0:1::1')).toBe(networkOf('2001:db8:0:1:ffff::abcd'))
    expect(networkOf('2001:db8:0:1::1')).not.toBe(networkOf('2001:db8:0:2::1'))
  })
})

describe('the caller’s address', () => {
  test.each<[string | null, number, string | null]>([
    ['198.51.100.1', 1, '198.51.100.1'],
    ['198.51.100.1', 0, '198.51.100.1'],
    // What the caller sent itself stands on the left.
    ['6.6.6.6, 198.51.100.1', 1, '198.51.100.1'],
    ['6.6.6.6, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
    ['198.51.100.1', 2, null],
    ['', 1, null],
    [null, 1, null],
  ])('in %j behind %i proxies is %j', (header, proxies, address) => {
    expect(callerAddress(header, proxies)).toBe(address)
  })
})

test.each([
  ['::1', 'the shop’s own machine'],
  ['127.0.0.1', 'the shop’s own machine'],
  ['::ffff:127.0.0.1', 'the shop’s own machine'],
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
])('people are told of %s as of %s', (address, text) => {
  expect(networkText(networkOf(address) ?? '')).toBe(text)
})
