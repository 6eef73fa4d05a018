import { describe, expect, test } from 'vitest'

import { contextWords, leansOn } from './password'

const words = contextWords(['jane.doe@example.com', 'Jane Döe', 'Plotter House'])

describe('a password leans on what is known', () => {
  test.each([
    'jane.doe@example.com',
    'JaneDoe99',
    'janedoe2026!',
    'plotterhouse',
    'Plotterhouse2026!',
    'PL0TT3RH0U$E',
    'plotter house 26',
    'house-house-house',
    'ｐｌｏｔｔｅｒｈｏｕｓｅ１',
    'doe jane example',
  ])('when it is %s', (password) => {
    expect(leansOn(words, password)).toBe(true)
  })

  test.each([
    'seven quiet herons',
    'plotterhouse draws at night',
    'house of seven herons',
    'jane eats marmalade',
    'x9$kQ2!z',
  ])('but not when it is %s', (password) => {
    expect(leansOn(words, password)).toBe(false)
  })
})

test('what is too short to be told from other words is no word, and nothing known is no reason', () => {
  expect(contextWords(['Al', '', 'a.b@c.de'])).not.toContain('al')
  expect(leansOn(contextWords(['', 'Al']), 'alal12')).toBe(false)
  expect(leansOn([], 'anything')).toBe(false)
})
