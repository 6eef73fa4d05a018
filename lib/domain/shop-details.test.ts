import { describe, expect, test } from 'vitest'

import { fieldErrors, MailSender, Seller, ShopFace } from './shop-details'

const SELLER = {
  legalName: 'A Shop Ltd',
  addressLine1: '1 Market Street',
  addressLine2: '',
  addressCity: 'Bern',
  addressRegion: '',
  addressPostalCode: '3000',
  addressCountry: 'ch',
  taxId: '',
}

describe('what is set about a shop', () => {
  test('may be empty save its name, and has no line breaks or hidden characters', () => {
    const face = { name: ' A\nshop\u202e ', tagline: '', contactEmail: '' }
    expect(ShopFace.parse(face)).toEqual({ name: 'A shop', tagline: '', contactEmail: '' })
    const wrong = ShopFace.safeParse({ name: '\n', tagline: 'x'.repeat(161), contactEmail: 'nobody' })
    expect(wrong.success ? {} : fieldErrors(wrong.error)).toEqual({
      name: 'Enter the name of the shop.',
      tagline: 'Keep this under 160 characters.',
      contactEmail: 'Enter an e-mail address like name@example.com.',
    })
  })

  test('names a country that there is, whether or not it is delivered to', () => {
    expect(Seller.parse(SELLER).addressCountry).toBe('CH')
    expect(Seller.safeParse({ ...SELLER, addressCountry: 'XX' }).success).toBe(false)
    expect(Seller.safeParse({ ...SELLER, addressCountry: 'Switzerland' }).success).toBe(false)
  })

  test('puts nothing into a header that could be another address', () => {
    expect(MailSender.parse({ mailSenderName: 'A shop', mailReplyTo: 'Hello@Shop.example' })).toEqual({
      mailSenderName: 'A shop',
      mailReplyTo: 'hello@shop.example',
    })
    for (const mailSenderName of ['A <b@evil.example>', 'A, b@evil.example', '"A"']) {
      expect(MailSender.safeParse({ mailSenderName, mailReplyTo: '' }).success, mailSenderName).toBe(false)
    }
    expect(MailSender.safeParse({ mailSenderName: '', mailReplyTo: 'a@b.example, c@d.example' }).success).toBe(false)
  })
})
