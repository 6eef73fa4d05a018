import type { Money } from './money'
import { isFinished, type OrderState } from './order'
import type { RefundState } from './refund'

/** A parcel as its buyer follows it. */
export interface Parcel {
  readonly carrier: string
  readonly trackingNumber: string | null
  readonly trackingUrl: string | null
}

/** Something that has happened to an order. */
export type OrderEvent =
  | { readonly kind: 'paid' | 'delivered' | 'cancelled'; readonly at: Date }
  | ({ readonly kind: 'shipped'; readonly at: Date } & Parcel)
  | { readonly kind: 'refund_begun' | 'refunded' | 'came_again'; readonly at: Date; readonly amount: Money }

/** What an order's timeline is made of. */
export interface OrderHistory {
  readonly state: OrderState
  readonly placedAt: Date
  readonly deliveredAt: Date | null
  readonly cancelledAt: Date | null
  readonly total: Money
  readonly parcels: readonly (Parcel & { readonly shippedAt: Date })[]
  readonly refunds: readonly {
    readonly state: RefundState
    readonly amountMinor: number
    readonly createdAt: Date
    readonly completedAt: Date | null
    /** How much of what a bank had taken came again; 0 for what stayed with the buyer. */
    readonly returnedMinor: number
  }[]
}

export interface OrderTimeline {
  /** The oldest first. */
  readonly events: readonly OrderEvent[]
  /** Whether the parcel is still to come. */
  readonly deliveryAhead: boolean
  /** Whether it is still to be packed, all or in part. */
  readonly packingAhead: boolean
  /** What has gone back or is on its way, in minor units. */
  readonly goneBackMinor: number
}

/** What has happened to an order, as its buyer reads it. A refund that failed is the shop's to mend and is not told. */
export function planTimeline(history: OrderHistory): OrderTimeline {
  const { currency } = history.total
  const refunds = history.refunds.flatMap(
    ({ state, amountMinor, createdAt, completedAt, returnedMinor }): OrderEvent[] => {
      if (state === 'failed') return []
      const told = (kind: 'came_again' | 'refunded' | 'refund_begun', minor: number): OrderEvent[] =>
        minor > 0 ? [{ kind, at: completedAt ?? createdAt, amount: { minor, currency } }] : []
      // The buyer has read that it went back: that it does not stand any more is told, and not just left out.
      const again = told('came_again', returnedMinor)
      return [...told(state === 'completed' ? 'refunded' : 'refund_begun', amountMinor - returnedMinor), ...again]
    },
  )
  const delivered: OrderEvent[] = history.deliveredAt ? [{ kind: 'delivered', at: history.deliveredAt }] : []
  const cancelled: OrderEvent[] = history.cancelledAt ? [{ kind: 'cancelled', at: history.cancelledAt }] : []
  const shipped = history.parcels.map(({ shippedAt, ...parcel }): OrderEvent => ({
    ...parcel,
    kind: 'shipped',
    at: shippedAt,
  }))
  const events: OrderEvent[] = [
    { kind: 'paid', at: history.placedAt },
    ...shipped,
    ...delivered,
    ...cancelled,
    ...refunds,
  ]
  const gone = goneBackMinor(history)
  return {
    events: events.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    deliveryAhead: !isFinished(history.state) && gone < history.total.minor,
    packingAhead: history.state !== 'shipped' && !isFinished(history.state) && gone < history.total.minor,
    goneBackMinor: gone,
  }
}

/** What has gone back of an order or is on its way, in minor units of its total; without what a bank has given the shop again. */
export function goneBackMinor({ refunds }: Pick<OrderHistory, 'refunds'>): number {
  const gone = refunds.filter(({ state }) => state !== 'failed')
  return gone.reduce((sum, { amountMinor, returnedMinor }) => sum + amountMinor - returnedMinor, 0)
}
