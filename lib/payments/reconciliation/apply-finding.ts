import 'server-only'

import type { Finding } from '@/lib/domain/reconciliation'

import type { PaymentServices } from '../payment-services'
import type { Applied } from './applied'
import { checkCapture, checkFee } from './check-capture'
import { checkRefund, importRefund, importReversal } from './check-refund'
import { importReturn } from './import-return'
import { recoverListed } from './recover-listed'
import { reportUnexplained } from './report-unexplained'

/** Deals with one difference. The list has only told where to look: each step asks PayPal for the thing itself. */
export async function applyFinding(services: PaymentServices, finding: Finding): Promise<Applied> {
  switch (finding.kind) {
    case 'unknown_capture':
      return recoverListed(services, finding)
    case 'unknown_refund':
      return importRefund(services, finding.paypalCaptureId, finding.transaction)
    case 'unknown_reversal':
      return importReversal(services, finding.paypalCaptureId, finding.transaction)
    case 'money_returned':
      return importReturn(services, finding.paypalCaptureId, finding.transaction)
    case 'amount_differs':
      return checkCapture(services, finding.paypalCaptureId)
    case 'capture_not_listed':
      return checkCapture(services, finding.capture.paypalCaptureId)
    case 'fee_missing':
    case 'fee_differs':
      return checkFee(services, finding.paypalCaptureId)
    case 'refund_differs':
    case 'refund_not_listed':
      return checkRefund(services, finding.refund)
    case 'unexplained':
      return reportUnexplained(services, finding)
  }
}
