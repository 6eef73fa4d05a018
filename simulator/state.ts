import { join } from 'node:path'
import type { Clock } from './clock'
import type { DisputeRecord } from './disputes/records'
import { createIndex } from './index-of'
import { openJournal } from './journal'
import { openLedger, type Ledger, type LedgerDraft, type LedgerEntry } from './ledger'
import type { CaptureRecord, OrderRecord, RefundRecord } from './records'
import type { ForeignPayment } from './reporting/foreign-payment'
import type { RememberedRequest } from './request-ids'
import type { DeliveryRecord, EventRecord, WebhookRecord } from './webhooks/records'

/** Everything that one operation changes; it is written as one line, so it happens whole or not at all. */
export type Change = {
  orders?: OrderRecord[]
  captures?: CaptureRecord[]
  refunds?: RefundRecord[]
  disputes?: DisputeRecord[]
  foreignPayments?: ForeignPayment[]
  requests?: RememberedRequest[]
  webhooks?: WebhookRecord[]
  /** Ids of webhooks that are no more; what waited for them is dropped. */
  deletedWebhooks?: string[]
  events?: EventRecord[]
  deliveries?: DeliveryRecord[]
  ledger?: LedgerDraft[]
  clockOffsetMs?: number
}

type WrittenChange = Omit<Change, 'ledger'> & { ledger?: LedgerEntry[] }

export type State = {
  order(id: string): OrderRecord | undefined
  capture(id: string): CaptureRecord | undefined
  refund(id: string): RefundRecord | undefined
  dispute(id: string): DisputeRecord | undefined
  request(key: string): RememberedRequest | undefined
  webhook(id: string): WebhookRecord | undefined
  event(id: string): EventRecord | undefined
  delivery(id: string): DeliveryRecord | undefined
  orders(): OrderRecord[]
  /** Approved, not captured, and their end not announced yet. */
  approvedOrders(): OrderRecord[]
  capturesOf(orderId: string): CaptureRecord[]
  capturesWithInvoice(invoiceId: string): CaptureRecord[]
  allCaptures(): CaptureRecord[]
  refundsOf(captureId: string): RefundRecord[]
  disputes(): DisputeRecord[]
  disputesOf(captureId: string): DisputeRecord[]
  foreignPayments(): ForeignPayment[]
  webhooks(): WebhookRecord[]
  events(): EventRecord[]
  deliveries(): DeliveryRecord[]
  waitingDeliveries(): DeliveryRecord[]
  ledger: Ledger
  commit(change: Change): void
  reset(): void
}

/**
 * Opens what an earlier run left in `folder`, or starts empty; null keeps everything in memory. `afterCommit` is told of
 * every change once it is kept.
 */
export function openState(folder: string | null, clock: Clock, afterCommit: () => void): State {
  const orders = createIndex<OrderRecord>(({ id }) => id)
  const captures = createIndex<CaptureRecord>(({ id }) => id)
  const refunds = createIndex<RefundRecord>(({ id }) => id)
  const disputes = createIndex<DisputeRecord>(({ id }) => id)
  const foreignPayments = createIndex<ForeignPayment>(({ id }) => id)
  const requests = createIndex<RememberedRequest>(({ key }) => key)
  const webhooks = createIndex<WebhookRecord>(({ id }) => id)
  const events = createIndex<EventRecord>(({ id }) => id)
  const deliveries = createIndex<DeliveryRecord>(({ id }) => id)
  const all = { orders, captures, refunds, disputes, foreignPayments, requests, webhooks, events, deliveries }
  const approved = orders.subset((order) => order.status === 'APPROVED' && order.isApprovalReversed !== true)
  const waiting = deliveries.subset(({ state }) => state === 'waiting')
  const capturesOf = captures.groupedBy(({ orderId }) => orderId)
  const capturesWithInvoice = captures.groupedBy(({ invoiceId }) => invoiceId)
  const disputesOf = disputes.groupedBy(({ captureId }) => captureId)
  const refundsOf = refunds.groupedBy(({ captureId }) => captureId)
  const ledger = openLedger(folder)
  const journal = openJournal<WrittenChange>(folder === null ? null : join(folder, 'state.jsonl'))

  const apply = (change: WrittenChange) => {
    orders.put(change.orders)
    captures.put(change.captures)
    refunds.put(change.refunds)
    disputes.put(change.disputes)
    foreignPayments.put(change.foreignPayments)
    requests.put(change.requests)
    webhooks.put(change.webhooks)
    events.put(change.events)
    deliveries.put(change.deliveries)
    for (const id of change.deletedWebhooks ?? []) {
      webhooks.remove(id)
      const lost = waiting().filter(({ webhookId }) => webhookId === id)
      deliveries.put(lost.map((delivery) => ({ ...delivery, state: 'dropped' as const })))
    }
    if (change.clockOffsetMs !== undefined) clock.setOffset(change.clockOffsetMs)
    // The state line is written first; an entry that a kill kept out of the ledger's file is booked here at the next start.
    ledger.add(change.ledger ?? [])
  }
  const snapshot = (): WrittenChange => ({
    orders: orders.all(),
    captures: captures.all(),
    refunds: refunds.all(),
    disputes: disputes.all(),
    foreignPayments: foreignPayments.all(),
    requests: requests.all(),
    webhooks: webhooks.all(),
    events: events.all(),
    deliveries: deliveries.all(),
    clockOffsetMs: clock.offsetMs(),
  })

  for (const change of journal.found) apply(change)
  journal.rewrite([snapshot()])

  return {
    order: orders.get,
    capture: captures.get,
    refund: refunds.get,
    dispute: disputes.get,
    request: requests.get,
    webhook: webhooks.get,
    event: events.get,
    delivery: deliveries.get,
    orders: orders.all,
    approvedOrders: approved,
    capturesOf,
    capturesWithInvoice,
    allCaptures: captures.all,
    refundsOf,
    disputes: disputes.all,
    disputesOf,
    foreignPayments: foreignPayments.all,
    webhooks: webhooks.all,
    events: events.all,
    deliveries: deliveries.all,
    waitingDeliveries: waiting,
    ledger,
    commit: (change) => {
      const { ledger: drafts, ...rest } = change
      const first = ledger.nextSeq()
      const written: WrittenChange = { ...rest }
      if (drafts !== undefined) written.ledger = drafts.map((draft, index) => ({ seq: first + index, ...draft }))
      journal.append(written)
      apply(written)
      afterCommit()
    },
    reset: () => {
      for (const index of Object.values(all)) index.clear()
      clock.setOffset(0)
      ledger.restart()
      journal.rewrite([snapshot()])
    },
  }
}
