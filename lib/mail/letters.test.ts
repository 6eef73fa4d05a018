import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import { Mail, type MailKind } from '@/lib/domain/mail'
import type { Currency } from '@/lib/domain/money'
import { SAMPLE_MAILS, sampleOrder, sampleSnapshot } from '@/testing/sample-mail'

import { letterHtml } from './letter-html'
import { letterText } from './letter-text'
import { DARK, LIGHT } from './look'
import { writeLetter } from './write-letter'

const SHOP = { name: 'Plotterhouse', url: 'https://shop.example' }
const RECEIPT = 'https://shop.example/orders/7K4MQ-2XTVH?key=receiptkey'
const INVOICE = 'https://shop.example/orders/7K4MQ-2XTVH/invoice?key=k3y'
const KINDS = Object.keys(SAMPLE_MAILS) as MailKind[]

async function write(mail: Mail, snapshot = sampleSnapshot()) {
  const letter = await writeLetter(SHOP, mail, {
    order: () => Promise.resolve({ order: sampleOrder(snapshot), receiptUrl: RECEIPT, invoiceUrl: INVOICE }),
    payment: () => Promise.resolve({ snapshot }),
  })
  return { ...letter, html: letterHtml(letter, SHOP), text: letterText(letter, SHOP) }
}

/** The link targets in HTML. */
const linksIn = (html: string) => Array.from(html.matchAll(/href="([^"]*)"/g), ([, link]) => link)

