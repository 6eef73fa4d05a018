import { Time } from '@/components/admin/time'
import type { InboxRow } from '@/lib/admin/webhook-inbox'
import type { InboxStateFilter } from '@/lib/domain/inbox-filter'

export const STATE_NAMES: Readonly<Record<InboxStateFilter, string>> = {
  waiting: 'Waiting',
  trouble: 'Waiting, with trouble',
  done: 'Dealt with',
}

/** Whether an event is dealt with, or when it is looked at again and why not before. */
export function EventState({
  event: { doneAt, nextActionAt, lastIssue },
}: {
  event: Pick<InboxRow, 'doneAt' | 'nextActionAt' | 'lastIssue'>
}) {
  if (doneAt) {
    return (
      <>
        <span className="text-positive">✓ dealt with</span>
        {lastIssue ? <span className="block text-xs text-ink-soft">{lastIssue}</span> : null}
      </>
    )
  }
  return (
    <>
      <span className="text-warning">waits</span>
      {nextActionAt && isLater(nextActionAt) ? (
        <>
          , tried again <Time at={nextActionAt} />
        </>
      ) : null}
      {lastIssue ? <span className="block text-xs text-ink-soft">{lastIssue}</span> : null}
    </>
  )
}

function isLater(time: Date): boolean {
  return time.getTime() > Date.now()
}
