import { randomUUID } from 'node:crypto'

import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getJobs } from '@/lib/bulk/job-desk'
import { rowsOfChosen } from '@/lib/domain/bulk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { packChosen } from './actions'
import { KIND_NAMES } from './bulk-texts'
import { ListForm } from './list-form'

export const instant = false
export const metadata: Metadata = { title: 'Many orders' }

export default async function BulkPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const typed = asked['n'] ?? []
  const chosen = rowsOfChosen(typeof typed === 'string' ? [typed] : typed).map(({ orderNumber }) => orderNumber)
  const query = chosen.map((number) => `n=${number}`).join('&')
  const admin = await requireAdmin('orders.fulfil', `/admin/orders/bulk${query ? `?${query}` : ''}`)
  const jobs = await getJobs(adminDatabase(), admin)
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  return (
    <AdminPage
      admin={admin}
      here="/admin/orders"
      title={chosen.length > 0 ? `${chosen.length} ${chosen.length === 1 ? 'order' : 'orders'}` : 'Tracking list'}
      back={{ href: '/admin/orders', name: 'Orders' }}
    >
      <div className="max-w-3xl space-y-6">
        {chosen.length > 0 ? (
          <Panel id="pack" title="Start packing">
            <p className="mb-4 text-ink-soft">
              They become “Packing”. Nothing is mailed. Orders that are held or further on stay as they are.
            </p>
            <ActForm
              id="pack"
              action={packChosen}
              refused={await refused('pack')}
              hidden={{ jobId: randomUUID(), chosen: chosen.join(' ') }}
              fields={[]}
              submit={`Start packing ${chosen.length}`}
              pending="Looking at them…"
            />
          </Panel>
        ) : null}
        <Panel id="list" title="Mark shipped with a list">
          <ListForm
            jobId={randomUUID()}
            refused={await refused('list')}
            list={chosen.map((n) => `${n}, , `).join('\n')}
          />
        </Panel>
        {jobs.length > 0 ? (
          <Panel id="jobs" title="What was done so far">
            <ul className="space-y-2">
              {jobs.map((job) => (
                <li key={job.id} className="flex flex-wrap justify-between gap-x-4">
                  <a href={`/admin/orders/bulk/${job.id}`} className="text-link">
                    {KIND_NAMES[job.kind]}, {rowsText(job.done + job.failed + job.ready + job.wrong)}
                  </a>
                  <span className="text-ink-soft">
                    {job.startedAt === null ? 'not started' : job.finishedAt ? `${job.done} done` : 'under way'}
                    {job.failed + job.wrong > 0 ? `, ${job.failed + job.wrong} not` : ''}, {job.email},{' '}
                    <Time at={job.createdAt} />
                  </span>
                </li>
              ))}
            </ul>
          </Panel>
        ) : null}
      </div>
    </AdminPage>
  )
}

function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