describe.each(KINDS)('the mail %s', (kind) => {
  test('is one that the outbox takes', () => {
    expect(Mail.parse(SAMPLE_MAILS[kind])).toEqual(SAMPLE_MAILS[kind])
  })

  test('is whole in HTML and in text', async () => {
    const { subject, title, reason, preview, html, text } = await write(SAMPLE_MAILS[kind])
    for (const part of [subject, title, reason, preview]) expect(part.length).toBeGreaterThan(3)
    for (const version of [html, text]) {
      expect(version).not.toMatch(/undefined|null|NaN|\[object|Infinity/)
      expect(version).toContain('Plotterhouse')
    }
    expect(subject.length).toBeLessThanOrEqual(70)
    expect(text).toContain(title)
  })

  test('has the same links in both', async () => {
    const { html, text } = await write(SAMPLE_MAILS[kind])
    const links = linksIn(html).map((link) => (link ?? '').replaceAll('&amp;', '&'))
    for (const link of links.filter((each) => !each.endsWith('/privacy'))) expect(text).toContain(link)
    for (const link of links) expect(link).toMatch(/^https:\/\/(shop|post)\.example/)
  })

  test('has nothing in it that must be fetched, and colours for the dark', async () => {
    const { html } = await write(SAMPLE_MAILS[kind])
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).toContain('@media (prefers-color-scheme:dark)')
    expect(html).toContain(DARK.paper)
    expect(html).toContain('<html lang="en">')
    expect(html).not.toMatch(/<script|<link|@import|url\(/)
    for (const [image] of html.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/alt=""/)
  })

  test('keeps its text within 72 columns, links apart', async () => {
    const { text } = await write(SAMPLE_MAILS[kind])
    const long = text.split('\n').filter((line) => line.length > 72 && !line.startsWith('https://'))
    expect(long).toEqual([])
  })
})

describe('amounts', () => {
  test.each<[Currency, string, string]>([
    ['USD', '$73.00', '$28.00'],
    ['EUR', '€73.00', '€28.00'],
    ['GBP', '£73.00', '£28.00'],
    ['JPY', '¥7,300', '¥2,800'],
  ])('are in %s as people write it', async (currency, total, each) => {
    const { html, text } = await write(SAMPLE_MAILS.order_placed, sampleSnapshot(currency))
    for (const version of [html, text]) {
      expect(version).toContain(total)
      expect(version).toContain(`2 × ${each}`)
    }
  })

  test('name discount, tax and free delivery as the receipt does', async () => {
    const included = sampleSnapshot('EUR', {
      discountMinor: 700,
      discounts: [
        { discountId: 1, code: 'SPRING', label: 'Spring', of: 'goods', amountMinor: 700 },
        { discountId: 2, code: null, label: 'Free delivery', of: 'delivery', amountMinor: 600 },
      ],
      deliveryMinor: 0,
      taxMinor: 958,
      taxIncluded: true,
      taxLabel: 'VAT 19 %',
      totalMinor: 6_000,
    })
    const { text } = await write(SAMPLE_MAILS.order_placed, included)
    expect(text).toMatch(
      /Delivery +€6\.00\nSpring \(SPRING\) +−€7\.00\nFree delivery +−€6\.00\n-+\nTotal +€60\.00\nof which VAT 19 % +€9\.58/,
    )
    const added = sampleSnapshot('USD', { taxMinor: 486, taxLabel: 'Sales tax', totalMinor: 7_786 })
    expect((await write(SAMPLE_MAILS.order_placed, added)).text).toMatch(/Sales tax +\$4\.86\n-+\nTotal +\$77\.86/)
  })

  test('that went back say whether that was all', async () => {
    const whole = { ...SAMPLE_MAILS.refunded, amountMinor: 7_300 }
    expect((await write(whole)).text).toMatch(/\$73\.00 back to you through PayPal: all of/)
    expect((await write(SAMPLE_MAILS.refunded)).text).toMatch(/\$28\.00 back to you through PayPal: a part\s+of/)
  })
})

describe('links', () => {
  test('of an order open its receipt', async () => {
    const { html, text } = await write(SAMPLE_MAILS.order_placed)
    expect(linksIn(html)).toContain(RECEIPT)
    expect(text).toContain(`Open the receipt:\n${RECEIPT}`)
  })

  test('that sign in stand in full in both, with how long they work', async () => {
    const { html, text } = await write(SAMPLE_MAILS.sign_in_link)
    const url = 'https://shop.example/sign-in/link?token=n0tAr3alS3cret'
    expect(linksIn(html)).toContain(url)
    expect(html).toContain(`>${url}<`)
    expect(text).toContain(url)
    expect(text).toContain('15 minutes')
    expect((await write(SAMPLE_MAILS.order_lookup_link)).text).toContain('30 days')
  })

  test('that are secrets are in no subject and no preview', async () => {
    for (const kind of KINDS) {
      const { subject, preview } = await write(SAMPLE_MAILS[kind])
      expect(subject + preview).not.toContain('n0tAr3alS3cret')
    }
  })

  test('lead to pictures at the shop by their full address', async () => {
    const { html } = await write(SAMPLE_MAILS.order_placed)
    expect(html).toContain('src="https://shop.example/media/contour-14-400.webp" width="64" height="80"')
  })
})

test('an item without a picture keeps its place beside one that has one', async () => {
  const { html } = await write(SAMPLE_MAILS.order_placed)
  const rows = Array.from(html.matchAll(/<tr>((?!<tr>).)*(Contour No|Card, woven)[^]*?<\/tr>/g), ([row]) => row)
  expect(rows.map((row) => row.split('<td').length - 1)).toEqual([3, 3])
})

describe('hostile text', () => {
  const evil = `"><script>alert('x')</script><a href="https://evil.example">&amp;\r\nBcc: x@evil.example\u202e`

  test('in an order stays text in HTML and one line in text', async () => {
    const [line] = sampleSnapshot().lines
    const snapshot = sampleSnapshot('USD', {
      address: { ...sampleSnapshot().address, name: evil, line1: evil },
      lines: [{ ...line!, productName: evil, options: [{ name: evil, value: evil }] }],
    })
    const { html, text } = await write(SAMPLE_MAILS.order_placed, snapshot)
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;')
    expect(html).not.toMatch(/<script|<a href="https:\/\/evil|\u202e/)
    expect(text).not.toMatch(/^Bcc:|\r|\u202e/m)
  })

  test('in what a mail was told, and in the name of the shop, stays text', async () => {
    const letter = await writeLetter(
      { ...SHOP, name: evil },
      { ...SAMPLE_MAILS.staff_invite, invitedBy: evil },
      {} as never,
    )
    const html = letterHtml(letter, { ...SHOP, name: evil })
    expect(html).not.toMatch(/<script|\u202e/)
    expect(letterText(letter, { ...SHOP, name: evil })).not.toMatch(/^Bcc:|\r/m)
  })
})

test('the colours are the shop’s', async () => {
  const tokens = await readFile('app/tokens.css', 'utf8')
  const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)')
  for (const [name, value] of Object.entries(LIGHT)) expect(light).toContain(`--${name}: ${value};`)
  for (const [name, value] of Object.entries(DARK)) expect(dark).toContain(`--${name}: ${value};`)
})
