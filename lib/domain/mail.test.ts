import { describe, expect, test } from 'vitest'

import { Mail, MAIL_TRIES_MAX, mailLifeMinutes, nextMailTryInSeconds } from './mail'

const link = (path: string) => ({ kind: 'sign_in_link', path, minutes: 15 })

describe('a link in a mail', () => {
  test.each(['/sign-in/link?token=abc_-', '/orders/7K4MQ-2XTVH?key=x'])('may lead to %s', (path) => {
    expect(Mail.safeParse(link(path)).success).toBe(true)
  })

  test.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', '/a b', '/a\r\nBcc: b', ''])(
    'cannot lead to %j',
    (path) => {
      expect(Mail.safeParse(link(path)).success).toBe(false)
    },
  )

  test('to a carrier is https', () => {
    const shipped = (trackingUrl: string) => ({
      kind: 'shipped',
      orderId: '0b54f0a6-0f2c-4b0e-9f0a-3d3f7a0a6a11',
      carrier: 'Post',
      trackingNumber: null,
      trackingUrl,
      items: [],
    })
    expect(Mail.safeParse(shipped('https://post.example/1')).success).toBe(true)
    expect(Mail.safeParse(shipped('javascript:alert(1)')).success).toBe(false)
  })
})

describe('what a mail is told', () => {
  test('loses line breaks, control characters and reversals of the writing direction', () => {
    const mail = { kind: 'new_device', device: 'Firefox\r\nBcc: x@example.com\u202e\u0000', network: null }
    expect(Mail.parse(mail)).toEqual({ kind: 'new_device', device: 'Firefox Bcc: x@example.com', network: null })
  })

  test('is of use as long as its link, or for ever', () => {
    expect(mailLifeMinutes(Mail.parse(link('/x')))).toBe(15)
    expect(mailLifeMinutes({ kind: 'password_changed' })).toBeNull()
  })
})

describe('tries', () => {
  const waits = Array.from({ length: MAIL_TRIES_MAX - 1 }, (_, index) => nextMailTryInSeconds(index + 1) ?? 0)

  test('come ever more seldom and end after twelve, more than two days later', () => {
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits[0]).toBe(5)
    expect(waits.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(2 * 86_400)
    expect(nextMailTryInSeconds(MAIL_TRIES_MAX)).toBeNull()
  })
})
