import 'server-only'

import type { Database } from '@/db/client'
import { findProductsNamed } from '@/db/queries/find-products'
import { listGuests, listMembers } from '@/db/queries/customers'
import { listOrders } from '@/db/queries/order-list'
import { FIND_MIN, type Found, type FoundGroup } from '@/lib/domain/admin-shortcuts'
import { customerPath } from '@/lib/domain/customer'
import { formatMoney } from '@/lib/domain/money'
import { oneLine } from '@/lib/domain/one-line'
import { parseOrderFilter } from '@/lib/domain/order-filter'
import { can } from '@/lib/domain/staff'

import type { Admin } from './admin'

const EACH = 5

/** What begins like the text: orders, customers and products, as far as the role may see them. */
export async function findAnything(db: Database, { role }: Admin<'desk.open'>, typed: string): Promise<FoundGroup[]> {
  const text = oneLine(typed).slice(0, 200)
  if (text.length < FIND_MIN) return []
  const groups = await Promise.all([
    group('Orders', can(role, 'orders.read') ? findOrders(db, text) : []),
    group('Customers', can(role, 'customers.read') ? findCustomers(db, text.toLowerCase()) : []),
    group('Products', can(role, 'catalogue.read') ? findProducts(db, text) : []),
  ])
  return groups.filter(({ found }) => found.length > 0)
}

async function group(name: FoundGroup['name'], found: Promise<Found[]> | Found[]): Promise<FoundGroup> {
  return { name, found: await found }
}

async function findOrders(db: Database, text: string): Promise<Found[]> {
  const orders = await listOrders(db, parseOrderFilter({ q: text }), { after: null, limit: EACH })
  return orders.map(({ orderNumber, name, total }) => ({
    href: `/admin/orders/${orderNumber}`,
    name: orderNumber,
    detail: `${name}, ${formatMoney(total)}`,
  }))
}

async function findCustomers(db: Database, search: string): Promise<Found[]> {
  const [members, guests] = await Promise.all([
    listMembers(db, { search, after: null, limit: EACH }),
    listGuests(db, { search, after: null, limit: EACH }),
  ])
  return [
    ...members.map(({ id, name, email }) => ({
      href: customerPath({ kind: 'member', memberId: id }),
      name: name || email,
      detail: name ? email : 'Member',
    })),
    ...guests.map(({ email, name }) => ({ href: customerPath({ kind: 'guest', email }), name, detail: email })),
  ].slice(0, EACH)
}

async function findProducts(db: Database, text: string): Promise<Found[]> {
  const products = await findProductsNamed(db, text, EACH)
  return products.map(({ id, name, state }) => ({ href: `/admin/products/${id}`, name, detail: state }))
}
