import 'server-only'

import { z } from 'zod'

import type { WebhookGateway } from '@/lib/domain/webhook-gateway'

import { PayPalHttp, type PayPalAnswer, type PayPalConfig } from '../http'
import { readIssue } from '../answers'
import type { CertificateOrigin } from './certificate-address'
import { CertificateStore } from './certificate-store'
import type { CertificateTrust } from './certificate-trust'
import { listEvents } from './list-events'
import type { TransmissionHeaders } from './transmission-headers'
import { verifyTransmission } from './webhook-signature'

export interface WebhookConfig extends PayPalConfig {
  /** Null: we are not registered, so nothing can be verified. */
  readonly webhookId: string | null
  readonly origin: CertificateOrigin
  readonly trust: CertificateTrust
  /** Milliseconds since 1970; the machine's clock unless told. */
  readonly now?: () => number
}

const TIMEOUT_MS = 8_000
const BASE = '/v1/notifications'

const Verification = z.object({ verification_status: z.enum(['SUCCESS', 'FAILURE']) })
const Webhook = z.object({
  id: z.string().min(1).max(50),
  url: z.string(),
  event_types: z.array(z.object({ name: z.string() })),
})
const WebhookList = z.object({ webhooks: z.array(Webhook) })

/** PayPal's Webhooks v1 behind the shop's port. */
export function createPayPalWebhooks(config: WebhookConfig): WebhookGateway {
  const http = new PayPalHttp(config)
  const { webhookId, origin, trust, now = Date.now } = config
  const store = new CertificateStore()
  const askPayPal = (headers: TransmissionHeaders, text: string) => askAbout(http, webhookId ?? '', headers, text)

  return {
    async verify(transmission) {
      if (webhookId === null) return { kind: 'unknown', cause: 'PAYPAL_WEBHOOK_ID is not set' }
      return verifyTransmission({ webhookId, origin, store, trust, now, askPayPal }, transmission)
    },

    listEvents: (span) => listEvents(http, span),

    async listWebhooks() {
      const operation = 'list_webhooks'
      const answer = await http.send({ operation, method: 'GET', path: `${BASE}/webhooks`, timeoutMs: TIMEOUT_MS })
      const parsed = isSuccess(answer) ? WebhookList.safeParse(answer.body) : null
      if (!parsed?.success) return toUnknown(answer)
      const webhooks = parsed.data.webhooks.map(({ id, url, event_types }) => {
        return { id, url, eventTypes: event_types.map(({ name }) => name) }
      })
      return { kind: 'listed', webhooks }
    },

    async register({ url, eventTypes }) {
      const answer = await http.send({
        operation: 'create_webhook',
        method: 'POST',
        path: `${BASE}/webhooks`,
        body: { url, event_types: eventTypes.map((name) => ({ name })) },
        timeoutMs: TIMEOUT_MS,
      })
      const parsed = isSuccess(answer) ? Webhook.safeParse(answer.body) : null
      return parsed?.success ? { kind: 'registered', id: parsed.data.id } : toUnknown(answer)
    },

    async changeEvents(id, eventTypes) {
      const answer = await http.send({
        operation: 'update_webhook',
        method: 'PATCH',
        path: `${BASE}/webhooks/${encodeURIComponent(id)}`,
        body: [{ op: 'replace', path: '/event_types', value: eventTypes.map((name) => ({ name })) }],
        timeoutMs: TIMEOUT_MS,
      })
      return isSuccess(answer) ? { kind: 'changed' } : toUnknown(answer)
    },

    async resend(eventId, toWebhookId) {
      const answer = await http.send({
        operation: 'resend_event',
        method: 'POST',
        path: `${BASE}/webhooks-events/${encodeURIComponent(eventId)}/resend`,
        body: { webhook_ids: [toWebhookId] },
        timeoutMs: TIMEOUT_MS,
      })
      return isSuccess(answer) ? { kind: 'sent' } : toUnknown(answer)
    },
  }
}

/** The event goes in as the characters that came: parsed and written anew, it would not be what was signed. */
async function askAbout(
  http: PayPalHttp,
  webhookId: string,
  headers: TransmissionHeaders,
  text: string,
): Promise<'genuine' | 'forged' | 'unknown'> {
  const claim = JSON.stringify({
    auth_algo: headers['paypal-auth-algo'],
    cert_url: headers['paypal-cert-url'],
    transmission_id: headers['paypal-transmission-id'],
    transmission_sig: headers['paypal-transmission-sig'],
    transmission_time: headers['paypal-transmission-time'],
    webhook_id: webhookId,
  })
  const answer = await http.send({
    operation: 'verify_signature',
    method: 'POST',
    path: `${BASE}/verify-webhook-signature`,
    text: `${claim.slice(0, -1)},"webhook_event":${text}}`,
    timeoutMs: TIMEOUT_MS,
  })
  const parsed = isSuccess(answer) ? Verification.safeParse(answer.body) : null
  if (!parsed?.success) return 'unknown'
  return parsed.data.verification_status === 'SUCCESS' ? 'genuine' : 'forged'
}

function isSuccess(answer: PayPalAnswer): answer is Extract<PayPalAnswer, { kind: 'answer' }> {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status < 300
}

function toUnknown(answer: PayPalAnswer) {
  const cause = answer.kind === 'no_answer' ? answer.cause : (readIssue(answer.body) ?? `HTTP_${answer.status}`)
  return { kind: 'unknown' as const, cause, debugId: answer.debugId }
}
