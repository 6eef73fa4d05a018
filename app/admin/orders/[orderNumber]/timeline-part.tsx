import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { formatMoney } from '@/lib/domain/money'
import { BUYER } from '@/lib/domain/order-event'

import { eventName } from './order-texts'

interface Entry {
  readonly key: string
  readonly at: Date
  readonly who: string
  readonly what: string
  readonly text: string
}

/** Everything that happened, the newest first: money by PayPal's word, the rest by staff. */
export function TimelinePart({ desk }: { desk: OrderDesk }) {
  return (
    <Panel id="timeline" title="What happened">
      <ol className="space-y-2.5">
        {entriesOf(desk).map(({ key, at, who, what, text }) => (
          <li key={key}>
            <span className="flex flex-wrap justify-between gap-x-4">
              <span>
                <b className="font-medium">{who}</b> {what}
              </span>
              <span className="text-xs text-ink-soft">
                <Time at={at} />
              </span>
            </span>
            {text ? <span className="mt-0.5 block whitespace-pre-wrap text-ink-soft">{text}</span> : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function entriesOf({ order, events, refunds, disputes, money }: OrderDesk): Entry[] {
  const say = (minor: number) => formatMoney({ minor, currency: order.total.currency })
  const entries: Entry[] = [
    {
      key: 'placed',
      at: money?.capturedAt ?? order.placedAt,
      who: 'The buyer',
      what: `paid ${say(order.total.minor)} with PayPal`,
      text: '',
    },
    ...events.map(({ id, at, kind, actorEmail, data }) => ({
      key: `event ${id}`,
      at,
      who: actorEmail === BUYER ? 'The buyer' : actorEmail,
      what: [
        eventName(kind),
        data.carrier ? `with ${data.carrier}` : '',
        data.trackingNumber ?? '',
        data.amountMinor === undefined ? '' : say(data.amountMinor),
      ]
        .filter(Boolean)
        .join(' '),
      text: data.text ?? '',
    })),
    ...refunds.flatMap(({ id, completedAt, amountMinor, reason }) =>
      completedAt
        ? [
            {
              key: `refund ${id}`,
              at: completedAt,
              who: 'PayPal',
              what: `has sent ${say(amountMinor)} back (${reason})`,
              text: '',
            },
          ]
        : [],
    ),
    ...disputes.map(({ id, openedAt, reason }) => ({
      key: `dispute ${id}`,
      at: openedAt,
      who: 'The buyer',
      what: `opened dispute ${id}: ${reason.toLowerCase().replaceAll('_', ' ')}`,
      text: '',
    })),
  ]
  return entries.toSorted((a, b) => b.at.getTime() - a.at.getTime())
}
