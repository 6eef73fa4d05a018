import 'server-only'

import type { Finding } from '@/lib/domain/reconciliation'

import type { PaymentServices } from '../payment-services'
import { recoverCapture } from '../recover-capture'
import { reportStrayMoney } from '../report-stray-money'
import type { Applied } from './applied'
import { reportUnexplained } from './report-unexplained'

/** Money of ours that is in no book: into the books with it, or before a person. */
export async function recoverListed(
  services: PaymentServices,
  { paypalCaptureId, transaction, returnedMinor }: Extract<Finding, { kind: 'unknown_capture' }>,
): Promise<Applied> {
  const outcome = await recoverCapture(services, paypalCaptureId, { returnedMinor })
  switch (outcome.kind) {
    case 'recovered':
      return 'repaired'
    case 'known':
    case 'no_money':
    case 'left':
      return 'nothing'
    case 'unknown':
      return 'unclear'
    case 'unusable':
      return report(services, paypalCaptureId, outcome, transaction)
    case 'missing': {
      // Money all the same, but taken by other means than ours, under an invoice id like ours; or it went back of such a thing.
      if (transaction.status !== 'completed') return 'nothing'
      if (transaction.kind !== 'payment') {
        return reportUnexplained(services, { why: 'no_place', paypalCaptureId: null, transaction })
      }
      const seen = { problem: 'not_a_capture', facts: { kind: 'missing' } } as const
      return report(services, paypalCaptureId, seen, transaction)
    }
  }
}

async function report(...about: Parameters<typeof reportStrayMoney>): Promise<Applied> {
  return (await reportStrayMoney(...about)) ? 'incident' : 'nothing'
}
