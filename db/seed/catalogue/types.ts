import type { Work } from '../art/works'
import type { Scene } from '../scenes/scene'

/** A picture to render: what is shown (work) and how (scene). */
export type SeedImage = {
  /** Stable and unique in the whole catalogue; the file name begins with it. */
  readonly key: string
  readonly alt: string
  readonly work: Work
  readonly scene: Scene
  /** Option values that this picture shows; pictures without any suit every variant. */
  readonly optionValues?: Readonly<Record<string, string>>
}

export type SeedCategory = {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly parentSlug: string | null
  /** Order among its siblings, from 0. */
  readonly position: number
  readonly image: SeedImage
}

export type SeedOption = {
  readonly name: string
  readonly values: readonly { readonly value: string; readonly swatch?: string }[]
}

export type SeedVariant = {
  readonly sku: string
  /** One value for each option of the product. */
  readonly optionValues: Readonly<Record<string, string>>
  /** US cents. */
  readonly priceMinor: number
  readonly weightGrams: number
  readonly onHand: number
}

export type SeedDetail = { readonly label: string; readonly value: string }

export type SeedProduct = {
  readonly slug: string
  readonly name: string
  readonly subtitle: string
  readonly description: string
  readonly details: readonly SeedDetail[]
  /** The leaf categories it stands in; their parents include it by being parents. */
  readonly categorySlugs: readonly string[]
  readonly state: 'active' | 'draft'
  /** Larger is newer; unique. */
  readonly publishedOrder: number
  readonly options: readonly SeedOption[]
  readonly variants: readonly SeedVariant[]
  readonly images: readonly SeedImage[]
}

/** A product before its place in the order of publication is known. */
export type UndatedProduct = Omit<SeedProduct, 'publishedOrder'>

/** `normal` leaves some variants low and a few at nothing, as in any stock room. */
export type StockLevel = 'normal' | 'low' | 'sold-out'
