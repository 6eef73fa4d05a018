import { randomUUID } from 'node:crypto'

import { expect, type Browser } from '@playwright/test'

import { buySomething, newEmail } from './buying'
import { query, takeProduct } from './stage'
import { owner } from './staff'

/** Puts in one of each thing that /admin has a page for. Answers where its page is, as `/admin/orders/[orderNumber]`. */
export async function makeOneOfEach(browser: Browser): Promise<(page: string) => string> {
  const email = newEmail()
  const buyer = await browser.newContext()
  const orderNumber = await buySomething(await buyer.newPage(), email)
  await buyer.close()
  const { productId, variantId } = await takeProduct()
  const known: Record<string, string> = {
    orderNumber,
    productId: String(productId),
    variantId: String(variantId),
    eventId: await anyEvent(),
    returnId: await insertReturn(orderNumber),
    jobId: await insertJob(),
    importId: await insertImport(),
    id: await insertDiscount(),
    customerId: await firstOf('select id::text from members limit 1'),
  }
  return (page) =>
    page
      .replaceAll(/\[(\w+)\]/g, (_, name: string) => known[name] ?? '')
      .replace(/customers\/guest.*/, `$&?email=${email}`)
}

async function firstOf(sql: string, values: unknown[] = []): Promise<string> {
  return (await query<{ id: string }>(sql, values))[0]?.id ?? ''
}

/** PayPal tells of the payment a moment after it. */
async function anyEvent(): Promise<string> {
  let id = ''
  await expect.poll(async () => (id = await firstOf('select id from webhook_events limit 1'))).not.toBe('')
  return id
}

function insertReturn(orderNumber: string): Promise<string> {
  return firstOf(
    "insert into returns (id, order_id, reason) select $2, id, 'other' from orders where order_number = $1 returning id",
    [orderNumber, randomUUID()],
  )
}

function insertJob(): Promise<string> {
  return firstOf(
    `with job as (
       insert into bulk_jobs (id, kind, member_id, started_at, finished_at)
       select $1, 'invoices', id, now(), now() from members where email = $2 returning id
     )
     insert into bulk_rows (job_id, position, order_number, carrier, shipment_id, state, note)
     select id, 0, 'nonsense', '', gen_random_uuid(), 'wrong', 'No' from job
     returning job_id as id`,
    [randomUUID(), owner().email],
  )
}

function insertImport(): Promise<string> {
  return firstOf(
    `insert into catalogue_imports (id, file_name, actor_id, actor_email, rows, state)
     values ($1, 'goods.csv', $1, 'nobody', 0, 'discarded') returning id`,
    [randomUUID()],
  )
}

function insertDiscount(): Promise<string> {
  return firstOf(
    "insert into discounts (code, label, kind, value) values ($1, 'A tenth off', 'percent', 1000) returning id::text",
    [`EACH${randomUUID().slice(0, 8).toUpperCase()}`],
  )
}
