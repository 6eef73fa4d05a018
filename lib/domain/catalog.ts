import type { Money } from './money'

/** How much of a variant can be bought right now: on hand less what running payments hold. */
export type Availability =
  | { readonly kind: 'in_stock' }
  | { readonly kind: 'low'; readonly left: number }
  | { readonly kind: 'sold_out' }

/** From this many pieces down the shopper is told how few are left. */
export const LOW_STOCK_MAX = 5

export function toAvailability(available: number): Availability {
  if (available <= 0) return { kind: 'sold_out' }
  return available <= LOW_STOCK_MAX ? { kind: 'low', left: available } : { kind: 'in_stock' }
}

/** True when a page that shows the one must be shown anew for the other. */
export function sameAvailability(before: number, after: number): boolean {
  const [a, b] = [toAvailability(before), toAvailability(after)]
  return a.kind === b.kind && (a.kind !== 'low' || b.kind !== 'low' || a.left === b.left)
}

/** A picture in the sizes it was rendered in: `${base}-${width}.webp`. */
export interface Picture {
  readonly base: string
  readonly widths: readonly number[]
  readonly width: number
  readonly height: number
  readonly alt: string
}

/** A product as a grid shows it. */
export interface ProductCard {
  readonly slug: string
  readonly name: string
  readonly subtitle: string
  readonly picture: Picture | null
  readonly fromPrice: Money
  /** True when variants differ in price: "from $28". */
  readonly priceVaries: boolean
  readonly soldOut: boolean
}

export interface VariantView {
  readonly variantId: number
  readonly sku: string
  readonly optionValues: Readonly<Record<string, string>>
  readonly price: Money
  readonly availability: Availability
}

export interface OptionView {
  readonly name: string
  readonly values: readonly { readonly value: string; readonly swatch: string | null }[]
}

/** A picture that shows certain option values ("Frame: Oak"), or all of them when empty. */
export interface ProductPicture extends Picture {
  readonly optionValues: Readonly<Record<string, string>>
}

export interface ProductView {
  readonly productId: number
  readonly slug: string
  readonly name: string
  readonly subtitle: string
  readonly description: string
  readonly details: readonly { readonly label: string; readonly value: string }[]
  readonly category: { readonly slug: string; readonly name: string } | null
  readonly options: readonly OptionView[]
  readonly variants: readonly VariantView[]
  readonly pictures: readonly ProductPicture[]
}

export interface CategoryView {
  readonly slug: string
  /** Slugs from the root to this one, as in the address bar. */
  readonly path: readonly string[]
  readonly name: string
  readonly description: string
  readonly picture: Picture | null
  readonly productCount: number
}
