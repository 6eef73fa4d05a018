/** Who works in the shop, from the most to the least trusted. */
export const ROLES = ['owner', 'manager', 'fulfilment', 'support', 'read_only'] as const
export type Role = (typeof ROLES)[number]

/** What can be done in /admin. A verb asks for one of these as a value (`Admin<'orders.refund'>`). */
export const PERMISSIONS = [
  'desk.open',
  'orders.read',
  'orders.fulfil',
  'orders.edit',
  'orders.refund',
  'orders.export',
  'customers.read',
  'customers.edit',
  'customers.export',
  'customers.erase',
  'payments.read',
  'payments.decide',
  'settings.manage',
  'discounts.manage',
  'catalogue.read',
  'catalogue.edit',
  'catalogue.export',
  'stock.adjust',
  'staff.manage',
  'audit.read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const READ: readonly Permission[] = ['desk.open', 'orders.read', 'customers.read', 'payments.read', 'catalogue.read']

/** The one table of who may do what. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  manager: PERMISSIONS.filter((permission) => permission !== 'staff.manage'),
  fulfilment: ['desk.open', 'orders.read', 'orders.fulfil', 'orders.edit', 'catalogue.read', 'stock.adjust'],
  support: [...READ, 'orders.edit', 'orders.refund', 'customers.edit'],
  read_only: READ,
}

/** What moves money, takes data out, or decides how the shop sells and who may work here asks for the second factor again. */
export const STEP_UP_PERMISSIONS: readonly Permission[] = [
  'orders.refund',
  'orders.export',
  'customers.export',
  'customers.erase',
  'payments.decide',
  'settings.manage',
  'catalogue.export',
  'staff.manage',
]
/** A second factor given less than this ago is enough for those. */
export const STEP_UP_MINUTES = 10
/** And for everything else: about a working day. */
export const SECOND_FACTOR_HOURS = 12

export const RECOVERY_CODES = 10

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  manager: 'Manager',
  fulfilment: 'Fulfilment',
  support: 'Support',
  read_only: 'Read only',
}

/** One sentence each, for whoever chooses a role for somebody. */
export const ROLE_TEXTS: Readonly<Record<Role, string>> = {
  owner: 'Everything, and who else may work here.',
  manager: 'Everything but who works here.',
  fulfilment: 'Packs, ships and counts stock. Sees no payments and moves no money.',
  support: 'Answers buyers, corrects orders and gives money back.',
  read_only: 'Sees orders, customers, payments and products, and changes nothing.',
}

export function can(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission)
}

/** The second factors of somebody who works here. */
export interface Factors {
  readonly hasTotp: boolean
  /** Those that are a second factor; what only signs in is none. */
  readonly passkeys: number
}

/** False for whoever is yet to set one up. */
export function isSetUp({ hasTotp, passkeys }: Factors): boolean {
  return hasTotp || passkeys > 0
}

/** What `planAccess` and `planFactorChange` look at of a session. */
export interface SessionAge {
  /** Signed in a moment ago. */
  readonly fresh: boolean
  /** Since the last second factor in this session; null for none. */
  readonly secondFactorAgeMs: number | null
}

/** Whether the second factor of this session was given less than ten minutes ago. */
export function isStepUpFresh({ secondFactorAgeMs }: Pick<SessionAge, 'secondFactorAgeMs'>): boolean {
  return secondFactorAgeMs !== null && secondFactorAgeMs <= STEP_UP_MINUTES * 60_000
}

/**
 * Whether a second factor may be added or taken away now. Whoever has none yet sets up the first right after signing in; from then
 * on it takes the one there is, or a password that leaked would be enough to make another.
 */
export function planFactorChange(factors: Factors, session: SessionAge): 'allowed' | 'sign_in_again' | 'step_up' {
  if (isSetUp(factors)) return isStepUpFresh(session) ? 'allowed' : 'step_up'
  return session.fresh ? 'allowed' : 'sign_in_again'
}

export type Access = 'allowed' | 'not_permitted' | 'second_factor' | 'step_up'

/** Whether somebody of this role may do this now. `secondFactorAgeMs`: since the last one in this session; null for none. */
export function planAccess(role: Role, permission: Permission, secondFactorAgeMs: number | null): Access {
  if (!can(role, permission)) return 'not_permitted'
  if (secondFactorAgeMs === null || secondFactorAgeMs > SECOND_FACTOR_HOURS * 3_600_000) return 'second_factor'
  const needsFresh = STEP_UP_PERMISSIONS.includes(permission)
  return needsFresh && !isStepUpFresh({ secondFactorAgeMs }) ? 'step_up' : 'allowed'
}
