import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { createDatabase, inTransaction, type Database } from '@/db/client'
import {
  countPapersInTrouble,
  findFailedPaper,
  findInvoiceIssue,
  insertInvoice,
  lockPaperSeries,
  type InvoiceRow,
} from '@/db/queries/papers'
import type { Admin } from '@/lib/admin/admin'
import { getExchangeRates, listMissingRates, saveExchangeRate } from '@/lib/admin/settings/exchange-rates'
import type { InvoiceContent, PaperBuyer } from '@/lib/domain/invoice'
import type { CreditNoteContent } from '@/lib/domain/credit-note'
import { cancelOrder } from '@/lib/fulfilment/cancel-order'
import { refundOrder } from '@/lib/fulfilment/refund-order'
import { tamper } from '@/testing/tamper'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer, openTestShop, type BoughtOrder, type TestShop } from '@/testing/test-buyer'

import { issuePapers } from './issue-papers'
import { listOwnPapers } from './list-own-papers'
import { printInvoice } from './print-order-papers'

let shop: TestShop
let cashier: Admin<'orders.refund'>
let keeper: Admin<'settings.manage'>
let reader: Admin<'orders.read'>

beforeAll(async () => {
  shop = await openTestShop()
  cashier = await newAdmin(shop.db, 'support', 'orders.refund')
  keeper = await newAdmin(shop.db, 'owner', 'settings.manage')
  reader = await newAdmin(shop.db, 'read_only', 'orders.read')
})
afterAll(() => shop.close())
beforeEach(() => issuePapers(shop.db))

const bought = async () => buy(shop, await newBuyer(shop.db, { quantity: 2 }))

