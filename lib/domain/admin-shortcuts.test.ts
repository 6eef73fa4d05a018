import { expect, test } from 'vitest'

import { permissionOfPath } from './admin-pages'
import { placesOf } from './admin-shortcuts'
import { can, ROLES } from './staff'

test('every letter goes to one place', () => {
  const keys = placesOf('owner').flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.length).toBeGreaterThan(5)
})

test('nobody is offered a place that is not for their role', () => {
  for (const role of ROLES) {
    for (const { path } of placesOf(role)) {
      expect(can(role, permissionOfPath(path.split('?')[0] ?? '')), `${role} at ${path}`).toBe(true)
    }
  }
  expect(placesOf('fulfilment').map(({ path }) => path)).not.toContain('/admin/payments/disputes')
})
