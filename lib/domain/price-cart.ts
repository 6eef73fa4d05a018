import type { DeliveryChoice } from './delivery'
import type { AppliedDiscount } from './discount'
import type { Currency } from './money'
import { taxOn, type TaxRule } from './tax'

/** A line with the price the server has just read. */
export interface PriceableLine {
  readonly variantId: number
  readonly unitPriceMinor: number
  readonly quantity: number
}

/** A reduction of the goods or of the delivery, in minor units. */
export type Discount = Pick<AppliedDiscount, 'label' | 'of' | 'amountMinor'>

export interface PricingInput<Line extends PriceableLine = PriceableLine, Reduction extends Discount = Discount> {
  readonly currency: Currency
  readonly lines: readonly Line[]
  readonly discounts: readonly Reduction[]
  /** Null until a method is chosen: delivery is then 0 and the total is provisional. */
  readonly delivery: DeliveryChoice | null
  /** Null until the destination is known, or where no tax is charged. */
  readonly tax: TaxRule | null
}

export interface PriceBreakdown<Line extends PriceableLine = PriceableLine, Reduction extends Discount = Discount> {
  readonly currency: Currency
  readonly lines: readonly (Line & { readonly lineTotalMinor: number })[]
  readonly itemsMinor: number
  /** What was given for the other figures; never more than goods and delivery come to. */
  readonly discounts: readonly Reduction[]
  /** Off the goods. */
  readonly discountMinor: number
  /** What is left of it to pay. */
  readonly deliveryMinor: number
  /** Contained in the total when `taxIncluded`, otherwise a part of it. */
  readonly taxMinor: number
  readonly taxIncluded: boolean
  readonly taxLabel: string | null
  readonly totalMinor: number
}

/**
 * The one place where a total is computed. The parts always add up, in minor units:
 * `total = items - discount + delivery + (taxIncluded ? 0 : tax)`.
 * Tax is taken once on the sum rather than per line, so that rounding cannot make the parts disagree.
 * @throws RangeError on a quantity or price that is not a non-negative integer: inputs are checked at the door.
 */
export function priceCart<Line extends PriceableLine, Reduction extends Discount>(
  input: PricingInput<Line, Reduction>,
): PriceBreakdown<Line, Reduction> {
  const lines = input.lines.map((line) => ({ ...line, lineTotalMinor: lineTotal(line) }))
  const itemsMinor = lines.reduce((sum, line) => sum + line.lineTotalMinor, 0)
  const discountMinor = Math.min(granted(input.discounts, 'goods'), itemsMinor)
  const fullDeliveryMinor = input.delivery?.priceMinor ?? 0
  const deliveryMinor = fullDeliveryMinor - Math.min(granted(input.discounts, 'delivery'), fullDeliveryMinor)
  const taxBase = itemsMinor - discountMinor + (input.tax?.appliesToDelivery ? deliveryMinor : 0)
  const taxMinor = input.tax ? taxOn(taxBase, input.tax) : 0
  const taxIncluded = input.tax?.pricesInclude ?? false
  return {
    currency: input.currency,
    lines,
    itemsMinor,
    discounts: input.discounts,
    discountMinor,
    deliveryMinor,
    taxMinor,
    taxIncluded,
    taxLabel: input.tax?.label ?? null,
    totalMinor: itemsMinor - discountMinor + deliveryMinor + (taxIncluded ? 0 : taxMinor),
  }
}

function granted(discounts: readonly Discount[], of: Discount['of']): number {
  const sum = discounts
    .filter((discount) => discount.of === of)
    .reduce((total, { amountMinor }) => total + amountMinor, 0)
  return Math.max(sum, 0)
}

function lineTotal({ unitPriceMinor, quantity }: PriceableLine): number {
  const total = unitPriceMinor * quantity
  if (!Number.isSafeInteger(total) || unitPriceMinor < 0 || quantity < 1) {
    throw new RangeError(`line cannot be priced: ${quantity} x ${unitPriceMinor}`)
  }
  return total
}