async function numbersOf(table: 'invoices' | 'credit_notes'): Promise<number[]> {
  const { rows } = await shop.db.execute<{ number: number }>(
    sql`select number from ${sql.identifier(table)} order by number`,
  )
  return rows.map(({ number }) => number)
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

async function invoiceOf({ id }: BoughtOrder): Promise<InvoiceRow | undefined> {
  const { rows } = await shop.db.execute<InvoiceRow & Record<string, unknown>>(
    sql`select number, content, buyer from invoices where order_id = ${id}`,
  )
  return rows[0]
}

async function anInvoice(): Promise<{ content: InvoiceContent; buyer: PaperBuyer }> {
  const order = await bought()
  await issuePapers(shop.db)
  const { content, buyer } = (await invoiceOf(order)) ?? {}
  if (!content || !buyer) throw new Error('no invoice')
  return { content, buyer }
}

const refund = (order: BoughtOrder, request: Parameters<typeof refundOrder>[2]['request']) =>
  refundOrder(shop.services, cashier, {
    orderNumber: order.orderNumber,
    seenEventId: null,
    refundId: randomUUID(),
    request,
    shownMinor: null,
    note: '',
  })

describe('an order has an invoice', () => {
  test('once it exists: with the next number, and all that is needed to print it again', async () => {
    const before = (await numbersOf('invoices')).length
    const order = await bought()
    const path = `/orders/${order.orderNumber}/invoice`
    expect(await listOwnPapers(shop.db, order, null)).toEqual([{ name: 'Invoice', path }])
    expect(await printInvoice(shop.db, reader, order.orderNumber)).toEqual({ kind: 'not_yet' })
    expect(await printInvoice(shop.db, reader, 'CW-NEVER-WAS')).toEqual({ kind: 'not_found' })
    expect(await issuePapers(shop.db)).toBe(1)
    expect(await listOwnPapers(shop.db, order, null)).toEqual([{ name: expect.stringMatching(/^Invoice INV-/), path }])
    expect(await issuePapers(shop.db)).toBe(0)
    expect(await invoiceOf(order)).toMatchObject({
      number: before + 1,
      content: {
        orderNumber: order.orderNumber,
        seller: {
          name: 'Test Shop Ltd',
          addressLines: ['1 Example Street', expect.stringContaining('Exampletown'), 'United States'],
        },
        totalMinor: order.totalMinor,
        taxes: [
          { label: 'Sales tax 7.25 %', ratePpm: 72_500, netMinor: 5_600, taxMinor: 406 },
          { label: '', ratePpm: 0, netMinor: 600, taxMinor: 0 },
        ],
      },
      buyer: { email: 'buyer@example.com', address: { city: 'San Francisco' } },
    })
  })

  test('but not before the shop says who sells', async () => {
    await shop.db.execute(sql`update shop_settings set address_line1 = ''`)
    const order = await bought()
    expect(await issuePapers(shop.db)).toBe(0)
    expect(await invoiceOf(order)).toBeUndefined()
    expect(await findInvoiceIssue(shop.db, order.id)).toBe('no_address')
    await shop.db.execute(sql`update shop_settings set address_line1 = '1 Example Street'`)
    await shop.db.execute(sql`update papers_due set available_at = now()`)
    expect(await issuePapers(shop.db)).toBe(1)
    expect(await numbersOf('invoices')).toEqual(upTo((await invoiceOf(order))?.number ?? 0))
  })
})

describe('tax that is owed in another currency', () => {
  test('stands on the invoice and its credit notes by the rate of the day of the payment, which it waits for as long as it takes', async () => {
    await shop.db.execute(
      sql`insert into delivery_zone_countries (country, zone_id) select 'PL', id from delivery_zones`,
    )
    await shop.db.execute(sql`insert into tax_rates (country, label, rate_ppm, prices_include, applies_to_delivery)
      values ('PL', 'VAT 23 %', 230000, true, true)`)
    const street = { name: 'A Buyer', line1: 'Marszałkowska 1', line2: '', city: 'Warszawa', region: '' }
    const address = { ...street, postalCode: '00-950', country: 'PL' }
    const toPoland = async () => buy({ ...shop, draft: { ...shop.draft, address } }, await newBuyer(shop.db))
    const late = await toPoland()
    await issuePapers(shop.db)
    await tamper(shop.db, sql`update orders set placed_at = placed_at - interval '2 days' where id = ${late.id}`)
    await shop.db.execute(sql`update papers_due set available_at = now()`)
    const other = await bought()
    // No other waits for it, and the series has no gap.
    expect(await issuePapers(shop.db)).toBe(1)
    expect(await numbersOf('invoices')).toEqual(upTo((await invoiceOf(other))?.number ?? 0))
    expect(await invoiceOf(late)).toBeUndefined()
    expect(await findInvoiceIssue(shop.db, late.id)).toBe('no_rate')
    expect(await listOwnPapers(shop.db, late, null)).toEqual([{ name: 'Invoice', path: null }])
    expect(await printInvoice(shop.db, reader, late.orderNumber)).toMatchObject({ kind: 'waits' })
    expect(await countPapersInTrouble(shop.db)).toEqual({ no_rate: 1, no_address: 0, failed: 0 })
    expect(await listMissingRates(shop.db, new Date())).toEqual(['USD PLN'])
    const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const rateSince = async (day: number, perUnitMicro: number) =>
      saveExchangeRate(shop.db, keeper, {
        isNew: true,
        seen: 0,
        base: 'USD',
        rate: { currency: 'PLN', since: dayAfter(day), perUnitMicro },
      })
    const missing = [{ base: 'USD', currency: 'PLN', day: dayAfter(-2), count: 1, orderNumbers: [late.orderNumber] }]
    expect(await getExchangeRates(shop.db, keeper)).toMatchObject({ missing })
    // A rate that begins after the payment is none for it: the order's day is still asked for once that rate counts.
    await rateSince(1, 9_000_000)
    expect(await getExchangeRates(shop.db, keeper)).toMatchObject({ missing })
    expect(await listMissingRates(shop.db, new Date(Date.now() + 86_400_000))).toEqual(['USD PLN'])
    expect(await issuePapers(shop.db)).toBe(0)
    expect(await countPapersInTrouble(shop.db)).toMatchObject({ no_rate: 1 })
    await shop.db.execute(
      sql`insert into exchange_rates (base, currency, since, per_unit_micro) values ('USD', 'EUR', current_date - 9, 1)`,
    )
    await rateSince(-9, 3_650_000)
    await issuePapers(shop.db)
    expect((await invoiceOf(late))?.content.taxOwed).toMatchObject({ currency: 'PLN', taxMinor: 4_230 })
    expect(await findInvoiceIssue(shop.db, late.id)).toBeNull()
    expect(await countPapersInTrouble(shop.db)).toEqual({ no_rate: 0, no_address: 0, failed: 0 })
    expect(await listMissingRates(shop.db, new Date())).toEqual([])
    const order = await toPoland()
    await issuePapers(shop.db)
    const invoice = (await invoiceOf(order))?.content
    // 62.00 with 23 % in it is 11.59 of tax, and 42.3035 in zloty.
    expect(invoice).toMatchObject({ taxes: [{ taxMinor: 1_159 }], taxOwed: { currency: 'PLN', taxMinor: 4_230 } })
    await refund(order, { kind: 'rest', restock: true })
    await issuePapers(shop.db)
    const { rows } = await shop.db.execute<{ content: CreditNoteContent }>(
      sql`select content from credit_notes where content ->> 'orderNumber' = ${order.orderNumber}`,
    )
    expect(rows[0]?.content.taxOwed).toEqual(invoice?.taxOwed)
  })
})

test('a rate that is missing is asked for and taken in the currency of the payment, also once the shop sells in another', async () => {
  await shop.db.execute(sql`insert into delivery_zone_countries (country, zone_id) select 'CZ', id from delivery_zones`)
  await shop.db.execute(sql`insert into tax_rates (country, label, rate_ppm, prices_include, applies_to_delivery)
    values ('CZ', 'VAT 21 %', 210000, true, true)`)
  const street = { name: 'A Buyer', line1: 'Dlouhá 1', line2: '', city: 'Praha', region: '' }
  const address = { ...street, postalCode: '110 00', country: 'CZ' }
  const order = await buy({ ...shop, draft: { ...shop.draft, address } }, await newBuyer(shop.db))
  await issuePapers(shop.db)
  await shop.db.execute(sql`update shop_settings set currency = 'CAD'`)
  const today = new Date().toISOString().slice(0, 10)
  const save = (base: string) =>
    saveExchangeRate(shop.db, keeper, {
      isNew: true,
      seen: 0,
      base,
      rate: { currency: 'CZK', since: today, perUnitMicro: 21_000_000 },
    })
  expect(await getExchangeRates(shop.db, keeper)).toMatchObject({
    base: 'CAD',
    missing: [{ base: 'USD', currency: 'CZK', day: today, count: 1, orderNumbers: [order.orderNumber] }],
  })
  expect(await listMissingRates(shop.db, new Date())).toContain('USD CZK')
  expect(await save('GBP')).toEqual({ kind: 'base_changed', base: 'CAD' })
  expect(await save('USD')).toEqual({ kind: 'saved' })
  expect((await getExchangeRates(shop.db, keeper)).missing).toEqual([])
  expect(await issuePapers(shop.db)).toBe(1)
  expect((await invoiceOf(order))?.content.taxOwed).toMatchObject({ currency: 'CZK', perUnitMicro: 21_000_000 })
  // Nothing waits for it any more, so that what is typed now is for the shop's own currency.
  expect(await save('USD')).toEqual({ kind: 'base_changed', base: 'CAD' })
  await shop.db.execute(sql`update shop_settings set currency = 'USD'`)
})

describe('numbers have no gap and no double', () => {
  test('however many workers give them at once', async () => {
    const before = (await numbersOf('invoices')).length
    for (let n = 0; n < 12; n++) await bought()
    const others = [1, 2, 3].map(() => createDatabase(shop.databaseUrl, { poolMax: 2 }))
    try {
      const given = await Promise.all([shop.db, ...others].map((db: Database) => issuePapers(db)))
      expect(given.reduce((sum, each) => sum + each, 0)).toBe(12)
    } finally {
      for (const db of others) await db.$client.end()
    }
    expect(await numbersOf('invoices')).toEqual(upTo(before + 12))
  })

  test('when one that gives a number crashes while another waits for it', async () => {
    const invoice = await anInvoice()
    const before = (await numbersOf('invoices')).length
    const [crashing, waiting] = [await bought(), await bought()]
    let waiter: Promise<number> | undefined
    const crash = shop.db.transaction(async (tx) => {
      const { invoice: last } = await lockPaperSeries(tx)
      await insertInvoice(tx, { ...invoice, number: last + 1, orderId: crashing.id })
      waiter = issuePapers(shop.db)
      throw new Error('the power is gone')
    })
    await expect(crash).rejects.toThrow('the power is gone')
    expect(await waiter).toBe(2)
    expect(await numbersOf('invoices')).toEqual(upTo(before + 2))
    expect((await invoiceOf(crashing))?.number).toBe(before + 1)
    expect((await invoiceOf(waiting))?.number).toBe(before + 2)
  })

  test('and one order that cannot have its invoice stops no other', async () => {
    const before = (await numbersOf('invoices')).length
    const [bad, good] = [await bought(), await bought()]
    await shop.db.execute(sql`create function refuse_one() returns trigger language plpgsql as $$ begin
      if new.content ->> 'orderNumber' = ${sql.raw(`'${bad.orderNumber}'`)} then raise exception 'no'; end if; return new; end $$`)
    await shop.db.execute(
      sql`create trigger refuse_one after insert on invoices for each row execute function refuse_one()`,
    )
    expect(await issuePapers(shop.db)).toBe(1)
    expect((await invoiceOf(good))?.number).toBe(before + 1)
    // And whoever has to see to it is led there.
    expect(await findFailedPaper(shop.db)).toBe(bad.orderNumber)
    await shop.db.execute(sql`drop trigger refuse_one on invoices`)
    await shop.db.execute(sql`update papers_due set available_at = now()`)
    expect(await issuePapers(shop.db)).toBe(1)
    expect(await findFailedPaper(shop.db)).toBeNull()
    expect(await numbersOf('invoices')).toEqual(upTo(before + 2))
  })

  test('because the database takes no other number than the next, and no step without its paper', async () => {
    const invoice = await anInvoice()
    const last = (await numbersOf('invoices')).length
    const order = await bought()
    for (const number of [last, last + 2, 0, -1]) {
      const insert = inTransaction(shop.db, (tx) => insertInvoice(tx, { ...invoice, number, orderId: order.id }))
      await expect(insert, String(number)).rejects.toMatchObject({
        cause: { constraint: 'papers_follow_each_other' },
      })
    }
    const step = shop.db.execute(sql`update paper_series set last = last + 1`)
    await expect(step).rejects.toMatchObject({ cause: { constraint: 'paper_series_move_with_papers' } })
  })

  test('and what was given can be neither changed nor taken away', async () => {
    await anInvoice()
    for (const statement of [
      sql`update invoices set content = content || '{"totalMinor": 1}'`,
      sql`update invoices set issued_at = now()`,
      sql`update invoices set buyer = buyer || '{"email": "other@example.com"}'`,
      sql`delete from invoices`,
      sql`truncate invoices cascade`,
    ]) {
      await expect(shop.db.execute(statement)).rejects.toMatchObject({ cause: { code: '23514' } })
    }
  })
})

describe('money that went back has a credit note', () => {
  async function notesOf(order: BoughtOrder): Promise<{ number: number; content: CreditNoteContent }[]> {
    const { rows } = await shop.db.execute<{ number: number; content: CreditNoteContent }>(sql`
      select c.number, c.content from credit_notes c join invoices i on i.number = c.invoice_number
      where i.order_id = ${order.id} order by c.number`)
    return rows
  }

  test('with a number of its own, that names the invoice, and the last one takes back the rest of the tax', async () => {
    const order = await bought()
    await refund(order, { kind: 'lines', lines: [{ position: 0, quantity: 1, restock: true }], withDelivery: false })
    await refund(order, { kind: 'amount', amountMinor: 100 })
    await refund(order, { kind: 'rest', restock: true })
    await issuePapers(shop.db)
    const invoice = await invoiceOf(order)
    const notes = await notesOf(order)
    expect(notes.map(({ content }) => content.invoiceNumber)).toEqual(
      Array.from({ length: 3 }, () => `INV-${String(invoice?.number).padStart(6, '0')}`),
    )
    expect(notes.reduce((sum, { content }) => sum + content.totalMinor, 0)).toBe(order.totalMinor)
    expect(notes.reduce((sum, { content }) => sum + content.taxMinor, 0)).toBe(406)
    expect(notes[0]?.content).toMatchObject({ totalMinor: 3_003, taxMinor: 203 })
    expect(await numbersOf('credit_notes')).toEqual(upTo(notes.at(-1)?.number ?? 0))
  })

  test('that calls delivery only the delivery charge, also when the pieces went back on the shelf with an amount', async () => {
    const linesOf = async (order: BoughtOrder) =>
      (await notesOf(order)).map(({ content }) => content.lines.map(({ name, grossMinor }) => [name, grossMinor]))
    const [given, sent] = [await bought(), await bought()]
    await refund(given, { kind: 'amount', amountMinor: given.totalMinor })
    const wish = { orderNumber: given.orderNumber, seenEventId: null, refundId: randomUUID(), reason: '' }
    expect(await cancelOrder(shop.services, cashier, wish)).toMatchObject({ kind: 'done' })
    await refund(sent, { kind: 'lines', lines: [], withDelivery: true })
    await issuePapers(shop.db)
    expect(await linesOf(given)).toEqual([[['Reduction of the price', given.totalMinor]]])
    expect(await linesOf(sent)).toEqual([[['Delivery', 600]]])
    expect((await notesOf(sent))[0]?.content.taxMinor).toBe(0)
  })

  test('but not what a bank has taken: that changes no price', async () => {
    const order = await bought()
    const waitsWhenDone = async (reason: 'merchant' | 'reversal') => {
      const id = randomUUID()
      let waits = 0
      const look = shop.db.transaction(async (tx) => {
        await tx.execute(sql`insert into refunds
          (id, paypal_capture_id, order_id, amount_minor, currency, reason, state, paypal_refund_id, next_action_at)
          values (${id}, ${order.paypalCaptureId}, ${order.id}, 100, 'USD', ${reason}, 'sent', ${id}, now())`)
        await tx.execute(sql`update refunds set state = 'completed', completed_at = now() where id = ${id}`)
        waits = (await tx.execute(sql`select 1 from papers_due where refund_id = ${id}`)).rows.length
        tx.rollback()
      })
      await expect(look).rejects.toThrow('Rollback')
      return waits
    }
    expect(await waitsWhenDone('merchant')).toBe(1)
    expect(await waitsWhenDone('reversal')).toBe(0)
  })
})
