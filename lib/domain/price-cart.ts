import type { DeliveryChoice } from './delivery'
import type { Currency } from './money'
import { taxOn, type TaxRule } from './tax'

/** A line with the price the server has just read. */
export interface PriceableLine {
  readonly variantId: number
  readonly unitPriceMinor: number
  readonly quantity: number
}

/** A reduction of the goods, in minor units. None exist yet; the total already knows what to do with them. */
export interface Discount {
  readonly label: string
  readonly amountMinor: number
}

export interface PricingInput<Line extends PriceableLine = PriceableLine> {
  readonly currency: Currency
  readonly lines: readonly Line[]
  readonly discounts: readonly Discount[]
  /** Null until a method is chosen: delivery is then 0 and the total is provisional. */
  readonly delivery: DeliveryChoice | null
  /** Null until the destination is known, or where no tax is charged. */
  readonly tax: TaxRule | null
}

export interface PriceBreakdown<Line extends PriceableLine = PriceableLine> {
  readonly currency: Currency
  readonly lines: readonly (Line & { readonly lineTotalMinor: number })[]
  readonly itemsMinor: number
  readonly discountMinor: number
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
export function priceCart<Line extends PriceableLine>(input: PricingInput<Line>): PriceBreakdown<Line> {
  const lines = input.lines.map((line) => ({ ...line, lineTotalMinor: lineTotal(line) }))
  const itemsMinor = lines.reduce((sum, line) => sum + line.lineTotalMinor, 0)
  const granted = input.discounts.reduce((sum, discount) => sum + discount.amountMinor, 0)
  const discountMinor = Math.min(Math.max(granted, 0), itemsMinor)
  const deliveryMinor = input.delivery?.priceMinor ?? 0
  const taxBase = itemsMinor - discountMinor + (input.tax?.appliesToDelivery ? deliveryMinor : 0)
  const taxMinor = input.tax ? taxOn(taxBase, input.tax) : 0
  const taxIncluded = input.tax?.pricesInclude ?? false
  return {
    currency: input.currency,
    lines,
    itemsMinor,
    discountMinor,
    deliveryMinor,
    taxMinor,
    taxIncluded,
    taxLabel: input.tax?.label ?? null,
    totalMinor: itemsMinor - discountMinor + deliveryMinor + (taxIncluded ? 0 : taxMinor),
  }
}

function lineTotal({ unitPriceMinor, quantity }: PriceableLine): number {
  const total = unitPriceMinor * quantity
  if (!Number.isSafeInteger(total) || unitPriceMinor < 0 || quantity < 1) {
    throw new RangeError(`line cannot be priced: ${quantity} x ${unitPriceMinor}`)
  }
  return total
}
