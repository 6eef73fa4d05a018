import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { openJournal, type Journal } from './journal'
import type { CaptureRecord, RefundRecord } from './records'
import { toMinor } from './money'

/**
 * Money moves with `capture` (when COMPLETED), `capture_completed`, `refund`, `reversal`, `reversal_returned`, `dispute_lost` and
 * `foreign`.
 */
export type LedgerKind =
  | 'capture'
  | 'capture_completed'
  | 'capture_denied'
  | 'refund_pending'
  | 'refund_failed'
  | 'refund'
  | 'reversal'
  | 'reversal_returned'
  | 'dispute_opened'
  | 'dispute_won'
  | 'dispute_lost'
  | 'foreign'

/** One movement of (simulated) money. `status` is the status that the entry gave its subject. */
export type LedgerEntry = {
  seq: number
  kind: LedgerKind
  orderId: string
  captureId: string
  refundId: string | null
  custom_id: string | null
  invoice_id: string | null
  amountMinor: number
  /** What PayPal kept of the amount: only where a capture is completed. Nothing gives it back. */
  feeMinor: number
  currency: string
  payeeMerchantId: string
  status: string
  at: string
}

/** What an operation asks to be booked; the ledger itself numbers it. */
export type LedgerDraft = Omit<LedgerEntry, 'seq'>

export type Ledger = {
  entries(): readonly LedgerEntry[]
  /** Writes the entries it does not have yet; repeating a number is harmless. */
  add(entries: readonly LedgerEntry[]): void
  nextSeq(): number
  /** Starts an empty ledger; the old file is kept beside it under another name. */
  restart(): void
}

export function openLedger(folder: string | null): Ledger {
  const file = folder === null ? null : join(folder, 'ledger.jsonl')
  let journal: Journal<LedgerEntry> = openJournal<LedgerEntry>(file)
  let entries: LedgerEntry[] = [...journal.found]
  const nextSeq = () => (entries.at(-1)?.seq ?? 0) + 1
  return {
    entries: () => entries,
    nextSeq,
    add: (added) => {
      for (const entry of added) {
        if (entry.seq < nextSeq()) continue
        journal.append(entry)
        entries.push(entry)
      }
    },
    restart: () => {
      if (file !== null && existsSync(file)) renameSync(file, file.replace(/\.jsonl$/, `-until-${Date.now()}.jsonl`))
      journal = openJournal<LedgerEntry>(file)
      entries = []
    },
  }
}

/** A draft for something that happened to a capture as a whole. */
export function captureEntry(kind: LedgerKind, capture: CaptureRecord, at: number): LedgerDraft {
  return {
    kind,
    orderId: capture.orderId,
    captureId: capture.id,
    refundId: null,
    custom_id: capture.customId,
    invoice_id: capture.invoiceId,
    amountMinor: toMinor(capture.amount),
    feeMinor: capture.status === 'COMPLETED' ? capture.feeMinor : 0,
    currency: capture.amount.currency_code,
    payeeMerchantId: capture.payeeMerchantId,
    status: capture.status,
    at: new Date(at).toISOString(),
  }
}

/** A draft for money that goes back, or was meant to. */
export function refundEntry(kind: LedgerKind, refund: RefundRecord, capture: CaptureRecord, at: number): LedgerDraft {
  return {
    ...captureEntry(kind, capture, at),
    refundId: refund.id,
    amountMinor: toMinor(refund.amount),
    feeMinor: 0,
    status: refund.status,
  }
}
