import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { readBestSellers, readSalesDays, rollUpDays, type SoldItem } from '@/db/queries/sales'
import { requireShopSettings } from '@/db/queries/shop'
import type { Currency } from '@/lib/domain/money'
import {
  barsOf,
  fillDays,
  periodOf,
  sumOf,
  type SalesBar,
  type SalesFigures,
  type SalesPeriod,
  type SalesSpan,
} from '@/lib/domain/sales'

import type { Admin } from './admin'

export interface Sales {
  readonly currency: Currency
  readonly period: SalesPeriod
  readonly figures: SalesFigures
  readonly former: SalesFigures
  readonly bars: readonly SalesBar[]
  readonly bestSellers: readonly SoldItem[]
}

const SHOWN = 8

/** How the shop does: the last days, today among them, against as many before. */
export async function getSales(
  db: Database,
  _admin: Admin<'payments.read'>,
  span: SalesSpan,
  now: Date = new Date(),
): Promise<Sales> {
  const { currency } = await requireShopSettings(db)
  const period = periodOf(span, now)
  const [days, former, bestSellers] = await Promise.all([
    readSalesDays(db, currency, period.from, period.until),
    readSalesDays(db, currency, period.formerFrom, period.from),
    readBestSellers(db, currency, { from: period.from, until: period.until, limit: SHOWN }),
  ])
  return {
    currency,
    period,
    figures: sumOf(days),
    former: sumOf(former),
    bars: barsOf(fillDays(days, period.from, period.until), fillDays(former, period.formerFrom, period.from)),
    bestSellers,
  }
}

/** The worker's part: adds up the days that are over. */
export async function addUpDays(db: Database): Promise<void> {
  const { currency } = await requireShopSettings(db)
  while ((await inTransaction(db, (tx) => rollUpDays(tx, currency))) > 0);
}
