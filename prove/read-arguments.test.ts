import { describe, expect, test } from 'vitest'

import { readArguments } from './read-arguments'

const KNOWN = ['model', 'kills', 'oversell']

describe('the arguments of npm run prove', () => {
  test('without any, every part runs in its full size', () => {
    const { names, sizes, otherwise } = readArguments([], KNOWN)
    expect(otherwise).toBe('full')
    expect(names).toEqual(KNOWN)
    expect(sizes.size).toBe(0)
  })

  test('a size alone leaves every part in the run, the others briefly', () => {
    const { names, sizes, otherwise, seed } = readArguments(['--kills', '100', '--seed', '7'], KNOWN)
    expect(names).toEqual(KNOWN)
    expect([...sizes]).toEqual([['kills', 100]])
    expect(otherwise).toBe('brief')
    expect(seed).toBe(7)
  })

  test('named parts run alone, in the order of the list', () => {
    const { names, otherwise } = readArguments(['oversell', 'kills', '--kills', '5'], KNOWN)
    expect(names).toEqual(['kills', 'oversell'])
    expect(otherwise).toBe('full')
  })

  test('one thing of a part is tried alone', () => {
    expect(readArguments(['kills', '--only', '8'], KNOWN).only).toBe(8)
    expect(readArguments(['kills'], KNOWN).only).toBeNull()
    expect(() => readArguments(['--only', '8'], KNOWN)).toThrow('of which part')
  })

  test.each([[['nonsense']], [['--nonsense', '1']], [['--kills']], [['--kills', 'many']], [['--seed', '1.5']]])(
    '%j is refused',
    (args) => {
      expect(() => readArguments(args, KNOWN)).toThrow()
    },
  )
})
