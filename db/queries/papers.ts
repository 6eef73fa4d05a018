import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'

import type { InvoiceContent, PaperBuyer } from '@/lib/domain/invoice'
import type { CreditNoteContent, Credited } from '@/lib/domain/credit-note'
import type { Currency } from '@/lib/domain/money'
import { PAPER_ISSUES, type PaperIssue } from '@/lib/domain/paper-due'

import type { Queryable, Transaction } from '../client'
import { orders } from '../schema/orders'
import { creditNotes, invoices, paperSeries, papersDue } from '../schema/papers'
import { refunds } from '../schema/refunds'

export type PaperSeries = typeof paperSeries.$inferSelect.series
export type InvoiceRow = typeof invoices.$inferSelect
export type CreditNoteRow = typeof creditNotes.$inferSelect

/** What waits for its number. */
export interface PaperDue {
  readonly id: number
  readonly orderId: string | null
  readonly refundId: string | null
}

export async function hasPapersDue(db: Queryable): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(papersDue)
    .where(lte(papersDue.availableAt, sql`now()`))
    .limit(1)
  return row !== undefined
}

/** The last number of each series; whoever else gives numbers waits until this transaction ends. */
export async function lockPaperSeries(tx: Transaction): Promise<Record<PaperSeries, number>> {
  const rows = await tx.select().from(paperSeries).orderBy(asc(paperSeries.series)).for('update')
  const lastOf = (series: PaperSeries) => rows.find((row) => row.series === series)?.last ?? 0
  return { invoice: lastOf('invoice'), credit_note: lastOf('credit_note') }
}

/** The oldest first, so that an order's invoice comes before the credit notes about it. */
export async function listPapersDue(tx: Transaction, limit: number): Promise<PaperDue[]> {
  return tx
    .select({ id: papersDue.id, orderId: papersDue.orderId, refundId: papersDue.refundId })
    .from(papersDue)
    .where(lte(papersDue.availableAt, sql`now()`))
    .orderBy(asc(papersDue.id))
    .limit(limit)
}

export async function finishPaperDue(tx: Transaction, id: number): Promise<void> {
  await tx.delete(papersDue).where(eq(papersDue.id, id))
}

export async function postponePaperDue(tx: Transaction, id: number, lastIssue: PaperIssue): Promise<void> {
  await tx
    .update(papersDue)
    .set({ availableAt: sql`now() + interval '10 minutes'`, lastIssue })
    .where(eq(papersDue.id, id))
}

/** Why an order's invoice was not given at the last look; null for no trouble that is known. */
export async function findInvoiceIssue(db: Queryable, orderId: string): Promise<PaperIssue | null> {
  const [row] = await db.select({ issue: papersDue.lastIssue }).from(papersDue).where(eq(papersDue.orderId, orderId))
  return PAPER_ISSUES.find((issue) => issue === row?.issue) ?? null
}

/** How many papers wait for something that a person has to do. */
export async function countPapersInTrouble(
  db: Queryable,
): Promise<Record<'no_rate' | 'no_address' | 'failed', number>> {
  const rows = await db
    .select({ issue: papersDue.lastIssue, n: sql<number>`count(*)::int` })
    .from(papersDue)
    .where(isNotNull(papersDue.lastIssue))
    .groupBy(papersDue.lastIssue)
  const countOf = (issue: PaperIssue) => rows.find((row) => row.issue === issue)?.n ?? 0
  return { no_rate: countOf('no_rate'), no_address: countOf('no_address'), failed: countOf('failed') }
}

/** The order of the paper that has failed for the longest time; null when none has. */
export async function findFailedPaper(db: Queryable): Promise<string | null> {
  const [row] = await db
    .select({ orderNumber: orders.orderNumber })
    .from(papersDue)
    .leftJoin(refunds, eq(refunds.id, papersDue.refundId))
    .innerJoin(orders, eq(orders.id, sql`coalesce(${papersDue.orderId}, ${refunds.orderId})`))
    .where(eq(papersDue.lastIssue, 'failed'))
    .orderBy(asc(papersDue.id))
    .limit(1)
  return row?.orderNumber ?? null
}

/** Invoices of a day and a country that wait for a rate of exchange. */
export interface RateWait {
  /** In which they were paid. */
  readonly currency: string
  readonly country: string
  /** On which they were paid, in UTC, such as 2026-11-01. */
  readonly day: string
  readonly count: number
  /** The first of them. */
  readonly orderNumbers: readonly string[]
}

