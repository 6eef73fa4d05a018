import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { expect, test } from 'vitest'

import { editsOf, MUTANTS } from './mutants'

const root = path.resolve(import.meta.dirname, '../..')

test.each(MUTANTS)('it is known where to break this: $name', async (mutant) => {
  for (const { file, find, replace } of editsOf(mutant)) {
    const text = await readFile(path.join(root, file), 'utf8')
    expect(text.split(find), file).toHaveLength(2)
    expect(replace).not.toBe(find)
  }
})

test('there are nineteen, each another', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(19)
})
