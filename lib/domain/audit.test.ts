import { createHash } from 'node:crypto'

import { expect, test } from 'vitest'

import { canonicalJson, CHAIN_START, judgeLink, type ChainLink } from './audit'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

function chain(payloads: readonly string[]): ChainLink[] {
  const links: ChainLink[] = []
  for (const payload of payloads) {
    const previousHash = links.at(-1)?.hash ?? CHAIN_START
    links.push({ id: links.length + 1, payload, previousHash, hash: hashOf(previousHash + payload) })
  }
  return links
}

function problems(links: readonly ChainLink[]) {
  return links.flatMap((link, at) => judgeLink(links[at - 1] ?? null, link, hashOf) ?? [])
}

test('the order of keys does not change what is hashed', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}')
})

test('a whole chain has nothing wrong', () => {
  expect(problems(chain(['a', 'b', 'c']))).toEqual([])
})

test('an entry that was changed is named', () => {
  expect(problems(chain(['a', 'b', 'c']).map((link) => (link.id === 2 ? { ...link, payload: 'x' } : link)))).toEqual([
    'entry 2 was changed',
  ])
})

test('an entry that was changed and hashed anew is found by the one after it', () => {
  const links = chain(['a', 'b', 'c'])
  const forged = links.map((link) =>
    link.id === 2 ? { ...link, payload: 'x', hash: hashOf(`${link.previousHash}x`) } : link,
  )
  expect(problems(forged)).toEqual(['entry 3 does not follow the one before it'])
})

test('an entry that was taken out is missed', () => {
  expect(problems(chain(['a', 'b', 'c']).filter(({ id }) => id !== 2))).toEqual(['entry 2 is missing'])
})
