import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getComparisons, type ReconciliationRun } from '@/lib/admin/comparisons'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../../admin-page'
import { PaymentsPage } from '../payments-page'
import { compareNow } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Comparisons' }

export default async function ComparisonsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('payments.read', '/admin/payments/comparisons')
  const { runs, request } = await getComparisons(adminDatabase(), admin)
  const isAsked = asked['done'] === 'requested'
  return (
    <PaymentsPage
      admin={admin}
      here="/admin/payments/comparisons"
      done={isAsked ? 'The worker compares. Reload the page to see how far it is.' : null}
    >
      <p className="mb-6 max-w-3xl text-ink-soft">
        Each night PayPal’s own list of what moved is compared with the books, both ways. What can be put right is put
        right; what needs a person is an incident. PayPal’s list may be three hours late.
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        {can(admin.role, 'payments.decide') ? (
          <div className="xl:order-2">
            <Panel id="compare" title="Compare now">
              {request ? (
                <p>
                  {request.requestedBy} waits for the last {request.days} days, since <Time at={request.requestedAt} />.
                </p>
              ) : (
                <ActForm
                  id="compare"
                  action={compareNow}
                  refused={await readRefusedForm('compare', asked['refused'])}
                  fields={[{ kind: 'number', name: 'days', label: 'Days back from now', value: '3', max: 1095 }]}
                  submit="Compare"
                  pending="Asking the worker…"
                />
              )}
            </Panel>
          </div>
        ) : null}
        {runs.length === 0 ? (
          <p className="text-ink-soft">Nothing has been compared yet. The worker does it at three in the night, UTC.</p>
        ) : (
          <RunTable runs={runs} />
        )}
      </div>
    </PaymentsPage>
  )
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
})

function RunTable({ runs }: { runs: readonly ReconciliationRun[] }) {
  return (
    <WideTable name="Comparisons" className="-mx-4 sm:mx-0">
      <table className="desk-table">
        <caption className="sr-only">Comparisons with PayPal, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Begun</th>
            <th scope="col">What, UTC</th>
            <th scope="col" className="end">
              At PayPal
            </th>
            <th scope="col" className="end">
              Here
            </th>
            <th scope="col" className="end">
              Put right
            </th>
            <th scope="col" className="end">
              Incidents
            </th>
            <th scope="col" className="end">
              Unclear
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <td>
                <Time at={run.startedAt} />
                <span className="block text-xs text-ink-soft">
                  {run.nightly ? 'each night' : (run.requestedBy ?? 'by command')}
                </span>
              </td>
              <td className="num whitespace-nowrap">
                {DAY.format(run.spanFrom)} – {DAY.format(run.spanTo)}
              </td>
              <td className="end num">{run.transactionsSeen}</td>
              <td className="end num">{run.rowsSeen}</td>
              <td className="end num">{run.repaired}</td>
              <td className={`end num ${run.incidentsRaised > 0 ? 'text-danger' : ''}`}>{run.incidentsRaised}</td>
              <td className={`end num ${run.unclear > 0 ? 'text-warning' : ''}`}>{run.unclear}</td>
              <td className="min-w-40">{stateText(run)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function stateText({ finishedAt, failure, incidentsRaised, unclear }: ReconciliationRun) {
  if (failure !== null) return <span className="text-danger">✗ {failure}</span>
  if (finishedAt === null) return <span className="text-warning">under way</span>
  if (incidentsRaised + unclear > 0) return 'differences left'
  return <span className="text-positive">✓ all agrees</span>
}
