import { ADMIN_PAGES, type AdminPlace } from './admin-pages'
import { can, type Permission, type Role } from './staff'

/** A page that can be gone to by its name. */
export interface Place {
  readonly path: string
  readonly name: string
  /** The letter after `g` that goes there. */
  readonly key?: string
}

/** After `g`, which is for “go”. */
const GO_KEYS: Partial<Record<AdminPlace, string>> = {
  '/admin': 't',
  '/admin/orders': 'o',
  '/admin/returns': 'r',
  '/admin/customers': 'c',
  '/admin/products': 'i',
  '/admin/stock': 'k',
  '/admin/payments': 'p',
  '/admin/settings': 's',
  '/admin/discounts': 'd',
  '/admin/staff': 'w',
  '/admin/audit': 'a',
}

/** Pages below the places of the navigation that somebody would look for by name. */
const INNER_PLACES: readonly { readonly path: string; readonly name: string; readonly permission: Permission }[] = [
  { path: '/admin/customers?kind=guests', name: 'Guests', permission: 'customers.read' },
  { path: '/admin/payments/disputes', name: 'Disputes', permission: 'payments.read' },
  { path: '/admin/payments/webhooks', name: 'Webhooks', permission: 'payments.read' },
  { path: '/admin/payments/comparisons', name: 'Comparisons with PayPal', permission: 'payments.read' },
  { path: '/admin/settings/delivery', name: 'Delivery zones and rates', permission: 'settings.manage' },
  { path: '/admin/settings/taxes', name: 'Tax rates', permission: 'settings.manage' },
  { path: '/admin/settings/mail', name: 'Mail sender', permission: 'settings.manage' },
  { path: '/admin/settings/paypal', name: 'State of PayPal', permission: 'settings.manage' },
  { path: '/admin/me', name: 'My second factor', permission: 'desk.open' },
]

/** Where this role can go, the places of the navigation first. */
export function placesOf(role: Role): Place[] {
  const places = ADMIN_PAGES.filter(({ permission }) => can(role, permission)).map(({ path, name }) => {
    const key = GO_KEYS[path]
    return { path, name, ...(key === undefined ? {} : { key }) }
  })
  const inner = INNER_PLACES.filter(({ permission }) => can(role, permission)).map(({ path, name }) => ({ path, name }))
  return [...places, ...inner]
}

/** Something that was found by what somebody typed. */
export interface Found {
  readonly href: string
  readonly name: string
  readonly detail: string
}

export interface FoundGroup {
  readonly name: 'Orders' | 'Customers' | 'Products'
  readonly found: readonly Found[]
}

/** Shorter than that nearly everything begins like it. */
export const FIND_MIN = 2
