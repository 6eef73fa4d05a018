/** A parcel that the shop told PayPal about. */
export type TrackerRecord = {
  /** Capture id and tracking number, joined by a hyphen. */
  id: string
  captureId: string
  trackingNumber: string
  carrier: string
  carrierNameOther: string | null
  status: 'SHIPPED' | 'CANCELLED'
  items: TrackedItem[]
  notifyPayer: boolean
  createdAt: number
  updatedAt: number
}

export type TrackedItem = { name?: string; quantity?: string; sku?: string }
