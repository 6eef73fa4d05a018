import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'

import type { AppliedDiscount, DiscountRule } from '@/lib/domain/discount'

import type { Queryable, Transaction } from '../client'
import { discounts, discountUses } from '../schema/discounts'

/** A discount with where it stands now: for the buyer's cart and, where the address is known, for the buyer. */
export interface StandingDiscount extends DiscountRule {
  readonly startsLater: boolean
  readonly hasEnded: boolean
  readonly isUsedUp: boolean
  readonly isUsedByBuyer: boolean
}

/**
 * Those that are switched on and need no code, and the one with this code. What this cart's own payment has taken does not count
 * against it: a buyer who comes back to the page has not used the code up.
 */
export async function findStandingDiscounts(
  db: Queryable,
  { code, cartId, buyerHash, productIds }: DiscountSearch,
): Promise<StandingDiscount[]> {
  const others = sql`select count(*) from discount_uses u join payment_attempts a on a.id = u.attempt_id
    where u.discount_id = ${discounts.id} and u.state <> 'released' and not u.beyond_limit
      and not (a.cart_id = ${cartId} and a.state in ('creating', 'created'))`
  return db
    .select({
      id: discounts.id,
      code: discounts.code,
      label: discounts.label,
      kind: discounts.kind,
      value: discounts.value,
      minimumMinor: discounts.minimumMinor,
      productIds: sql<number[] | null>`case when ${discounts.scope} = 'chosen' then ${chosenAmong(productIds)} end`,
      startsLater: sql<boolean>`${discounts.startsAt} > now()`,
      hasEnded: sql<boolean>`coalesce(${discounts.endsAt} <= now(), false)`,
      isUsedUp: sql<boolean>`coalesce(${discounts.usesMax} <= (${others}), false)`,
      isUsedByBuyer: sql<boolean>`coalesce(${discounts.usesMaxPerBuyer} <= (${others} and u.buyer_hash = ${buyerHash}), false)`,
    })
    .from(discounts)
    .where(
      and(
        eq(discounts.active, true),
        code === null ? isNull(discounts.code) : or(isNull(discounts.code), eq(discounts.code, code)),
      ),
    )
    .orderBy(asc(discounts.id))
}

export interface DiscountSearch {
  readonly code: string | null
  readonly cartId: string
  /** Empty while the buyer is not known. */
  readonly buyerHash: string
  /** What is in the cart. */
  readonly productIds: readonly number[]
}

/** Which of these products a discount is for, by themselves or by a category above them. */
function chosenAmong(productIds: readonly number[]) {
  const ids = sql`${sql.param([...productIds])}::int[]`
  return sql`(with recursive chosen as (
      select category_id as id from discount_categories where discount_id = ${discounts.id}
      union select c.id from categories c join chosen on c.parent_id = chosen.id)
    select coalesce(array_agg(p.id order by p.id), '{}') from unnest(${ids}) as p(id)
    where exists (select 1 from discount_products d where d.discount_id = ${discounts.id} and d.product_id = p.id)
      or exists (select 1 from product_categories pc join chosen on chosen.id = pc.category_id where pc.product_id = p.id))`
}

/**
 * Takes what a payment was granted, with its stock. The database refuses one that is used up meanwhile.
 * @throws the database's check_violation `discount_uses_within_limits`.
 */
export async function reserveDiscounts(
  tx: Transaction,
  attemptId: string,
  buyerHash: string,
  granted: readonly AppliedDiscount[],
): Promise<void> {
  if (granted.length === 0) return
  // In one order, so that two payments with the same discounts wait for each other instead of locking each other out.
  const rows = granted.toSorted((a, b) => a.discountId - b.discountId)
  await tx
    .insert(discountUses)
    .values(rows.map(({ discountId, amountMinor }) => ({ attemptId, discountId, buyerHash, amountMinor })))
}
