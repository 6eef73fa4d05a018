import type { Refusal, Unknown } from './payment-gateway'

/** A parcel as PayPal is told of it. */
export interface PayPalParcel {
  readonly paypalOrderId: string
  readonly paypalCaptureId: string
  /** PayPal's code, or OTHER with the name beside it. */
  readonly carrierCode: string
  readonly carrier: string
  readonly trackingNumber: string
  readonly items: readonly { readonly name: string; readonly sku: string; readonly quantity: number }[]
}

export interface ShipmentGateway {
  /** The same parcel again changes nothing. */
  tellParcel(parcel: PayPalParcel, requestKey: string): Promise<{ readonly kind: 'told' } | Refusal | Unknown>
  /** Takes back a number that was wrong. One that PayPal never heard of is refused. */
  withdrawParcel(
    parcel: Pick<PayPalParcel, 'paypalOrderId' | 'paypalCaptureId' | 'trackingNumber'>,
  ): Promise<{ readonly kind: 'withdrawn' } | Refusal | Unknown>
}
