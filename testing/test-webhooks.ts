import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { getRequestListener } from '@hono/node-server'
import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'
import { simulatorOrigin } from '@/lib/payments/paypal/webhooks/certificate-address'
import { CertificateTrust } from '@/lib/payments/paypal/webhooks/certificate-trust'
import { readCertificates } from '@/lib/payments/paypal/webhooks/read-certificates'
import { createPayPalWebhooks, type WebhookConfig } from '@/lib/payments/paypal/webhooks/webhook-gateway'
import type { WebhookServices } from '@/lib/payments/webhook-services'
import { answerWebhook } from '@/lib/web/webhook-door'
import { sweepEvents } from '@/lib/webhooks/sweep-events'

import { openTestShop, type TestShop } from './test-buyer'
import { SIMULATOR_ACCOUNT } from './test-paypal'

const WEBHOOK_ID = 'TESTWEBHOOK23456'

export interface WebhookShop extends TestShop {
  readonly services: WebhookServices
  /** The running door's address. */
  readonly doorUrl: string
  /** Puts other services behind the door, until the test gives them back. */
  readonly behindDoor: (services: Pick<WebhookServices, 'db' | 'webhooks'>) => void
  /** PayPal's webhooks as the shop reaches them, otherwise configured. */
  readonly webhooksWith: (config: Partial<WebhookConfig>) => WebhookServices['webhooks']
}

/**
 * A shop whose door PayPal knows. Nothing is delivered by itself: `paypal.drainWebhooks()` delivers and answers what the door
 * said. For `beforeAll`; close it in `afterAll`.
 */
export async function openWebhookShop(): Promise<WebhookShop> {
  const shop = await openTestShop()
  const { root, intermediate } = await shop.paypal.webhookAuthority()
  const webhooksWith = (config: Partial<WebhookConfig>) =>
    createPayPalWebhooks({
      baseUrl: shop.paypal.url,
      ...SIMULATOR_ACCOUNT,
      webhookId: WEBHOOK_ID,
      origin: simulatorOrigin(shop.paypal.url),
      trust: new CertificateTrust(readCertificates(root + intermediate)),
      ...config,
    })
  const services: WebhookServices = { ...shop.services, webhooks: webhooksWith({}) }
  let behind: Pick<WebhookServices, 'db' | 'webhooks'> = services
  const listen = getRequestListener((request) => answerWebhook(behind, request))
  const server = createServer((incoming, outgoing) => void listen(incoming, outgoing))
  // The door closes a connection on which more is coming than it reads, and a client may try to use it again before it notices.
  server.maxRequestsPerSocket = 1
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const doorUrl = `http://localhost:${(server.address() as AddressInfo).port}/api/paypal/webhooks`
  await shop.paypal.holdWebhooks()
  await shop.paypal.registerWebhook(doorUrl, { id: WEBHOOK_ID })
  return {
    ...shop,
    services,
    doorUrl,
    webhooksWith,
    behindDoor: (other) => {
      behind = other
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await shop.close()
    },
  }
}

/** Makes every event in the inbox due, and whatever it waits for, and deals with all of it. */
export async function dealWithEvents({ db, services }: Pick<WebhookShop, 'db' | 'services'>): Promise<void> {
  await makeEventsDue(db)
  await sweepEvents(services)
}

export async function makeEventsDue(db: Database): Promise<void> {
  await db.execute(sql`update webhook_events set next_action_at = now() - interval '1 second' where done_at is null`)
  await db.execute(
    sql`update payment_attempts set next_action_at = now() - interval '1 second' where state = 'capturing'`,
  )
}

export interface StoredEvent extends Record<string, unknown> {
  readonly id: string
  readonly type: string
  readonly done: boolean
  readonly tries: number
  readonly note: string | null
  readonly source: string
}

/** What is in the inbox about a PayPal order, capture or dispute, or all of it. */
export async function readInbox(db: Database, about?: string): Promise<StoredEvent[]> {
  const { rows } = await db.execute<StoredEvent>(sql`
    select id, event_type as type, done_at is not null as done, tries, last_issue as note, source from webhook_events
    where ${about ?? null}::text is null or ${about ?? null} in (paypal_order_id, paypal_capture_id, resource_id)
    order by received_at, id`)
  return rows
}
