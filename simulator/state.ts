import { join } from 'node:path'
import type { Clock } from './clock'
import { openJournal } from './journal'
import { openLedger, type Ledger, type LedgerDraft, type LedgerEntry } from './ledger'
import type { CaptureRecord, OrderRecord, RefundRecord } from './records'
import type { RememberedRequest } from './request-ids'

/** Everything that one operation changes; it is written as one line, so it happens whole or not at all. */
export type Change = {
  orders?: OrderRecord[]
  captures?: CaptureRecord[]
  refunds?: RefundRecord[]
  requests?: RememberedRequest[]
  ledger?: LedgerDraft[]
  clockOffsetMs?: number
}

type WrittenChange = Omit<Change, 'ledger'> & { ledger?: LedgerEntry[] }

export type State = {
  order(id: string): OrderRecord | undefined
  capture(id: string): CaptureRecord | undefined
  refund(id: string): RefundRecord | undefined
  request(key: string): RememberedRequest | undefined
  orders(): OrderRecord[]
  capturesOf(orderId: string): CaptureRecord[]
  allCaptures(): CaptureRecord[]
  refundsOf(captureId: string): RefundRecord[]
  ledger: Ledger
  commit(change: Change): void
  reset(): void
}

/** Opens what an earlier run left in `folder`, or starts empty; null keeps everything in memory. */
export function openState(folder: string | null, clock: Clock): State {
  const orders = new Map<string, OrderRecord>()
  const captures = new Map<string, CaptureRecord>()
  const refunds = new Map<string, RefundRecord>()
  const requests = new Map<string, RememberedRequest>()
  const ledger = openLedger(folder)
  const journal = openJournal<WrittenChange>(folder === null ? null : join(folder, 'state.jsonl'))

  const apply = (change: WrittenChange) => {
    for (const order of change.orders ?? []) orders.set(order.id, order)
    for (const capture of change.captures ?? []) captures.set(capture.id, capture)
    for (const refund of change.refunds ?? []) refunds.set(refund.id, refund)
    for (const request of change.requests ?? []) requests.set(request.key, request)
    if (change.clockOffsetMs !== undefined) clock.setOffset(change.clockOffsetMs)
    // The state line is written first; an entry that a kill kept out of the ledger's file is booked here at the next start.
    ledger.add(change.ledger ?? [])
  }
  const snapshot = (): WrittenChange => ({
    orders: [...orders.values()],
    captures: [...captures.values()],
    refunds: [...refunds.values()],
    requests: [...requests.values()],
    clockOffsetMs: clock.offsetMs(),
  })

  for (const change of journal.found) apply(change)
  journal.rewrite([snapshot()])

  return {
    order: (id) => orders.get(id),
    capture: (id) => captures.get(id),
    refund: (id) => refunds.get(id),
    request: (key) => requests.get(key),
    orders: () => [...orders.values()],
    capturesOf: (orderId) => [...captures.values()].filter((capture) => capture.orderId === orderId),
    allCaptures: () => [...captures.values()],
    refundsOf: (captureId) => [...refunds.values()].filter((refund) => refund.captureId === captureId),
    ledger,
    commit: (change) => {
      const { ledger: drafts, ...rest } = change
      const first = ledger.nextSeq()
      const written: WrittenChange = { ...rest }
      if (drafts !== undefined) written.ledger = drafts.map((draft, index) => ({ seq: first + index, ...draft }))
      journal.append(written)
      apply(written)
    },
    reset: () => {
      for (const records of [orders, captures, refunds, requests]) records.clear()
      clock.setOffset(0)
      ledger.restart()
      journal.rewrite([snapshot()])
    },
  }
}
