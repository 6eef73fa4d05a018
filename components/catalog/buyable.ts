import type { Availability, ProductView } from '@/lib/domain/catalog'
import { formatMoney } from '@/lib/domain/money'

/** A product as the buying form needs it: small, because it travels to the browser inside the page. */
export interface Buyable {
  readonly slug: string
  readonly name: string
  readonly options: readonly BuyableOption[]
  readonly variants: readonly BuyableVariant[]
}

export interface BuyableOption {
  readonly name: string
  readonly values: readonly { readonly value: string; readonly swatch: string | null }[]
}

export interface BuyableVariant {
  readonly id: number
  /** One value an option, in the options' order. */
  readonly values: readonly string[]
  readonly price: string
  /** Pieces left: 0 when sold out, null when there are plenty. */
  readonly left: number | null
}

export function toBuyable({ slug, name, options, variants }: ProductView): Buyable {
  return {
    slug,
    name,
    options,
    variants: variants.map((variant) => ({
      id: variant.variantId,
      values: options.map((option) => variant.optionValues[option.name] ?? ''),
      price: formatMoney(variant.price),
      left: countLeft(variant.availability),
    })),
  }
}

function countLeft(availability: Availability): number | null {
  if (availability.kind === 'sold_out') return 0
  return availability.kind === 'low' ? availability.left : null
}

/** What is chosen at first: something that can be bought, if there is anything. */
export function firstChoice({ variants }: Buyable): readonly string[] {
  return (variants.find(({ left }) => left !== 0) ?? variants[0])?.values ?? []
}

export function findVariant({ variants }: Buyable, chosen: readonly string[]): BuyableVariant | null {
  return variants.find(({ values }) => values.every((value, index) => value === chosen[index])) ?? null
}

export type ValueState = 'available' | 'sold_out' | 'not_made'

/** What choosing `value` of one option would lead to, the other choices being as they are. */
export function stateOf(product: Buyable, chosen: readonly string[], optionIndex: number, value: string): ValueState {
  const variant = findVariant(product, chosen.with(optionIndex, value))
  if (!variant) return 'not_made'
  return variant.left === 0 ? 'sold_out' : 'available'
}

/** Why the choice cannot be bought, and what could be instead. Null when it can. */
export function explainChoice(product: Buyable, chosen: readonly string[]): string | null {
  const variant = findVariant(product, chosen)
  if (variant && variant.left !== 0) return null
  if (product.variants.every(({ left }) => left === 0)) return 'Sold out for now.'
  const reason = `${chosen.join(', ')} ${variant ? 'is sold out' : 'is not made'}.`
  const ways = product.options.flatMap((option, index) => {
    const others = option.values
      .map(({ value }) => value)
      .filter((value) => stateOf(product, chosen, index, value) === 'available')
    return others.length > 0 ? [others.join(', ')] : []
  })
  return ways.length > 0 ? `${reason} In stock: ${ways.join('; or ')}.` : reason
}
