import type { Metadata } from 'next'
import { connection } from 'next/server'

import { WideTable } from '@/components/admin/wide-table'
import { Time } from '@/components/admin/time'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getPaymentsDesk } from '@/lib/admin/payments-desk'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../admin-page'
import { IncidentCard } from './incident-card'
import { doneText, kindText } from './payment-texts'
import { PaymentsPage } from './payments-page'

export const instant = false
export const metadata: Metadata = { title: 'Payments' }

export default async function IncidentsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('payments.read', '/admin/payments')
  const { open, decided, invariants } = await getPaymentsDesk(adminDatabase(), admin)
  const decides = can(admin.role, 'payments.decide')
  const wrong = invariants.filter(({ findings }) => findings.length > 0)
  return (
    <PaymentsPage admin={admin} here="/admin/payments" done={doneText(asked['done'])}>
      <section aria-labelledby="incidents" className="max-w-4xl">
        <h2 id="incidents" className="mb-3 text-base">
          Incidents to decide
        </h2>
        {open.length === 0 ? (
          <p className="text-ink-soft">None. Every payment is an order, or has gone back.</p>
        ) : (
          <ul className="space-y-4">
            {await Promise.all(
              open.map(async (incident) => (
                <li key={incident.id}>
                  <IncidentCard
                    incident={incident}
                    decides={decides}
                    refused={await readRefusedForm(`incident-${incident.id}`, asked['refused'])}
                  />
                </li>
              )),
            )}
          </ul>
        )}
      </section>
      <section aria-labelledby="invariants" className="mt-10 max-w-4xl">
        <h2 id="invariants" className="mb-3 text-base">
          {wrong.length === 0 ? 'Nothing is wrong' : `${wrong.length} things are wrong`}
        </h2>
        <WideTable name="What must always hold">
          <table className="desk-table">
            <caption className="sr-only">What must always hold, looked at just now</caption>
            <thead>
              <tr>
                <th scope="col">What must hold</th>
                <th scope="col" className="end">
                  Rows seen
                </th>
                <th scope="col">Found</th>
              </tr>
            </thead>
            <tbody>
              {invariants.map(({ id, claim, rowsSeen, findings }) => (
                <tr key={id}>
                  <td>
                    <span className="num text-ink-soft">{id}</span> {claim}
                  </td>
                  <td className="end num">{rowsSeen}</td>
                  <td className={findings.length > 0 ? 'text-danger' : 'text-positive'}>
                    {findings.length === 0
                      ? '✓ holds'
                      : findings.map(({ subject, detail }) => `✗ ${subject}: ${detail}`).join('; ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </section>
      {decided.length > 0 ? (
        <section aria-labelledby="decided" className="mt-10 max-w-4xl">
          <h2 id="decided" className="mb-3 text-base">
            Decided lately
          </h2>
          <ul className="space-y-2">
            {decided.map(({ id, kind, resolution, resolvedBy, resolvedAt, resolutionNote }) => (
              <li key={id}>
                {kindText(kind)}: {resolution} by {resolvedBy}, {resolvedAt ? <Time at={resolvedAt} /> : null}
                {resolutionNote ? <span className="text-ink-soft">. {resolutionNote}</span> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </PaymentsPage>
  )
}
