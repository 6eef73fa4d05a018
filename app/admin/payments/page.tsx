import type { Metadata } from 'next'
import { connection } from 'next/server'

import { Time } from '@/components/admin/time'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getPaymentsDesk } from '@/lib/admin/payments-desk'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../admin-page'
import { IncidentCard } from './incident-card'
import { InvariantsPart } from './invariants-part'
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
      <InvariantsPart invariants={invariants} />
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
