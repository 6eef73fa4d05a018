import type { Address } from './address'
import { leftToShip, type FulfillableItem } from './fulfilment'

/** What whoever packs an order needs to know, and no prices: it may lie in a parcel that is a gift. */
export interface PackingSlip {
  readonly orderNumber: string
  readonly shopName: string
  readonly placedAt: Date
  readonly address: Address
  readonly deliveryName: string
  readonly isHeld: boolean
  /** By SKU, which is how shelves are walked. */
  readonly lines: readonly PickLine[]
}

export interface PickLine {
  readonly sku: string
  readonly name: string
  readonly detail: string
  /** Still to be sent. */
  readonly quantity: number
  readonly bought: number
  readonly shipped: number
}

type PickItem = FulfillableItem & {
  readonly sku: string
  readonly productName: string
  readonly options: readonly { readonly value: string }[]
}

/** What is left to pick. Once nothing is, it lists all that was bought, with nothing to tick. */
export function planPickLines(items: readonly PickItem[]): PickLine[] {
  return items
    .map((item) => ({
      sku: item.sku,
      name: item.productName,
      detail: item.options.map(({ value }) => value).join(', '),
      quantity: leftToShip(item),
      bought: item.quantity,
      shipped: item.shippedQuantity,
    }))
    .toSorted((a, b) => a.sku.localeCompare(b.sku, 'en'))
}
