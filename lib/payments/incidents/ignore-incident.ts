import 'server-only'

import { resolveIncident } from '@/db/queries/payment-incidents'

import type { PaymentServices } from '../payment-services'
import type { Carried, OpenIncident } from './decision'

/** It needs nothing. The reason is kept, and exactly this finding is not raised again: what differs from it is. */
export async function ignoreIncident({ db }: PaymentServices, { incident, by, note }: OpenIncident): Promise<Carried> {
  if (note === '') return { kind: 'not_possible', why: 'reason_missing' }
  const resolved = await resolveIncident(db, incident.id, { resolution: 'ignored', resolvedBy: by, note })
  return { kind: resolved ? 'carried_out' : 'raced' }
}
