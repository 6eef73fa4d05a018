import 'server-only'

import type { Mail } from '@/lib/domain/mail'

import type { Letter, MailShop } from './letter'
import { accountLetter } from './letters/account-letters'
import {
  cancelledLetter,
  deliveredLetter,
  orderPlacedLetter,
  refundedLetter,
  shippedLetter,
  type BoughtOrder,
} from './letters/order-letters'
import {
  paymentCheckedLetter,
  paymentFailedLetter,
  paymentReturnedLetter,
  type BegunPayment,
} from './letters/payment-letters'
import {
  returnApprovedLetter,
  returnReceivedLetter,
  returnRefusedLetter,
  returnRequestedLetter,
} from './letters/return-letters'

/** Where a letter finds what its mail is about, as it is now. Both throw when it is gone. */
export interface LetterSources {
  readonly order: (orderId: string) => Promise<BoughtOrder>
  readonly payment: (attemptId: string) => Promise<BegunPayment>
}

export async function writeLetter(shop: MailShop, mail: Mail, sources: LetterSources): Promise<Letter> {
  switch (mail.kind) {
    case 'order_placed':
      return orderPlacedLetter(shop, await sources.order(mail.orderId))
    case 'shipped':
      return shippedLetter(shop, await sources.order(mail.orderId), mail)
    case 'delivered':
      return deliveredLetter(shop, await sources.order(mail.orderId))
    case 'cancelled':
      return cancelledLetter(shop, await sources.order(mail.orderId), mail)
    case 'refunded':
      return refundedLetter(shop, await sources.order(mail.orderId), mail)
    case 'return_requested':
      return returnRequestedLetter(shop, await sources.order(mail.orderId), mail)
    case 'return_approved':
      return returnApprovedLetter(shop, await sources.order(mail.orderId), mail)
    case 'return_refused':
      return returnRefusedLetter(shop, await sources.order(mail.orderId), mail)
    case 'return_received':
      return returnReceivedLetter(shop, await sources.order(mail.orderId), mail)
    case 'payment_checked':
      return paymentCheckedLetter(shop, await sources.payment(mail.attemptId))
    case 'payment_failed':
      return paymentFailedLetter(shop, await sources.payment(mail.attemptId))
    case 'payment_returned':
      return paymentReturnedLetter(shop, await sources.payment(mail.attemptId), mail)
    default:
      return accountLetter(shop, mail)
  }
}
