import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getEvent } from '@/lib/admin/webhook-inbox'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../../admin-page'
import { EventState } from '../event-state'
import { replay } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Event' }

export default async function EventPage({
  params,
  searchParams,
}: {
  params: Promise<{ eventId: string }>
  searchParams: Asked
}) {
  await connection()
  const { eventId } = await params
  const asked = await searchParams
  const admin = await requireAdmin('payments.read', `/admin/payments/webhooks/${encodeURIComponent(eventId)}`)
  const found = await getEvent(adminDatabase(), admin, eventId)
  if (!found) notFound()
  const { event, replays } = found
  const about = [
    ['Order at PayPal', event.paypalOrderId],
    ['Capture', event.paypalCaptureId],
    ['Resource', event.resourceId],
  ] as const
  return (
    <AdminPage
      admin={admin}
      here="/admin/payments"
      title={event.eventType}
      back={{ href: '/admin/payments/webhooks', name: 'Webhooks' }}
      done={asked['done'] === 'replayed' ? 'It is looked at again within seconds. Reload the page to see.' : null}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="space-y-6 xl:order-2">
          <Panel id="facts" title="Event">
            <Facts
              rows={[
                ['Id', event.id],
                ...about.flatMap(([name, id]) => (id === null ? [] : [[name, id] as const])),
                ['Happened', event.occurredAt ? <Time key="occurred" at={event.occurredAt} /> : 'not told'],
                ['Sent', <Time key="sent" at={event.transmittedAt} />],
                ['Came', <Time key="came" at={event.receivedAt} />],
                ['By', event.source === 'delivered' ? 'delivery to the shop' : 'asking PayPal'],
                ['Tries', event.tries],
                [
                  'State',
                  <span key="state">
                    <EventState event={event} />
                  </span>,
                ],
              ]}
            />
          </Panel>
          {can(admin.role, 'payments.decide') ? (
            <Panel id="replay" title="Look at it again">
              <p className="mb-3 text-ink-soft">
                As if it had just come. PayPal is asked about what it names, so a second look books nothing twice.
              </p>
              <ActForm
                id="replay"
                action={replay}
                refused={await readRefusedForm('replay', asked['refused'])}
                hidden={{ eventId: event.id }}
                fields={[]}
                submit="Look at it again"
                pending="A moment…"
                look="plain"
              />
              {replays.length > 0 ? (
                <ul className="mt-4 space-y-1 text-xs text-ink-soft">
                  {replays.map(({ id, actorEmail, at }) => (
                    <li key={id}>
                      {actorEmail}, <Time at={at} />
                    </li>
                  ))}
                </ul>
              ) : null}
            </Panel>
          ) : null}
        </div>
        <Panel id="body" title="As it came">
          {event.body === '' ? (
            <p className="text-ink-soft">It tells who bought, so it was forgotten after three months.</p>
          ) : (
            <WideTable name="The event as JSON" className="max-h-[70vh] overflow-y-auto">
              <pre className="num text-xs leading-relaxed">{prettyJson(event.body)}</pre>
            </WideTable>
          )}
        </Panel>
      </div>
    </AdminPage>
  )
}

function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
