import type { Money } from '../paypal-shapes'

/** Money that came or went without any order of the shop: somebody paid by hand, the seller withdrew. */
export type ForeignPayment = {
  id: string
  /** What PayPal calls the kind, such as T0000 (payment received) or T0400 (withdrawal to the bank). */
  eventCode: string
  /** Negative when money went away. */
  amount: Money
  feeMinor: number
  customId: string | null
  invoiceId: string | null
  payerEmail: string | null
  createdAt: number
}
