import { expect, test } from 'vitest'

import { hasWayIn } from './member'

const none = { emailVerified: false, hasPassword: false, passkeys: 0, identities: 0 }

test('an account without any way in is closed to everybody', () => {
  expect(hasWayIn(none)).toBe(false)
})

test.each([{ emailVerified: true }, { hasPassword: true }, { passkeys: 1 }, { identities: 1 }])(
  'one way in is enough: %j',
  (way) => {
    expect(hasWayIn({ ...none, ...way })).toBe(true)
  },
)
