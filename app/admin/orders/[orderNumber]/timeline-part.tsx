import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { OrderDesk } from '@/lib/admin/order-desk'

import { entriesOf } from './timeline-entries'

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
