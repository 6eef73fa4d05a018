/** How a delivery method is charged. Amounts in minor units of the shop's currency, weights in grams. */
export type DeliveryRate =
  | { readonly kind: 'flat'; readonly priceMinor: number }
  | { readonly kind: 'free_above'; readonly priceMinor: number; readonly freeFromMinor: number }
  | { readonly kind: 'by_weight'; readonly bands: readonly WeightBand[] }

/** Parcels up to and including `upToGrams` cost `priceMinor`. */
export interface WeightBand {
  readonly upToGrams: number
  readonly priceMinor: number
}

export interface DeliveryMethod {
  readonly id: number
  readonly name: string
  /** For the shopper: "3 to 5 working days". */
  readonly estimate: string
  readonly rate: DeliveryRate
}

/** What a parcel weighs and is worth; decides its price. */
export interface Parcel {
  readonly itemsMinor: number
  readonly weightGrams: number
}

/** A method with the price it has for the parcel at hand. */
export interface DeliveryChoice {
  readonly methodId: number
  readonly name: string
  readonly estimate: string
  readonly priceMinor: number
}

/** Price in minor units, or null when the parcel is too heavy for the method. */
export function deliveryPrice(rate: DeliveryRate, parcel: Parcel): number | null {
  switch (rate.kind) {
    case 'flat':
      return rate.priceMinor
    case 'free_above':
      return parcel.itemsMinor >= rate.freeFromMinor ? 0 : rate.priceMinor
    case 'by_weight': {
      const fitting = rate.bands
        .filter((band) => parcel.weightGrams <= band.upToGrams)
        .toSorted((a, b) => a.upToGrams - b.upToGrams)
      return fitting[0]?.priceMinor ?? null
    }
  }
}

/** The methods that can carry the parcel, cheapest first, each with its price. */
export function listDeliveryChoices(methods: readonly DeliveryMethod[], parcel: Parcel): DeliveryChoice[] {
  return methods
    .flatMap((method): DeliveryChoice[] => {
      const priceMinor = deliveryPrice(method.rate, parcel)
      if (priceMinor === null) return []
      return [{ methodId: method.id, name: method.name, estimate: method.estimate, priceMinor }]
    })
    .toSorted((a, b) => a.priceMinor - b.priceMinor)
}
