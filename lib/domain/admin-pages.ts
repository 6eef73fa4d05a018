import type { Permission } from './staff'

/** The places of /admin, in the order of the navigation, and what each asks for. The first that fits a path decides. */
export const ADMIN_PAGES = [
  { path: '/admin/orders', name: 'Orders', permission: 'orders.read' },
  { path: '/admin/returns', name: 'Returns', permission: 'orders.read' },
  { path: '/admin/customers', name: 'Customers', permission: 'customers.read' },
  { path: '/admin/products', name: 'Products', permission: 'catalogue.read' },
  { path: '/admin/stock', name: 'Stock', permission: 'catalogue.read' },
  { path: '/admin/payments', name: 'Payments', permission: 'payments.read' },
  { path: '/admin/settings', name: 'Settings', permission: 'settings.manage' },
  { path: '/admin/discounts', name: 'Discounts', permission: 'discounts.manage' },
  { path: '/admin/staff', name: 'Staff', permission: 'staff.manage' },
  { path: '/admin/audit', name: 'Audit log', permission: 'audit.read' },
  { path: '/admin', name: 'Today', permission: 'desk.open' },
] as const satisfies readonly { path: string; name: string; permission: Permission }[]

export type AdminPlace = (typeof ADMIN_PAGES)[number]['path']

/** Pages below a place that ask for more than the place does. */
const INNER_PAGES: readonly (readonly [path: RegExp, permission: Permission])[] = [
  [/^\/admin\/orders\/[^/]+\/(refund|cancel)$/, 'orders.refund'],
  [/^\/admin\/customers\/[^/]+\/erase$/, 'customers.erase'],
  [/^\/admin\/customers\/export$/, 'customers.export'],
  [/^\/admin\/returns\/[^/]+\/refund$/, 'orders.refund'],
  [/^\/admin\/orders\/bulk(\/|$)/, 'orders.fulfil'],
  [/^\/admin\/orders\/papers$/, 'orders.fulfil'],
  [/^\/admin\/orders\/export$/, 'orders.export'],
  [/^\/admin\/products\/(new$|import(\/|$))/, 'catalogue.edit'],
  [/^\/admin\/products\/export$/, 'catalogue.export'],
]

/** What is below the orders and is no order. */
const ORDERS_PLACES: readonly string[] = ['papers', 'bulk', 'export']

/** The order that a path of /admin is about; null for a path about none. */
export function orderNumberOfPath(pathname: string): string | null {
  const first = /^\/admin\/orders\/([^/]+)/.exec(pathname)?.[1]
  return first === undefined || ORDERS_PLACES.includes(first) ? null : first
}

/** What somebody must be allowed for anything to be at this path. */
export function permissionOfPath(pathname: string): Permission {
  const inner = INNER_PAGES.find(([path]) => path.test(pathname))
  if (inner) return inner[1]
  return ADMIN_PAGES.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))?.permission ?? 'desk.open'
}
