import 'server-only'

import { findIncident, type PaymentIncident } from '@/db/queries/payment-incidents'
import { DECISION_RESOLUTIONS, INCIDENT_DECISIONS, type Decision } from '@/lib/domain/payment-incident'

import type { PaymentServices } from '../payment-services'
import { isOver } from '../reconciliation/settle-incidents'
import { adoptIncident } from './adopt-incident'
import type { Carried, NotPossible, OnResolved, OpenIncident } from './decision'
import { factsOf } from './facts-of'
import { ignoreIncident } from './ignore-incident'
import { linkIncident } from './link-incident'
import { refundIncident } from './refund-incident'
import { settleIncident } from './settle-incident'

export interface DecisionInput {
  readonly incidentId: string
  readonly decision: Decision
  /** Who decides; kept with the incident. */
  readonly by: string
  /** Why; needed to ignore. */
  readonly note: string
  /** For `link`. */
  readonly orderNumber?: string
  /** Called once, by the decision that closes the incident; not for a repeat. */
  readonly onResolved?: OnResolved
  /** `factsOf` what whoever decides was shown; other facts need another look. Absent for whoever saw no page. */
  readonly shownFacts?: string
}

export type DecisionOutcome =
  | { readonly kind: 'decided'; readonly incident: PaymentIncident }
  /** Somebody has decided otherwise, or it had settled by itself. */
  | { readonly kind: 'already_decided'; readonly incident: PaymentIncident }
  | NotPossible
  /** PayPal did not answer: nothing has been done. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not_found' }

/**
 * Carries out what a person has decided about an incident, once. Facts are fetched again first: an incident whose cause is
 * gone settles instead. Who may decide is the caller's question.
 */
export async function decideIncident(services: PaymentServices, input: DecisionInput): Promise<DecisionOutcome> {
  const incident = await findIncident(services.db, input.incidentId)
  if (!incident) return { kind: 'not_found' }
  if (incident.resolution !== null) return describe(incident, input.decision)
  if (!INCIDENT_DECISIONS[incident.kind].includes(input.decision)) return { kind: 'not_possible', why: 'wrong_kind' }
  if (input.shownFacts !== undefined && input.shownFacts !== factsOf(incident)) {
    return { kind: 'not_possible', why: 'changed_since' }
  }
  const over = await isOver(services, incident)
  if (over === 'unknown') return { kind: 'unknown' }
  if (over === 'over') await settleIncident(services.db, incident)
  const { by, onResolved = async () => {} } = input
  const open = { incident, by, note: input.note.trim(), onResolved }
  const carried: Carried = over === 'over' ? { kind: 'raced' } : await carryOut(services, open, input)
  const now = await findIncident(services.db, input.incidentId)
  if (!now) return { kind: 'not_found' }
  if (carried.kind === 'carried_out') return { kind: 'decided', incident: now }
  // What was not possible may have been so because somebody else was first.
  if (carried.kind !== 'raced' && now.resolution === null) return carried
  return describe(now, input.decision)
}

function carryOut(services: PaymentServices, open: OpenIncident, input: DecisionInput): Promise<Carried> {
  switch (input.decision) {
    case 'adopt':
      return adoptIncident(services, open)
    case 'refund':
      return refundIncident(services, open)
    case 'link':
      return linkIncident(services, open, input.orderNumber ?? '')
    case 'ignore':
      return ignoreIncident(services, open)
  }
}

/** The same decision again is the same decision. */
function describe(incident: PaymentIncident, decision: Decision): DecisionOutcome {
  const isSame = incident.resolution === DECISION_RESOLUTIONS[decision]
  return { kind: isSame ? 'decided' : 'already_decided', incident }
}
