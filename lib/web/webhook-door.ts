import 'server-only'

import type { WebhookServices } from '@/lib/payments/webhook-services'
import { getLog } from '@/lib/runtime/log'
import { receiveEvent, type ReceiveOutcome } from '@/lib/webhooks/receive-event'

import { readBody } from './read-body'

/** PayPal's events are some kilobytes; one with an order of many items stays below this. */
const BODY_MAX_BYTES = 256 * 1024

/**
 * Where PayPal tells of what has happened. 200 only when the event is in our database; whatever is not 2xx PayPal sends again,
 * up to 25 times in three days. There is no look at origin or network: only the signature says who speaks.
 */
export async function answerWebhook(
  services: Pick<WebhookServices, 'db' | 'webhooks'>,
  request: Request,
): Promise<Response> {
  try {
    const body = await readBody(request, BODY_MAX_BYTES)
    if (body === null) return Response.json({ kind: 'too_large' }, { status: 413 })
    return respond(await receiveEvent(services, { header: (name) => request.headers.get(name), body }))
  } catch (error) {
    getLog().error({ cause: error instanceof Error ? error.stack : String(error) }, 'webhook could not be kept')
    return later()
  }
}

function respond(outcome: ReceiveOutcome): Response {
  switch (outcome.kind) {
    case 'stored':
    case 'known':
      return Response.json({ kind: outcome.kind })
    case 'refused':
      // Why is for our log alone: a forger need not know.
      getLog().warn({ why: outcome.why }, 'webhook refused')
      return Response.json({ kind: 'refused' }, { status: 400 })
    case 'unverifiable':
      getLog().error({ cause: outcome.cause }, 'webhook cannot be verified')
      return later()
  }
}

function later(): Response {
  return Response.json({ kind: 'unavailable' }, { status: 503, headers: { 'retry-after': '30' } })
}
