import 'server-only'

import type { Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { INVARIANTS } from '@/db/queries/invariants'
import { listInvariantChecks } from '@/db/queries/invariant-checks'
import { listIncidents } from '@/db/queries/order-desk'
import { LOOK_MAX_AGE_MS } from '@/lib/health/check-readiness'
import { decideIncident, type DecisionInput, type DecisionOutcome } from '@/lib/payments/incidents/decide-incident'
import { factsOf } from '@/lib/payments/incidents/facts-of'
import type { PaymentServices } from '@/lib/payments/payment-services'

import { actorOf, type Admin } from './admin'

const SHOWN = 100

/** What needs a decision, what was decided lately, and what the worker's last look at the invariants found. */
export async function getPaymentsDesk(db: Database, _admin: Admin<'payments.read'>) {
  const [open, decided, looks] = await Promise.all([
    listIncidents(db, { open: true }, SHOWN),
    listIncidents(db, { open: false }, 20),
    listInvariantChecks(db),
  ])
  const shown = open.map((incident) => ({ ...incident, facts: factsOf(incident) }))
  return { open: shown, decided, invariants: INVARIANTS.map(({ id, claim }) => ({ id, claim, ...lookAt(id, looks) })) }
}

type Looks = Awaited<ReturnType<typeof listInvariantChecks>>

/** Nobody vouches for what was looked at long ago, or never: a worker that stands still must not look like a shop where all is well. */
function lookAt(id: string, looks: Looks) {
  const look = looks.find(({ invariant }) => invariant === id)
  if (!look) return { state: 'not_looked_at', rowsSeen: null, checkedAt: null } as const
  const { rowsSeen, violations, checkedAt } = look
  const isOld = checkedAt.getTime() < Date.now() - LOOK_MAX_AGE_MS
  const state = violations > 0 ? 'violated' : isOld ? 'looked_at_long_ago' : 'holds'
  return { state, rowsSeen, checkedAt } as const
}

export type InvariantRow = Awaited<ReturnType<typeof getPaymentsDesk>>['invariants'][number]

export type IncidentRow = Awaited<ReturnType<typeof getPaymentsDesk>>['open'][number]

/** Decides an incident in somebody's name; the log is written with it, or neither is. A repeat of a decision does nothing. */
export async function decideAsAdmin(
  services: PaymentServices,
  admin: Admin<'payments.decide'>,
  input: Omit<DecisionInput, 'by' | 'onResolved'>,
): Promise<DecisionOutcome> {
  return decideIncident(services, {
    ...input,
    by: admin.email,
    onResolved: (tx, { kind, resolution }) =>
      appendAudit(tx, {
        ...actorOf(admin),
        action: 'incident.decided',
        subject: `incident ${input.incidentId}`,
        before: { kind, resolution: null },
        // The note stays with the incident: it may name people, and what they may have erased is not for this log.
        after: { decision: input.decision, resolution, orderNumber: input.orderNumber ?? null },
      }),
  })
}
