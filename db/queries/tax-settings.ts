import { and, asc, desc, eq, isNull, lte, ne } from 'drizzle-orm'

import type { Currency } from '@/lib/domain/money'
import type { TaxRate } from '@/lib/domain/tax'
import type { ExchangeRate, TaxCurrency } from '@/lib/domain/tax-currency'

import type { Queryable, Transaction } from '../client'
import { exchangeRates, taxRates, taxRegistrations } from '../schema/shop'

export type TaxRateRow = TaxRate & { readonly id: number }

export async function listAllTaxRates(db: Queryable): Promise<TaxRateRow[]> {
  return db.select().from(taxRates).orderBy(asc(taxRates.country), asc(taxRates.region))
}

export async function findTaxRate(db: Queryable, id: number): Promise<TaxRateRow | null> {
  const [row] = await db.select().from(taxRates).where(eq(taxRates.id, id))
  return row ?? null
}

/** Whether another rate is for this very place. */
export async function hasTaxRateFor(
  tx: Transaction,
  { country, region }: TaxRate,
  exceptId: number | null,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: taxRates.id })
    .from(taxRates)
    .where(
      and(
        eq(taxRates.country, country),
        region === null ? isNull(taxRates.region) : eq(taxRates.region, region),
        ne(taxRates.id, exceptId ?? 0),
      ),
    )
  return row !== undefined
}

export async function insertTaxRate(tx: Transaction, rate: TaxRate): Promise<number> {
  const [row] = await tx.insert(taxRates).values(rate).returning({ id: taxRates.id })
  if (!row) throw new Error('the rate was not inserted')
  return row.id
}

export async function updateTaxRate(tx: Transaction, id: number, rate: TaxRate): Promise<void> {
  await tx.update(taxRates).set(rate).where(eq(taxRates.id, id))
}

export async function deleteTaxRate(tx: Transaction, id: number): Promise<void> {
  await tx.delete(taxRates).where(eq(taxRates.id, id))
}

export type TaxRegistration = typeof taxRegistrations.$inferSelect

export async function listTaxRegistrations(db: Queryable): Promise<TaxRegistration[]> {
  return db.select().from(taxRegistrations).orderBy(asc(taxRegistrations.country))
}

/** The shop's number in a country; null where it has none of its own. */
export async function findTaxRegistration(db: Queryable, country: string): Promise<string | null> {
  const [row] = await db
    .select({ taxId: taxRegistrations.taxId })
    .from(taxRegistrations)
    .where(eq(taxRegistrations.country, country))
  return row?.taxId ?? null
}

export async function upsertTaxRegistration(tx: Transaction, { country, taxId }: TaxRegistration): Promise<void> {
  await tx
    .insert(taxRegistrations)
    .values({ country, taxId })
    .onConflictDoUpdate({ target: taxRegistrations.country, set: { taxId } })
}

export async function deleteTaxRegistration(tx: Transaction, country: string): Promise<void> {
  await tx.delete(taxRegistrations).where(eq(taxRegistrations.country, country))
}

const ofExchange = {
  currency: exchangeRates.currency,
  since: exchangeRates.since,
  perUnitMicro: exchangeRates.perUnitMicro,
}

/** All rates of the shop's currency, the newest of each first. */
export async function listExchangeRates(db: Queryable, base: Currency): Promise<ExchangeRate[]> {
  return db
    .select(ofExchange)
    .from(exchangeRates)
    .where(eq(exchangeRates.base, base))
    .orderBy(asc(exchangeRates.currency), desc(exchangeRates.since))
}

/** The rate that counts on a day; null where none had begun by then. */
export async function findExchangeRate(
  db: Queryable,
  { base, currency, day }: { base: Currency; currency: TaxCurrency; day: string },
): Promise<ExchangeRate | null> {
  const [row] = await db
    .select(ofExchange)
    .from(exchangeRates)
    .where(and(eq(exchangeRates.base, base), eq(exchangeRates.currency, currency), lte(exchangeRates.since, day)))
    .orderBy(desc(exchangeRates.since))
    .limit(1)
  return row ?? null
}

export async function hasExchangeRateOf(
  tx: Transaction,
  base: Currency,
  { currency, since }: Pick<ExchangeRate, 'currency' | 'since'>,
): Promise<boolean> {
  const isIt = and(eq(exchangeRates.base, base), eq(exchangeRates.currency, currency), eq(exchangeRates.since, since))
  return (await tx.$count(exchangeRates, isIt)) > 0
}

/** Writes over the rate of the same day. @returns what it was before. */
export async function upsertExchangeRate(
  tx: Transaction,
  base: Currency,
  rate: ExchangeRate,
): Promise<ExchangeRate | null> {
  const before = await deleteExchangeRate(tx, base, rate)
  await tx.insert(exchangeRates).values({ base, ...rate })
  return before
}

/** @returns what it was; null when there was none. */
export async function deleteExchangeRate(
  tx: Transaction,
  base: Currency,
  { currency, since }: Pick<ExchangeRate, 'currency' | 'since'>,
): Promise<ExchangeRate | null> {
  const [row] = await tx
    .delete(exchangeRates)
    .where(and(eq(exchangeRates.base, base), eq(exchangeRates.currency, currency), eq(exchangeRates.since, since)))
    .returning(ofExchange)
  return row ?? null
}
