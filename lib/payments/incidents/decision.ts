import type { Transaction } from '@/db/client'
import type { PaymentIncident } from '@/db/queries/payment-incidents'
import type { Money } from '@/lib/domain/money'

import type { RecoverProblem } from '../recover-capture'
import type { RefundRefusal } from '../request-refund'

/** Why a decision cannot be carried out. The incident stays open. */
export type Obstacle =
  /** The decision makes no sense for this kind of incident. */
  | 'wrong_kind'
  | 'reason_missing'
  /** It says something else by now than whoever decides has read. */
  | 'changed_since'
  | 'order_missing'
  /** The pieces are gone, the cart has been ordered otherwise, or the amount is not the order's. */
  | 'no_order_possible'
  | 'nothing_left'
  /** Money or pieces of the same order have gone back since the refund failed: this may have been done already. */
  | 'refunded_since'
  | RefundRefusal['kind']
  | RecoverProblem

/** `left`: how much of the money is left, where that is less than what was to go back. */
export interface NotPossible {
  readonly kind: 'not_possible'
  readonly why: Obstacle
  readonly left?: Money
}

/** What a decision's own verb is given: an incident that was open a moment ago and whose cause is still there. */
export interface OpenIncident {
  readonly incident: PaymentIncident
  readonly by: string
  readonly note: string
  readonly onResolved: OnResolved
}

/** What whoever lets people decide writes in the same transaction, such as an entry of the audit log. */
export type OnResolved = (tx: Transaction, resolved: PaymentIncident) => Promise<void>

/** `raced`: somebody else was first; the row says what they decided. */
export type Carried =
  | { readonly kind: 'carried_out' }
  | { readonly kind: 'raced' }
  | NotPossible
  | { readonly kind: 'unknown' }
