import { expect, test } from 'vitest'

import { judgePassword } from './judge-password'

const known = ['jane.doe@example.com', 'Jane Doe', 'Plotterhouse']
const judge = (password: string) => judgePassword(password, known)

test.each(['password1', 'iloveyou', 'ｐａｓｓｗｏｒｄ１', 'QWERTYUIOP'])(
  '%s is refused: it is on the lists',
  (password) => {
    expect(judge(password)).toMatch(/lists|easy to guess/)
  },
)

test.each(['Admin@123', 'Summer2024!', 'Football2024!', 'correct horse battery staple', 'correcthorsebatterystaple'])(
  '%s is refused: it is easy to guess',
  (password) => {
    expect(judge(password)).toMatch(/lists|easy to guess/)
  },
)

test.each(['Plotterhouse2026!', 'plotterhouse', 'janedoe-99', 'Jane Doe Jane Doe'])(
  '%s is refused: it is little else than what is known of the account',
  (password) => {
    expect(judge(password)).toMatch(/your name, your address or the shop’s/)
  },
)

test('a sentence is taken, also with the shop in it, and one that is too long or too short is told so', () => {
  expect(judge('seven quiet herons')).toBeNull()
  expect(judge('plotterhouse draws at night')).toBeNull()
  expect(judge('short')).toBe('Use at least 8 characters.')
  expect(judge('seven quiet herons '.repeat(7))).toBe('Use at most 128 characters.')
})
