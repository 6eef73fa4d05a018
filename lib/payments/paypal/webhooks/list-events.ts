import 'server-only'

import { z } from 'zod'

import { WebhookEnvelope } from '@/lib/domain/webhook'
import type { ListEventsOutcome } from '@/lib/domain/webhook-gateway'
import { getLog } from '@/lib/runtime/log'

import { readIssue } from '../answers'
import type { PayPalAnswer, PayPalHttp } from '../http'

/** PayPal allows 300; with these an answer stays well below the size that is read. */
const PAGE_SIZE = 50
const TIMEOUT_MS = 15_000

const EventList = z.object({ events: z.array(z.unknown()).default([]) })

/** All events of a span. A page shows the newest ones; older ones are asked for with an earlier end. */
export async function listEvents(http: PayPalHttp, span: { from: Date; to: Date }): Promise<ListEventsOutcome> {
  const texts = new Map<string, string>()
  for (let to = span.to; ;) {
    const answer = await askFor(http, { ...span, to })
    const parsed = answer.kind === 'answer' && answer.status === 200 ? EventList.safeParse(answer.body) : null
    if (!parsed?.success) return toUnknown(answer)
    const before = texts.size
    let oldest = to
    for (const event of parsed.data.events) {
      const envelope = WebhookEnvelope.safeParse(event)
      if (!envelope.success) {
        getLog().error('PayPal lists an event that cannot be read')
        continue
      }
      texts.set(envelope.data.id, JSON.stringify(event))
      if (envelope.data.create_time) oldest = earlier(oldest, new Date(envelope.data.create_time))
    }
    // A page that is full of one moment's events would come again for ever.
    if (parsed.data.events.length < PAGE_SIZE || texts.size === before) break
    to = oldest
  }
  return { kind: 'listed', events: [...texts.values()].toReversed() }
}

function askFor(http: PayPalHttp, { from, to }: { from: Date; to: Date }): Promise<PayPalAnswer> {
  const query = new URLSearchParams({
    page_size: String(PAGE_SIZE),
    start_time: from.toISOString(),
    end_time: to.toISOString(),
  })
  return http.send({
    operation: 'list_events',
    method: 'GET',
    path: `/v1/notifications/webhooks-events?${query.toString()}`,
    timeoutMs: TIMEOUT_MS,
  })
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}

function toUnknown(answer: PayPalAnswer): ListEventsOutcome {
  const cause = answer.kind === 'no_answer' ? answer.cause : (readIssue(answer.body) ?? `HTTP_${answer.status}`)
  return { kind: 'unknown', cause, debugId: answer.debugId }
}
