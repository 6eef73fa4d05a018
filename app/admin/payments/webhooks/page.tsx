import type { Metadata } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'

import { FilterBar, FilterChoice } from '@/components/admin/filter-bar'
import { NothingListed } from '@/components/admin/nothing-listed'
import { Pager } from '@/components/admin/pager'
import { SearchField } from '@/components/admin/search-field'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { EVENTS_PER_PAGE, getInbox, type InboxRow } from '@/lib/admin/webhook-inbox'
import { INBOX_STATES, INBOX_TYPES, inboxQuery, parseInboxFilter, type InboxFilter } from '@/lib/domain/inbox-filter'
import { readTimeCursor, writeTimeCursor } from '@/lib/domain/time-cursor'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../../admin-page'
import { lagText } from '../../settings/paypal/paypal-texts'
import { PaymentsPage } from '../payments-page'
import { SilenceAlarm } from '../silence-alarm'
import { EventState, STATE_NAMES } from './event-state'

export const instant = false
export const metadata: Metadata = { title: 'Webhooks' }

const WEBHOOKS = '/admin/payments/webhooks'

export default async function WebhooksPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const filter = parseInboxFilter(asked)
  const query = inboxQuery(filter)
  const admin = await requireAdmin('payments.read', `${WEBHOOKS}${query ? `?${query}` : ''}`)
  const after = readTimeCursor(asked['after'])
  const { events, next, state, silent } = await getInbox(adminDatabase(), admin, filter, after)
  return (
    <PaymentsPage admin={admin} here={WEBHOOKS}>
      <SilenceAlarm since={silent} />
      <dl className="mb-6 flex flex-wrap gap-x-10 gap-y-3">
        <Figure name="Last event">{state.lastDeliveredAt ? <Time at={state.lastDeliveredAt} /> : 'none yet'}</Figure>
        <Figure name="Usually after">{lagText(state.lagSeconds)}</Figure>
        <Figure name="Waiting here">
          {state.waiting}
          {state.oldestWaitingAt ? (
            <>
              , the oldest since <Time at={state.oldestWaitingAt} />
            </>
          ) : null}
        </Figure>
      </dl>
      <Filters filter={filter} />
      {events.length === 0 ? (
        <NothingListed
          why={after ? 'That was all.' : query ? 'No event is like that.' : 'PayPal has not told of anything yet.'}
          all={query ? { href: '/admin/payments/webhooks', name: 'Show all events' } : null}
        />
      ) : (
        <EventTable events={events} />
      )}
      <Pager
        first={after ? `${WEBHOOKS}${query ? `?${query}` : ''}` : null}
        next={next ? `${WEBHOOKS}?${inboxQuery(filter, { after: writeTimeCursor(next) })}` : null}
        size={EVENTS_PER_PAGE}
      />
    </PaymentsPage>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="num font-medium">{children}</dd>
    </div>
  )
}

function EventTable({ events }: { events: readonly InboxRow[] }) {
  return (
    <WideTable name="Events" className="-mx-4 sm:-mx-8 sm:px-5">
      <table className="desk-table">
        <caption className="sr-only">What PayPal has told, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Came</th>
            <th scope="col">What</th>
            <th scope="col">About</th>
            <th scope="col">State</th>
            <th scope="col" className="end">
              Tries
            </th>
            <th scope="col">Event</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id} className="desk-row">
              <td>
                <Time at={event.receivedAt} />
                {event.source === 'caught_up' ? <span className="block text-xs text-ink-soft">asked for</span> : null}
              </td>
              <td className="whitespace-nowrap">
                <a href={`${WEBHOOKS}/${event.id}`} className="desk-row-link font-medium hover:underline">
                  {event.eventType}
                </a>
              </td>
              <td className="num text-xs">{event.paypalCaptureId ?? event.paypalOrderId ?? event.resourceId ?? '–'}</td>
              <td className="max-w-72">
                <EventState event={event} />
              </td>
              <td className="end num">{event.tries}</td>
              <td className="num text-xs whitespace-nowrap text-ink-soft">{event.id}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function Filters({ filter }: { filter: InboxFilter }) {
  return (
    <FilterBar action={WEBHOOKS}>
      <SearchField
        label="Id of the event, or of what it is about at PayPal"
        value={filter.id}
        maxLength={100}
        className="basis-72"
      />
      <FilterChoice name="type" label="What" value={filter.eventType ?? ''} any="Anything">
        {INBOX_TYPES.map((type) => (
          <option key={type}>{type}</option>
        ))}
      </FilterChoice>
      <FilterChoice name="state" label="State" value={filter.state ?? ''}>
        {INBOX_STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_NAMES[state]}
          </option>
        ))}
      </FilterChoice>
    </FilterBar>
  )
}
