import { expect, test } from 'vitest'

import { permissionOfPath } from './admin-pages'
import { can, PERMISSIONS, planAccess, ROLES, STEP_UP_PERMISSIONS } from './staff'

const MINUTE = 60_000

test('only the owner decides who works here', () => {
  expect(ROLES.filter((role) => can(role, 'staff.manage'))).toEqual(['owner'])
})

test('whoever only reads changes nothing, and fulfilment moves no money', () => {
  const changes = PERMISSIONS.filter((permission) => !permission.endsWith('.read') && permission !== 'desk.open')
  expect(changes.filter((permission) => can('read_only', permission))).toEqual([])
  expect(
    ['orders.refund', 'payments.decide'].filter((permission) => can('fulfilment', permission as 'orders.refund')),
  ).toEqual([])
})

test('every role can open the desk', () => {
  expect(ROLES.every((role) => can(role, 'desk.open'))).toBe(true)
})

test('without a second factor nobody does anything', () => {
  for (const permission of PERMISSIONS) expect(planAccess('owner', permission, null)).toBe('second_factor')
})

test('a second factor serves twelve hours, and ten minutes for what moves money or takes data out', () => {
  for (const permission of PERMISSIONS) {
    const isGuarded = STEP_UP_PERMISSIONS.includes(permission)
    expect(planAccess('owner', permission, 10 * MINUTE)).toBe('allowed')
    expect(planAccess('owner', permission, 10 * MINUTE + 1)).toBe(isGuarded ? 'step_up' : 'allowed')
    expect(planAccess('owner', permission, 12 * 60 * MINUTE + 1)).toBe('second_factor')
  }
})

test('a role without the permission is refused before it is asked for anything', () => {
  expect(planAccess('read_only', 'orders.refund', null)).toBe('not_permitted')
})

test('papers of many orders are for whoever packs, and are not even there for whoever only reads', () => {
  const permission = permissionOfPath('/admin/orders/papers')
  expect(ROLES.filter((role) => can(role, permission))).toEqual(['owner', 'manager', 'fulfilment'])
})
