import type { DeliveryChoice } from './delivery'
import { scaleMinor } from './money'

export const DISCOUNT_KINDS = ['percent', 'amount', 'free_delivery'] as const
export type DiscountKind = (typeof DISCOUNT_KINDS)[number]

/** A discount that is switched on, within its dates and within its limits. Amounts in minor units of the shop's currency. */
export interface DiscountRule {
  readonly id: number
  /** Null for one that needs no code. */
  readonly code: string | null
  /** What the buyer reads. */
  readonly label: string
  readonly kind: DiscountKind
  /** Hundredths of a percent for `percent` (1500 is 15 %), minor units for `amount`, 0 for `free_delivery`. */
  readonly value: number
  /** The chosen goods must come to at least this. */
  readonly minimumMinor: number
  /** The products of the cart that it is for; null for all. */
  readonly productIds: readonly number[] | null
}

/** What a discount takes off, and from what. */
export interface AppliedDiscount {
  readonly discountId: number
  readonly code: string | null
  readonly label: string
  readonly of: 'goods' | 'delivery'
  readonly amountMinor: number
}

export interface DiscountableLine {
  readonly productId: number
  readonly unitPriceMinor: number
  readonly quantity: number
}

/** Why a code takes nothing off. */
export type CodeProblem =
  | { readonly kind: 'unknown' | 'not_yet' | 'ended' | 'used_up' | 'used_by_buyer' | 'not_for_these' }
  | { readonly kind: 'below_minimum'; readonly missingMinor: number }

/** What became of the code that the buyer entered. */
export interface EnteredCode {
  readonly code: string
  /** Null when it counts. */
  readonly problem: CodeProblem | null
}

/** What delivery came to before anything was taken off it. */
export function fullDeliveryMinor(totals: {
  readonly deliveryMinor: number
  readonly discounts: readonly AppliedDiscount[]
}): number {
  return totals.discounts.reduce(
    (sum, { of, amountMinor }) => (of === 'delivery' ? sum + amountMinor : sum),
    totals.deliveryMinor,
  )
}

/** As it stands on receipts: what it is called, and the code that brought it. */
export function discountName({ label, code }: Pick<AppliedDiscount, 'label' | 'code'>): string {
  return code === null ? label : `${label} (${code})`
}

/**
 * What is taken off: the best of the discounts that need no code for goods, the best one for delivery, and the buyer's code, which
 * counts beside them. Each is computed on full prices, and together they leave at least one minor unit of the goods to pay. Free
 * delivery pays for the cheapest method; who chooses a dearer one pays the difference.
 */
export function planDiscounts(
  rules: readonly DiscountRule[],
  {
    lines,
    delivery,
    choices,
  }: {
    lines: readonly DiscountableLine[]
    delivery: DeliveryChoice | null
    choices: readonly DeliveryChoice[]
  },
): AppliedDiscount[] {
  const offers = rules.flatMap((rule) => {
    const offer = offerOf(rule, lines, delivery, choices)
    return offer.amountMinor > 0 ? [offer] : []
  })
  const automatic = offers.filter(({ code }) => code === null)
  const chosen = [
    best(automatic.filter(({ of }) => of === 'goods')),
    best(automatic.filter(({ of }) => of === 'delivery')),
    ...offers.filter(({ code }) => code !== null),
  ].filter((offer) => offer !== null)
  // Something stays to be paid: an order is there because PayPal holds money for it.
  const left = { goods: Math.max(goodsMinor(lines) - 1, 0), delivery: delivery?.priceMinor ?? 0 }
  return chosen.flatMap((offer) => {
    const amountMinor = Math.min(offer.amountMinor, left[offer.of])
    left[offer.of] -= amountMinor
    return amountMinor > 0 ? [{ ...offer, amountMinor }] : []
  })
}

/** What stands in the way of a rule whose code was typed; null when nothing does. */
export function judgeRule(rule: DiscountRule, lines: readonly DiscountableLine[]): CodeProblem | null {
  const chosen = chosenMinor(rule, lines)
  if (chosen === null) return { kind: 'not_for_these' }
  return chosen < rule.minimumMinor ? { kind: 'below_minimum', missingMinor: rule.minimumMinor - chosen } : null
}

function offerOf(
  rule: DiscountRule,
  lines: readonly DiscountableLine[],
  delivery: DeliveryChoice | null,
  choices: readonly DeliveryChoice[],
): AppliedDiscount {
  const base = { discountId: rule.id, code: rule.code, label: rule.label }
  const chosen = judgeRule(rule, lines) === null ? (chosenMinor(rule, lines) ?? 0) : 0
  switch (rule.kind) {
    case 'percent':
      return { ...base, of: 'goods', amountMinor: scaleMinor(chosen, rule.value, 10_000) }
    case 'amount':
      return { ...base, of: 'goods', amountMinor: Math.min(rule.value, chosen) }
    case 'free_delivery':
      return { ...base, of: 'delivery', amountMinor: chosen > 0 ? cheapest(delivery, choices) : 0 }
  }
}

function cheapest(delivery: DeliveryChoice | null, choices: readonly DeliveryChoice[]): number {
  return delivery === null ? 0 : Math.min(delivery.priceMinor, ...choices.map(({ priceMinor }) => priceMinor))
}

/** What the goods that a rule is for come to; null when there are none. */
function chosenMinor({ productIds }: DiscountRule, lines: readonly DiscountableLine[]): number | null {
  const chosen = productIds === null ? lines : lines.filter(({ productId }) => productIds.includes(productId))
  return chosen.length === 0 ? null : goodsMinor(chosen)
}

function goodsMinor(lines: readonly DiscountableLine[]): number {
  return lines.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity, 0)
}

/** Of equal ones the older: the same cart always gets the same. */
function best(offers: readonly AppliedDiscount[]): AppliedDiscount | null {
  const [first] = offers.toSorted((a, b) => b.amountMinor - a.amountMinor || a.discountId - b.discountId)
  return first ?? null
}
