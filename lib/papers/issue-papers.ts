import 'server-only'

import { inTransaction, type Database, type Transaction } from '@/db/client'
import { findOrder, findOrderNumber } from '@/db/queries/orders'
import {
  findInvoiceOfOrderId,
  finishPaperDue,
  hasPapersDue,
  insertCreditNote,
  insertInvoice,
  listPapersDue,
  lockPaperSeries,
  postponePaperDue,
  sumCredited,
  type PaperDue,
} from '@/db/queries/papers'
import { findRefund, listRefundItems } from '@/db/queries/refunds'
import { listTaxRates } from '@/db/queries/shop'
import { findExchangeRate } from '@/db/queries/tax-settings'
import { invoiceNumber, planInvoice } from '@/lib/domain/invoice'
import { planCreditNote } from '@/lib/domain/credit-note'
import type { OrderView } from '@/lib/domain/order'
import type { PaperIssue } from '@/lib/domain/paper-due'
import { findTaxRule, type TaxRate } from '@/lib/domain/tax'
import { owedCurrencyOf, type ExchangeRate, type TaxCurrency } from '@/lib/domain/tax-currency'
import { getLog } from '@/lib/runtime/log'

import { readSeller } from './read-seller'

/** Few enough that whoever waits for the series does not wait long. */
const BATCH = 25

/**
 * The worker's part: gives each order its invoice and each refund its credit note, in the order in which they came. The series'
 * rows are locked before anything is read, so that any number of workers give numbers one after the other; what cannot be written
 * yet gets none and is looked at again.
 */
export async function issuePapers(db: Database): Promise<number> {
  for (let issued = 0; ;) {
    if (!(await hasPapersDue(db))) return issued
    issued += await inTransaction(db, (tx) => issueSome(tx))
  }
}

async function issueSome(tx: Transaction): Promise<number> {
  const last = await lockPaperSeries(tx)
  let issued = 0
  for (const due of await listPapersDue(tx, BATCH)) {
    const series = due.orderId === null ? 'credit_note' : 'invoice'
    const issue = await issueOne(tx, due, last[series] + 1)
    if (issue === null) {
      last[series]++
      issued++
      await finishPaperDue(tx, due.id)
    } else {
      await postponePaperDue(tx, due.id, issue)
    }
  }
  return issued
}

/** In a savepoint: a paper that fails takes its number back and stops no other. Null once it is given, else why it is not. */
async function issueOne(tx: Transaction, due: PaperDue, number: number): Promise<PaperIssue | null> {
  try {
    return await tx.transaction(async (inner) =>
      due.orderId !== null
        ? giveInvoice(inner, due.orderId, number)
        : giveCreditNote(inner, due.refundId ?? '', number),
    )
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    getLog().error({ cause: String(cause), orderId: due.orderId, refundId: due.refundId }, 'a paper was not given')
    return 'failed'
  }
}

async function giveInvoice(tx: Transaction, orderId: string, number: number): Promise<PaperIssue | null> {
  const orderNumber = await findOrderNumber(tx, orderId)
  const found = orderNumber === null ? null : await findOrder(tx, orderNumber)
  if (!found) throw new Error(`order ${orderId} is not there`)
  const { order } = found
  const { address, email } = order
  const seller = await readSeller(tx, address.country)
  if (!seller) return 'no_address'
  const owed = owedCurrencyOf(order)
  const exchanged = owed && (await exchangeAt(tx, order, owed))
  // It could not be put right afterwards. Others do not wait for it: it gets its number once it is given.
  if (owed && !exchanged) return 'no_rate'
  const rates = await ratesAt(tx, address)
  await insertInvoice(tx, {
    number,
    orderId,
    content: planInvoice(order, seller, rates, exchanged),
    buyer: { email, address },
  })
  return null
}

async function ratesAt(tx: Transaction, { country, region }: { country: string; region: string }): Promise<TaxRate[]> {
  const rates = await listTaxRates(tx, country)
  const rule = findTaxRule(rates, { country, region })
  return rates.filter((rate) => rate === rule)
}

/** The rate of the day on which it was paid; null when nobody has entered one. */
async function exchangeAt(
  tx: Transaction,
  { total, placedAt }: OrderView,
  currency: TaxCurrency,
): Promise<ExchangeRate | null> {
  return findExchangeRate(tx, { base: total.currency, currency, day: placedAt.toISOString().slice(0, 10) })
}

async function giveCreditNote(tx: Transaction, refundId: string, number: number): Promise<PaperIssue | null> {
  const refund = await findRefund(tx, refundId)
  if (!refund?.orderId || !refund.paypalRefundId) throw new Error(`refund ${refundId} cannot have a credit note`)
  const invoice = await findInvoiceOfOrderId(tx, refund.orderId)
  if (!invoice) return 'no_invoice'
  const items = (await listRefundItems(tx, refundId)).map(({ productName, ...item }) => ({
    ...item,
    name: productName,
  }))
  const content = planCreditNote(
    invoice.content,
    { invoiceNumber: invoiceNumber(invoice.number), invoiceIssuedAt: invoice.issuedAt.toISOString() },
    {
      amountMinor: refund.amountMinor,
      deliveryMinor: refund.deliveryMinor,
      items: items.map(({ name, sku, quantity, amountMinor }) => ({ name, sku, quantity, amountMinor })),
      paypalRefundId: refund.paypalRefundId,
    },
    await sumCredited(tx, invoice.number),
  )
  await insertCreditNote(tx, {
    number,
    refundId,
    invoiceNumber: invoice.number,
    content,
    buyer: invoice.buyer,
  })
  return null
}
