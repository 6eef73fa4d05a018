import type { LedgerEntry } from '@/simulator/ledger'

/** What PayPal's ledger, which knows nothing of the shop, holds of one capture. Minor units. */
export interface HeldCapture {
  readonly paypalCaptureId: string
  readonly paypalOrderId: string
  readonly attemptId: string | null
  readonly grossMinor: number
  readonly feeMinor: number
  readonly returnedMinor: number
  /** How much of that a bank took, or PayPal for a dispute. */
  readonly takenMinor: number
  readonly currency: string
  readonly payee: string
}

const TAKEN: readonly LedgerEntry['kind'][] = ['reversal', 'dispute_lost', 'reversal_returned']

/** Captures that PayPal has had the money of, by id. */
export function readLedger(entries: readonly LedgerEntry[]): Map<string, HeldCapture> {
  const held = new Map<string, HeldCapture>()
  for (const entry of entries) {
    const known = held.get(entry.captureId)
    if (entry.kind === 'capture_completed' || (entry.kind === 'capture' && entry.status === 'COMPLETED')) {
      held.set(entry.captureId, {
        paypalCaptureId: entry.captureId,
        paypalOrderId: entry.orderId,
        attemptId: entry.custom_id,
        grossMinor: entry.amountMinor,
        feeMinor: entry.feeMinor,
        returnedMinor: 0,
        takenMinor: 0,
        currency: entry.currency,
        payee: entry.payeeMerchantId,
      })
    } else if (known && entry.kind === 'refund') {
      held.set(entry.captureId, { ...known, returnedMinor: known.returnedMinor + entry.amountMinor })
    } else if (known && TAKEN.includes(entry.kind)) {
      const movedMinor = entry.kind === 'reversal_returned' ? -entry.amountMinor : entry.amountMinor
      const returnedMinor = known.returnedMinor + movedMinor
      held.set(entry.captureId, { ...known, returnedMinor, takenMinor: known.takenMinor + movedMinor })
    }
  }
  return held
}
