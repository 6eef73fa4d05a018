import { Panel } from '@/components/admin/panel'
import { ReturnStateMark } from '@/components/admin/return-state'
import { Time } from '@/components/admin/time'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { RETURN_REASON_TEXTS } from '@/lib/domain/return'

export function ReturnsPart({ desk: { returns } }: { desk: OrderDesk }) {
  if (returns.length === 0) return null
  return (
    <Panel id="returns" title={returns.length === 1 ? 'Return' : 'Returns'}>
      <ul className="space-y-2">
        {returns.map(({ id, state, reason, askedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4">
            <a href={`/admin/returns/${id}`} className="text-link">
              {RETURN_REASON_TEXTS[reason]}
            </a>
            <span className="flex items-center gap-4">
              <ReturnStateMark state={state} />
              <span className="text-xs text-ink-soft">
                <Time at={askedAt} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
