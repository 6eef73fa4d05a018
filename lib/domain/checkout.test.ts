import { describe, expect, test } from 'vitest'

import {
  CheckoutDraft,
  completeDetails,
  DeliveryMethodId,
  Email,
  EMPTY_CHECKOUT_DRAFT,
  firstOpenStep,
} from './checkout'

const ADDRESS = {
  name: 'R. Example',
  line1: 'Lindenweg 7',
  line2: '',
  city: 'Berlin',
  region: '',
  postalCode: '10115',
  country: 'DE',
}
const COMPLETE: CheckoutDraft = { version: 1, email: 'reader@example.com', address: ADDRESS, deliveryMethodId: 3 }

describe('an e-mail address', () => {
  test.each([
    ['reader@example.com', 'reader@example.com'],
    ['  Reader@Example.COM ', 'reader@example.com'],
    ['first.last+prints@sub.example.co.uk', 'first.last+prints@sub.example.co.uk'],
  ])('%j is one mailbox', (typed, stored) => {
    expect(Email.parse(typed)).toBe(stored)
  })

  test.each([
    ['nothing', ''],
    ['no domain', 'reader'],
    ['no name', '@example.com'],
    ['two mailboxes', 'reader@example.com,other@example.com'],
    ['two mailboxes apart', 'reader@example.com other@example.com'],
    ['a display name', 'Reader <reader@example.com>'],
    ['a quoted part', '"reader@example.com"@example.org'],
    ['a line break and a header', 'reader@example.com\nBcc: other@example.com'],
    ['a null character', 'reader\u0000@example.com'],
    ['a group', 'readers:reader@example.com;'],
    ['a route', '@example.org:reader@example.com'],
    ['a comment', 'reader(comment)@example.com'],
    ['an address literal', 'reader@[127.0.0.1]'],
    ['a letter from another alphabet', 'r\u0435ader@example.com'],
    ['a name of 65 characters', `${'x'.repeat(65)}@example.com`],
    ['a tail of 300 characters', `reader@${'x'.repeat(300)}.com`],
  ])('%s is refused', (_what, typed) => {
    expect(Email.safeParse(typed).success).toBe(false)
  })
})

describe('a delivery method', () => {
  test('is a number as a form sends it', () => {
    expect(DeliveryMethodId.parse('3')).toBe(3)
  })

  test.each(['', '0', '-1', '1.5', 'express', '2147483648', null, undefined])(
    '%j is refused with one sentence',
    (typed) => {
      expect(DeliveryMethodId.safeParse(typed).error?.issues[0]?.message).toBe('Choose a delivery method.')
    },
  )
})

describe('the step that needs the shopper', () => {
  test.each([
    ['contact', EMPTY_CHECKOUT_DRAFT],
    ['contact', { ...COMPLETE, email: null }],
    ['contact', { ...COMPLETE, email: 'reader' }],
    ['address', { ...COMPLETE, address: null }],
    ['address', { ...COMPLETE, address: { ...ADDRESS, postalCode: 'nonsense' } }],
    ['address', { ...COMPLETE, address: { ...ADDRESS, country: 'XX' } }],
    ['delivery', { ...COMPLETE, deliveryMethodId: null }],
    ['review', COMPLETE],
  ] as const)('is %s', (step, draft) => {
    expect(firstOpenStep(draft)).toBe(step)
  })

  test('details are complete exactly when only the review is left', () => {
    const drafts: CheckoutDraft[] = [
      EMPTY_CHECKOUT_DRAFT,
      COMPLETE,
      { ...COMPLETE, email: 'reader' },
      { ...COMPLETE, address: { ...ADDRESS, city: '' } },
      { ...COMPLETE, deliveryMethodId: null },
    ]
    for (const draft of drafts) expect(completeDetails(draft) !== null).toBe(firstOpenStep(draft) === 'review')
  })
})

test('the longest draft a form can leave behind fits its sealed cookie', () => {
  const wide = (length: number) => '\u4e00'.repeat(length)
  const draft = CheckoutDraft.parse({
    version: 1,
    email: 'x'.repeat(254),
    address: {
      name: wide(120),
      line1: wide(120),
      line2: wide(120),
      city: wide(80),
      region: wide(40),
      postalCode: wide(20),
      country: 'GB',
    },
    deliveryMethodId: 2_147_483_647,
  })
  // Sealing adds a third for base64 and some 300 characters; 4,096 bytes are what a browser keeps.
  expect(Buffer.byteLength(JSON.stringify(draft)) * (4 / 3) + 300).toBeLessThan(4_000)
})
