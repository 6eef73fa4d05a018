import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { RECEIPT_LINK_DAYS } from '@/lib/domain/order'
import { setTestEnvironment } from '@/testing/test-members'

type Links = typeof import('./receipt-link')

const NUMBER = '7K4MQ-2XTVN'
const MADE = new Date('2026-11-26T06:00:00Z')
const daysLater = (days: number, ms = 0) => new Date(MADE.getTime() + days * 86_400_000 + ms)
const keyOf = ({ path }: { path: string }) => new URL(path, 'https://shop.example').searchParams.get('key') ?? ''

beforeAll(() => setTestEnvironment())

/** The environment is read once in a process: another one needs another copy of what reads it. */
async function linksUnder(secrets: { SESSION_SECRET?: string; SESSION_SECRET_BEFORE?: string } = {}): Promise<Links> {
  vi.resetModules()
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value)
  const links = await import('./receipt-link')
  links.makeReceiptLink(NUMBER)
  vi.unstubAllEnvs()
  return links
}

describe('a receipt’s link', () => {
  let links: Links
  beforeEach(async () => {
    links = await linksUnder()
  })

  test('opens its order for thirty days and not a moment longer', () => {
    const link = links.makeReceiptLink(NUMBER, MADE)
    expect(link.expiresAt).toEqual(daysLater(RECEIPT_LINK_DAYS))
    expect(links.openReceiptLink(NUMBER, keyOf(link), daysLater(RECEIPT_LINK_DAYS, -1))).toEqual(link)
    expect(links.openReceiptLink(NUMBER, keyOf(link), daysLater(RECEIPT_LINK_DAYS))).toBeNull()
  })

  test('opens no other order, and nothing once any sign of it is another', () => {
    const key = keyOf(links.makeReceiptLink(NUMBER, MADE))
    expect(links.openReceiptLink('7K4MQ-2XTW0', key, MADE)).toBeNull()
    for (const [place, sign] of [...key].entries()) {
      const other = key.slice(0, place) + (sign === 'a' ? 'b' : 'a') + key.slice(place + 1)
      expect(links.openReceiptLink(NUMBER, other, MADE), other).toBeNull()
    }
  })

  test.each([null, '', 'wrong', '..', 'a'.repeat(5_000), '\u0000'])('is not %j', (key) => {
    expect(links.openReceiptLink(NUMBER, key, MADE)).toBeNull()
  })

  test('cannot be made to last by another date', () => {
    const [id, , mac] = keyOf(links.makeReceiptLink(NUMBER, MADE)).split('.')
    expect(links.openReceiptLink(NUMBER, `${id}.zzzzzzzzz.${mac}`, MADE)).toBeNull()
  })
})

describe('a change of the secret', () => {
  const FIRST = 'the first secret, with more than 32 characters'
  const SECOND = 'the second secret, with more than 32 characters'

  test('leaves the links in mails alone while the one before is known, and makes new ones with the new one', async () => {
    const old = keyOf((await linksUnder({ SESSION_SECRET: FIRST })).makeReceiptLink(NUMBER, MADE))
    const changed = await linksUnder({ SESSION_SECRET: SECOND, SESSION_SECRET_BEFORE: FIRST })
    expect(changed.openReceiptLink(NUMBER, old, MADE)).not.toBeNull()
    const fresh = keyOf(changed.makeReceiptLink(NUMBER, MADE))
    expect(fresh.split('.')[0]).not.toBe(old.split('.')[0])
    const later = await linksUnder({ SESSION_SECRET: SECOND })
    expect(later.openReceiptLink(NUMBER, fresh, MADE)).not.toBeNull()
    expect(later.openReceiptLink(NUMBER, old, MADE)).toBeNull()
  })
})
