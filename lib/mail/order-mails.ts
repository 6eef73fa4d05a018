import 'server-only'

import type { Queryable } from '@/db/client'
import { listMailFates, type MailFate } from '@/db/queries/mail-outbox'
import type { OrderEventData } from '@/lib/domain/order-event'
import { aboutAgain } from '@/lib/domain/order-mail'

import { mailKey } from './queue-mail'

/** The things of an order that mails are about. */
export interface MailedOrder {
  readonly id: string
  readonly shipments: readonly { readonly id: string; readonly telling: number }[]
  readonly refunds: readonly { readonly id: string }[]
  readonly returns: readonly { readonly id: string }[]
  readonly events: readonly { readonly kind: string; readonly data: OrderEventData }[]
}

const OF_ORDER = ['order_placed', 'delivered', 'cancelled'] as const
const OF_RETURN = ['return_requested', 'return_approved', 'return_refused', 'return_received'] as const

/** What a mail is about that puts a parcel's number right: `telling` counts what PayPal was to be told of it. */
export function aboutCorrection(shipmentId: string, telling: number): string {
  return `${shipmentId} ${telling}`
}

/** What has become of the mails about an order. A mail does not name its order once it is sent, so they are found by their keys. */
export async function listOrderMails(
  db: Queryable,
  { id, shipments, refunds, returns, events }: MailedOrder,
): Promise<MailFate[]> {
  return listMailFates(db, [
    ...OF_ORDER.map((kind) => mailKey(kind, id)),
    ...shipments.flatMap((parcel) => [
      mailKey('shipped', parcel.id),
      ...Array.from({ length: parcel.telling }, (_, n) => mailKey('shipped', aboutCorrection(parcel.id, n + 1))),
    ]),
    ...refunds.map((refund) => mailKey('refunded', refund.id)),
    ...returns.flatMap((each) => OF_RETURN.map((kind) => mailKey(kind, each.id))),
    ...events
      .filter(({ kind }) => kind === 'mail_resent')
      .map(({ data }, before) => aboutAgain(data.mail ?? '', before + 1)),
  ])
}
