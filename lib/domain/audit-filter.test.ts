import { expect, test } from 'vitest'

import { auditQuery, parseAuditFilter } from './audit-filter'

test('a filter survives its own address', () => {
  const filter = parseAuditFilter({ subject: ' order 7K4MQ-2XTVH ', who: 'Ada@Example.com' })
  expect(filter).toEqual({ subject: 'order 7K4MQ-2XTVH', actorEmail: 'ada@example.com', before: null })
  const next = Object.fromEntries(new URLSearchParams(auditQuery(filter, 70)))
  expect(parseAuditFilter(next)).toEqual({ ...filter, before: 70 })
})

test('what cannot be understood is left out', () => {
  const nothing = parseAuditFilter({})
  for (const before of ['-1', '0', '1.5', 'x', '1e400', '\0']) {
    expect(parseAuditFilter({ subject: '\0', who: ' \0 ', before }), before).toEqual(nothing)
  }
  expect(parseAuditFilter({ subject: ['a', 'b'] })).toEqual(nothing)
  expect(parseAuditFilter({ subject: 'order\0 1' }).subject).toBe('order  1')
})
