import { afterAll, beforeAll, expect, test } from 'vitest'

import { listProductsForStaff } from '@/db/queries/product-list'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import { parseAuditFilter } from '@/lib/domain/audit-filter'
import { parseCustomerFilter } from '@/lib/domain/customer'
import { parseInboxFilter } from '@/lib/domain/inbox-filter'
import { readOrderCursor } from '@/lib/domain/order-cursor'
import { ORDER_SORTS, parseOrderFilter } from '@/lib/domain/order-filter'
import { parseProductCursor, parseProductFilter } from '@/lib/domain/product-filter'
import { readTimeCursor } from '@/lib/domain/time-cursor'
import { newAdmin } from '@/testing/test-admin'

import { getAudit } from './audit'
import { getCustomers } from './customers/customers'
import { findAnything } from './find-anything'
import { getOrderPage } from './order-desk'
import { getInbox } from './webhook-inbox'

let shop: TestDatabase

beforeAll(async () => {
  shop = await createTestDatabase()
})
afterAll(() => shop.drop())

const UUID = '0190a7b2-8b1d-4e4e-9c3a-0d5f6a7b8c9d'
const TEXTS = ['\0', 'a\0b', '%', '\\', "'", '\ud800', '\u202e', 'x'.repeat(5_000)]
const DAYS = ['0000-01-01', '0001-01-01', '2026-02-31', '9999-12-31', '+10000-01-01', '\0']
const TIMES = [
  '0000-01-01 00:00:00+00',
  '2026-99-99 99:99:99+99',
  '2026-02-30 00:00:00+00',
  '9999-12-31 23:59:59+15:59',
]
const AFTERS = [
  ...TEXTS,
  ...TIMES.flatMap((at) => [`${at}~x`, `${at}~${UUID}`, `${at}_${UUID}`]),
  '1_\0',
  '999999999_z',
]

test.each(ORDER_SORTS)('no address breaks the list of orders, %s', async (sort) => {
  const admin = await newAdmin(shop.db, 'owner', 'orders.read')
  const asked = [
    ...TEXTS.map((q) => ({ q, state: q, country: q, payment: q })),
    ...DAYS.flatMap((day) => [{ from: day }, { until: day }, { from: day, until: day }]),
  ]
  for (const each of asked) {
    const filter = parseOrderFilter({ ...each, sort })
    expect((await getOrderPage(shop.db, admin, filter, null)).orders).toEqual([])
  }
  for (const after of AFTERS) {
    const cursor = readOrderCursor(after, sort)
    expect((await getOrderPage(shop.db, admin, parseOrderFilter({ sort }), cursor)).orders).toEqual([])
  }
})

test('no address breaks the customers, the products, what PayPal told, the audit log or the search for all', async () => {
  const admin = await newAdmin(shop.db, 'owner', 'customers.read')
  const cashier = await newAdmin(shop.db, 'owner', 'payments.read')
  const auditor = await newAdmin(shop.db, 'owner', 'audit.read')
  const anybody = await newAdmin(shop.db, 'owner', 'desk.open')
  for (const odd of [...AFTERS, ...DAYS]) {
    for (const kind of ['members', 'guests']) {
      await getCustomers(shop.db, admin, parseCustomerFilter({ kind, q: odd }), null)
      await getCustomers(shop.db, admin, parseCustomerFilter({ kind }), odd)
    }
    await listProductsForStaff(shop.db, parseProductFilter({ q: odd }), { after: parseProductCursor(odd), limit: 1 })
    await getInbox(shop.db, cashier, parseInboxFilter({ q: odd, type: odd }), readTimeCursor(odd))
    const { subject, actorEmail, before } = parseAuditFilter({ subject: odd, who: odd, before: odd })
    await getAudit(shop.db, auditor, {
      ...(subject ? { subject } : {}),
      ...(actorEmail ? { actorEmail } : {}),
      ...(before ? { before } : {}),
    })
    await findAnything(shop.db, anybody, odd)
  }
})