/** The oldest day first. */
export async function listRateWaits(db: Queryable, named: number): Promise<RateWait[]> {
  const day = sql<string>`(${orders.placedAt} at time zone 'UTC')::date::text`
  return db
    .select({
      currency: orders.currency,
      country: orders.addressCountry,
      day,
      count: sql<number>`count(*)::int`,
      orderNumbers: sql<
        string[]
      >`(array_agg(${orders.orderNumber} order by ${orders.placedAt}, ${orders.id}))[1:${named}]`,
    })
    .from(papersDue)
    .innerJoin(orders, eq(orders.id, papersDue.orderId))
    .where(eq(papersDue.lastIssue, 'no_rate'))
    .groupBy(orders.currency, orders.addressCountry, day)
    .orderBy(day, asc(orders.currency), asc(orders.addressCountry))
}

/** Whether an invoice of an order in this currency waits for a rate of exchange. */
export async function hasRateWaits(db: Queryable, currency: Currency): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(papersDue)
    .innerJoin(orders, eq(orders.id, papersDue.orderId))
    .where(and(eq(papersDue.lastIssue, 'no_rate'), eq(orders.currency, currency)))
    .limit(1)
  return row !== undefined
}

/** Lets what waits for a rate of exchange be looked at again at once. */
export async function wakeRateWaits(tx: Transaction): Promise<void> {
  await tx
    .update(papersDue)
    .set({ availableAt: sql`now()` })
    .where(eq(papersDue.lastIssue, 'no_rate'))
}

/** The database refuses a number that does not follow the last one. */
export async function insertInvoice(
  tx: Transaction,
  invoice: { number: number; orderId: string; content: InvoiceContent; buyer: PaperBuyer },
): Promise<void> {
  await tx.insert(invoices).values(invoice)
}

export async function insertCreditNote(
  tx: Transaction,
  note: { number: number; refundId: string; invoiceNumber: number; content: CreditNoteContent; buyer: PaperBuyer },
): Promise<void> {
  await tx.insert(creditNotes).values(note)
}

export async function findInvoiceOfOrderId(db: Queryable, orderId: string): Promise<InvoiceRow | null> {
  const [row] = await db.select().from(invoices).where(eq(invoices.orderId, orderId))
  return row ?? null
}

/** In the order in which they are asked for; who may see them is the caller's question. */
export async function listInvoices(db: Queryable, orderNumbers: readonly string[]): Promise<InvoiceRow[]> {
  if (orderNumbers.length === 0) return []
  const rows = await db
    .select({ orderNumber: orders.orderNumber, invoice: invoices })
    .from(invoices)
    .innerJoin(orders, eq(orders.id, invoices.orderId))
    .where(inArray(orders.orderNumber, [...orderNumbers]))
  const byOrder = new Map(rows.map(({ orderNumber, invoice }) => [orderNumber, invoice]))
  return orderNumbers.flatMap((orderNumber) => byOrder.get(orderNumber) ?? [])
}

export async function listCreditNotes(db: Queryable, orderNumber: string): Promise<CreditNoteRow[]> {
  const rows = await db
    .select({ note: creditNotes })
    .from(creditNotes)
    .innerJoin(invoices, eq(invoices.number, creditNotes.invoiceNumber))
    .innerJoin(orders, eq(orders.id, invoices.orderId))
    .where(eq(orders.orderNumber, orderNumber))
    .orderBy(asc(creditNotes.number))
  return rows.map(({ note }) => note)
}

/** What credit notes have taken off an invoice so far, in minor units. */
export async function sumCredited(tx: Transaction, invoiceNumber: number): Promise<Credited> {
  const sumOf = (name: 'totalMinor' | 'taxMinor') =>
    sql<number>`coalesce(sum((${creditNotes.content} ->> ${sql.raw(`'${name}'`)})::bigint), 0)::float8`
  const [row] = await tx
    .select({ totalMinor: sumOf('totalMinor'), taxMinor: sumOf('taxMinor') })
    .from(creditNotes)
    .where(eq(creditNotes.invoiceNumber, invoiceNumber))
  return row ?? { totalMinor: 0, taxMinor: 0 }
}
