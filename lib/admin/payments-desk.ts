import 'server-only'

import type { Database } from '@/db/client'
import { inTransaction } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { checkInvariants } from '@/db/queries/invariants'
import { listIncidents } from '@/db/queries/order-desk'
import { decideIncident, type DecisionInput, type DecisionOutcome } from '@/lib/payments/incidents/decide-incident'
import type { PaymentServices } from '@/lib/payments/payment-services'

import { actorOf, type Admin } from './admin'

const SHOWN = 100

/** What needs a decision, what was decided lately, and whether anything is wrong. */
export async function getPaymentsDesk(db: Database, _admin: Admin<'payments.read'>) {
  const [open, decided, invariants] = await Promise.all([
    listIncidents(db, { open: true }, SHOWN),
    listIncidents(db, { open: false }, 20),
    checkInvariants(db),
  ])
  return { open, decided, invariants }
}

export type IncidentRow = Awaited<ReturnType<typeof getPaymentsDesk>>['open'][number]

/** Decides an incident in somebody's name. PayPal is asked first, so the log is written after; a repeat is logged as well. */
export async function decideAsAdmin(
  services: PaymentServices,
  admin: Admin<'payments.decide'>,
  input: Omit<DecisionInput, 'by'>,
): Promise<DecisionOutcome> {
  const outcome = await decideIncident(services, { ...input, by: admin.email })
  if (outcome.kind === 'decided') {
    await inTransaction(services.db, (tx) =>
      appendAudit(tx, {
        ...actorOf(admin),
        action: 'incident.decided',
        subject: `incident ${input.incidentId}`,
        before: null,
        // The note stays with the incident: it may name people, and what they may have erased is not for this log.
        after: { decision: input.decision, orderNumber: input.orderNumber ?? null },
      }),
    )
  }
  return outcome
}
