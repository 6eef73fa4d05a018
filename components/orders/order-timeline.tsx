import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'

import { ICON } from '@/components/ui/icon-look'
import { formatMoney } from '@/lib/domain/money'
import type { OrderView } from '@/lib/domain/order'
import type { OrderEvent, OrderTimeline, Parcel } from '@/lib/domain/order-timeline'

const TIME = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** What has happened to an order and what is still to come. */
export function Timeline({
  order,
  timeline,
}: {
  order: Pick<OrderView, 'deliveryName' | 'deliveryEstimate'>
  timeline: OrderTimeline
}) {
  const ahead = [
    ...(timeline.packingAhead ? ['We pack your order.'] : []),
    ...(timeline.deliveryAhead ? [`It is delivered: ${order.deliveryName}, ${order.deliveryEstimate}.`] : []),
  ]
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="border-t border-rule pt-4 text-xl">
        What happened
      </h2>
      <ol className="mt-4 space-y-3">
        {timeline.events.map((event) => (
          <li
            key={`${event.kind} ${event.at.getTime()} ${event.kind === 'shipped' ? event.trackingNumber : ''}`}
            className="flex gap-3 text-base"
          >
            <Mark look="border-positive text-positive">
              <Check {...ICON} size={15} />
            </Mark>
            <span>
              {eventText(event)}
              <time dateTime={event.at.toISOString()} className="num block text-sm text-ink-soft">
                {TIME.format(event.at)} UTC
              </time>
            </span>
          </li>
        ))}
        {ahead.map((text, index) => (
          <li key={text} className="flex gap-3 text-base text-ink-soft">
            <Mark look="border-edge">{timeline.events.length + index + 1}</Mark>
            <span>
              <span className="sr-only">Next: </span>
              {text}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The round sign before a step. */
export function Mark({ look, children }: { look: string; children: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className={`num flex size-6 shrink-0 items-center justify-center rounded-full border text-sm ${look}`}
    >
      {children}
    </span>
  )
}

function eventText(event: OrderEvent): ReactNode {
  switch (event.kind) {
    case 'paid':
      return 'Ordered and paid.'
    case 'shipped':
      return <Shipped parcel={event} />
    case 'delivered':
      return 'Delivered.'
    case 'cancelled':
      return 'Cancelled.'
    case 'refund_begun':
      return `${formatMoney(event.amount)} is on its way back to you.`
    case 'refunded':
      return `${formatMoney(event.amount)} has gone back to you.`
    case 'came_again':
      return `${formatMoney(event.amount)} had gone back to you through your bank, which has returned it to us since.`
  }
}

function Shipped({ parcel: { carrier, trackingNumber, trackingUrl } }: { parcel: Parcel }) {
  if (trackingNumber === null) return `On its way with ${carrier}.`
  return (
    <>
      On its way with {carrier},{' '}
      {trackingUrl ? (
        <a href={trackingUrl} rel="noreferrer" className="text-link num break-all">
          {trackingNumber}
        </a>
      ) : (
        <span className="num break-all">{trackingNumber}</span>
      )}
      .
    </>
  )
}
