import { crc32 } from 'node:zlib'

import { expect, test } from 'vitest'

import { forgeChecksum } from './forge-checksum'

test('another text gets the checksum of a genuine one, so a checksum proves nothing about a body', () => {
  const genuine = crc32('{"id":"WH-1","amount":"1.00"}')
  const forged = forgeChecksum('{"id":"WH-2","amount":"999.00","note":"~"}', genuine)
  expect(crc32(forged ?? '')).toBe(genuine)
  expect(JSON.parse(forged ?? '')).toMatchObject({ id: 'WH-2', amount: '999.00' })
})
