import type { Money } from '../paypal-shapes'

/** Money that came or went without any order of the shop: somebody paid by hand, the seller withdrew. */
export type ForeignPayment = {
  id: string
  /** What PayPal calls the kind, such as T0000 (payment received), T0106 (fee for a chargeback) or T0400 (withdrawal to the bank). */
  eventCode: string
  /** Negative when money went away. */
  amount: Money
  /** The payment or refund that it is about: a fee for a chargeback of it, say. */
  referenceId?: string | null
  feeMinor: number
  customId: string | null
  invoiceId: string | null
  payerEmail: string | null
  createdAt: number
}
