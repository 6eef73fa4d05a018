import type { DisputeOutcome, DisputeRecord } from '@/simulator/disputes/records'
import type { LedgerEntry } from '@/simulator/ledger'
import type { RefundRecord } from '@/simulator/records'
import type { ForeignPayment } from '@/simulator/reporting/foreign-payment'
import type { LoggedRequest } from '@/simulator/request-log'
import type { Settings } from '@/simulator/settings'
import { startSimulator, type StartOptions } from '@/simulator/start-simulator'
import type { Delivered } from '@/simulator/webhooks/delivery-pump'
import type { DeliveryOrder } from '@/simulator/webhooks/delivery-order'
import type { DeliveryRecord } from '@/simulator/webhooks/records'
import type { OrderedSpoil, Spoil, SpoilKind } from '@/simulator/webhooks/spoils'

import { holdToDescription } from './hold-to-description'

export const SIMULATOR_ACCOUNT = {
  clientId: 'simulator-client',
  clientSecret: 'simulator-secret',
  merchantId: 'SHMERCHANT234',
} as const

/** What a harness in the same process may lay hands on: its clock, each message, the pace of retries. */
type SimulatorOptions = Partial<Pick<StartOptions, 'clock' | 'onMessage' | 'webhookRetryScale' | 'smtpPort'>>

/** `sellerResponseDueDate` is a date in ISO form, `amountValue` an amount such as "12.50". */
type DisputeDetails = Partial<Pick<DisputeRecord, 'reason' | 'status' | 'stage'>> & {
  amountValue?: string
  sellerResponseDueDate?: string
  message?: string
}
type ForeignMoney = {
  currency?: string
  eventCode?: string
  /** The payment or refund that it is about. */
  referenceId?: string
  customId?: string
  invoiceId?: string
  payerEmail?: string
}
type WebhookOrder = { order?: DeliveryOrder['kind']; seed?: number }
type WebhookToSend = { spoil?: SpoilKind | Spoil; webhookId?: string; transmissionId?: string } & (
  | { eventId: string }
  | { eventType: string; resource?: object }
  | { text: string }
)
type WebhookEvent = { id: string; event_type: string; resource: Record<string, unknown> }

/**
 * A PayPal of the test's own, driven over HTTP like the real one. Every request and answer is held against PayPal's description of
 * its API: `close` throws what breaks it.
 */
export async function startTestPayPal(options: SimulatorOptions = {}) {
  const { hooks, conclude } = holdToDescription()
  const simulator = await startSimulator({ port: 0, dataDir: null, ...SIMULATOR_ACCOUNT, ...hooks, ...options })
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${simulator.url}/_simulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.status === 204 ? null : response.json()
  }
  const pem = async (which: 'authority' | 'intermediate') =>
    (await fetch(`${simulator.url}/_simulator/webhook-${which}.pem`)).text()
  return {
    url: simulator.url,
    /** Where mail is handed in, if it takes any. */
    smtpUrl: simulator.smtpUrl,
    close: async () => {
      await simulator.close()
      conclude()
    },
    approve: (paypalOrderId: string, funding = 'balance') =>
      control('POST', `/orders/${paypalOrderId}/approve`, { funding }),
    tamper: (paypalOrderId: string, change: Record<string, string>) =>
      control('POST', `/orders/${paypalOrderId}`, change),
    fault: (operation: string, fault: string, more: Record<string, unknown> = {}) =>
      control('POST', '/faults', { operation, fault, times: 1, ...more }),
    forgetFaults: () => control('DELETE', '/faults'),
    reset: () => control('POST', '/reset'),
    advance: (seconds: number) => control('POST', '/clock', { advanceSeconds: seconds }),
    completeCapture: (id: string) => control('POST', `/captures/${id}/complete`),
    denyCapture: (id: string) => control('POST', `/captures/${id}/deny`),
    /** The seller gives money back on PayPal's own site: all that is left, or the amount, such as "12.50". */
    refundOnSite: (captureId: string, amountValue?: string): Promise<RefundRecord> =>
      control('POST', `/captures/${captureId}/refund`, { amountValue }),
    /** A bank takes money back. */
    reverseCapture: (captureId: string, amountValue?: string): Promise<RefundRecord> =>
      control('POST', `/captures/${captureId}/reverse`, { amountValue }),
    /** The bank gives back what it took by the reversal of this id; with `staysTaken` the capture goes on to look as before. */
    returnReversal: (id: string, more: { staysTaken?: boolean } = {}): Promise<RefundRecord> =>
      control('POST', `/refunds/${id}/return`, more),
    completeRefund: (id: string) => control('POST', `/refunds/${id}/complete`),
    failRefund: (id: string) => control('POST', `/refunds/${id}/fail`),
    openDispute: (captureId: string, details: DisputeDetails = {}): Promise<DisputeRecord> =>
      control('POST', `/captures/${captureId}/dispute`, details),
    updateDispute: (id: string, details: DisputeDetails): Promise<DisputeRecord> =>
      control('POST', `/disputes/${id}/update`, details),
    resolveDispute: (id: string, outcome: DisputeOutcome): Promise<DisputeRecord> =>
      control('POST', `/disputes/${id}/resolve`, { outcome }),
    /** Money that moved without the shop's doing: "20.00" came, "-5.00" went. */
    moveForeignMoney: (amountValue: string, more: ForeignMoney = {}): Promise<ForeignPayment> =>
      control('POST', '/transactions', { amountValue, ...more }),
    ledger: async (): Promise<LedgerEntry[]> => (await control('GET', '/ledger')).entries,
    requests: async (): Promise<LoggedRequest[]> => (await control('GET', '/requests')).requests,
    /** Sends every event to `url` from now on. Answers the webhook's id. */
    registerWebhook: async (url: string, more: { id?: string; eventTypes?: string[] } = {}): Promise<string> =>
      (await control('POST', '/webhooks/register', { url, ...more })).id,
    /** Nothing is delivered by itself any more. */
    holdWebhooks: () => control('POST', '/webhooks/hold'),
    /** Delivers what is held and all that follows. */
    releaseWebhooks: async (order: WebhookOrder = {}): Promise<Delivered[]> =>
      (await control('POST', '/webhooks/release', order)).deliveries,
    /** Delivers all that is due and waits for the shop's answers. */
    drainWebhooks: async (order: WebhookOrder = {}): Promise<Delivered[]> =>
      (await control('POST', '/webhooks/drain', order)).deliveries,
    /** Tries one event once, at once: one that happened, one made up, or any text. */
    sendWebhook: async (what: WebhookToSend): Promise<Delivered[]> =>
      (await control('POST', '/webhooks/send', what)).deliveries,
    spoilWebhooks: (kind: SpoilKind, more: Omit<Partial<OrderedSpoil>, 'kind'> = {}) =>
      control('POST', '/webhooks/spoils', { kind, ...more }),
    webhookEvents: async (): Promise<WebhookEvent[]> => (await control('GET', '/webhooks/events')).events,
    webhookDeliveries: async (): Promise<DeliveryRecord[]> => (await control('GET', '/webhooks/deliveries')).deliveries,
    /** The root that a shop has to trust and the intermediate that PayPal does not serve, both PEM. */
    webhookAuthority: async () => ({ root: await pem('authority'), intermediate: await pem('intermediate') }),
    set: (settings: Partial<Settings>) => control('POST', '/settings', settings),
    forgetRequests: () => control('DELETE', '/requests'),
  }
}

export type TestPayPal = Awaited<ReturnType<typeof startTestPayPal>>
