import 'server-only'

import { inTransaction } from '@/db/client'

import type { PaymentServices } from '../payment-services'
import { closeIncident } from './close-incident'
import type { Carried, OpenIncident } from './decision'

/** It needs nothing. The reason is kept, and exactly this finding is not raised again: what differs from it is. */
export async function ignoreIncident({ db }: PaymentServices, open: OpenIncident): Promise<Carried> {
  if (open.note === '') return { kind: 'not_possible', why: 'reason_missing' }
  const isClosed = await inTransaction(db, (tx) => closeIncident(tx, open, 'ignored'))
  return { kind: isClosed ? 'carried_out' : 'raced' }
}
