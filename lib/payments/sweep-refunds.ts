import 'server-only'

import { claimDueRefunds } from '@/db/queries/refunds'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from './payment-services'
import { sendRefund } from './send-refund'

const BATCH = 20

/** Sends what is due to go back, and asks about what is under way. Returns how many refunds were due. */
export async function sweepRefunds(services: PaymentServices): Promise<number> {
  const due = await claimDueRefunds(services.db, BATCH)
  for (const refund of due) {
    try {
      await sendRefund(services, refund)
    } catch (error) {
      getLog().error({ refundId: refund.id, cause: String(error) }, 'refund could not be sent')
    }
  }
  return due.length
}
