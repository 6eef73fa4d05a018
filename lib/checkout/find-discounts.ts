import 'server-only'

import { createHash } from 'node:crypto'

import type { Queryable } from '@/db/client'
import { findStandingDiscounts, type StandingDiscount } from '@/db/queries/discounts'
import {
  judgeRule,
  planDiscounts,
  type AppliedDiscount,
  type CodeProblem,
  type DiscountableLine,
  type EnteredCode,
} from '@/lib/domain/discount'
import type { DeliveryChoice } from '@/lib/domain/delivery'

export interface FoundDiscounts {
  readonly applied: readonly AppliedDiscount[]
  readonly code: EnteredCode | null
}

/** What is taken off a cart now. Nothing about a discount but its code is believed from a cookie. */
export async function findDiscounts(
  db: Queryable,
  cart: { readonly cartId: string; readonly lines: readonly DiscountableLine[] },
  { code, email }: { readonly code: string | null; readonly email: string | null },
  { delivery, choices }: { readonly delivery: DeliveryChoice | null; readonly choices: readonly DeliveryChoice[] },
): Promise<FoundDiscounts> {
  const found = await findStandingDiscounts(db, {
    code,
    cartId: cart.cartId,
    buyerHash: email === null ? '' : hashBuyer(email),
    productIds: [...new Set(cart.lines.map(({ productId }) => productId))],
  })
  const standing = found.filter((discount) => judgeStanding(discount) === null)
  const applied = planDiscounts(standing, { lines: cart.lines, delivery, choices })
  if (code === null) return { applied, code: null }
  const own = found.find((discount) => discount.code === code)
  const problem = own ? (judgeStanding(own) ?? judgeRule(own, cart.lines)) : ({ kind: 'unknown' } as const)
  return { applied, code: { code, problem } }
}

/** By this a use is counted for a buyer; it says nothing about who that is. */
export function hashBuyer(email: string): string {
  return createHash('sha256').update(`discount:${email.toLowerCase()}`).digest('base64url')
}

function judgeStanding(discount: StandingDiscount): CodeProblem | null {
  if (discount.startsLater) return { kind: 'not_yet' }
  if (discount.hasEnded) return { kind: 'ended' }
  if (discount.isUsedByBuyer) return { kind: 'used_by_buyer' }
  return discount.isUsedUp ? { kind: 'used_up' } : null
}
