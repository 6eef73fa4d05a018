import { newResourceId } from '../ids'
import { refusedWith, type Outcome } from '../outcome'
import { createFieldChecks, isObject, type FieldChecks, type JsonObject } from '../orders/field-checks'
import { detail, refuse, type Refusal } from '../refusals'
import type { Simulator } from '../simulator'
import type { WebhookRecord } from './records'
import { webhookRepresentation } from './webhook-representations'

const WEBHOOKS_MAX = 10

export function createWebhook(simulator: Simulator, origin: string, body: unknown): Outcome {
  if (!isObject(body)) return refusedWith(refuse(detail('MALFORMED_REQUEST_JSON', { location: 'body' })))
  if (simulator.state.webhooks().length >= WEBHOOKS_MAX)
    return refusedWith(refuse(detail('WEBHOOK_NUMBER_LIMIT_EXCEEDED')))
  const createdAt = simulator.clock.now()
  const webhook: WebhookRecord = { id: newResourceId(), url: '', eventTypes: [], createdAt }
  return keep(simulator, origin, webhook, body, 201)
}

/** A JSON patch that replaces `/url`, `/event_types` or both. */
export function updateWebhook(simulator: Simulator, origin: string, id: string, body: unknown): Outcome {
  const webhook = simulator.state.webhook(id)
  if (webhook === undefined) return webhookNotFound(id)
  const patches: unknown[] = Array.isArray(body) ? body : []
  const changed: JsonObject = { url: webhook.url, event_types: webhook.eventTypes.map((name) => ({ name })) }
  if (patches.length === 0) return refusedWith(refuse(detail('MALFORMED_REQUEST_JSON', { location: 'body' })))
  for (const patch of patches) {
    const path = isObject(patch) && patch['op'] === 'replace' ? patch['path'] : null
    if (!isObject(patch) || (path !== '/url' && path !== '/event_types'))
      return refusedWith(refuse(detail('INVALID_PATCH_OPERATION', { location: 'body' })))
    changed[path.slice(1)] = patch['value']
  }
  return keep(simulator, origin, webhook, changed, 200)
}

export function deleteWebhook(simulator: Simulator, id: string): Outcome {
  return simulator.state.webhook(id) === undefined
    ? webhookNotFound(id)
    : { kind: 'no_content', change: { deletedWebhooks: [id] } }
}

export function webhookNotFound(id: string): Outcome {
  return refusedWith(refuse(detail('INVALID_RESOURCE_ID', { field: 'webhook_id', value: id, location: 'path' })))
}

function keep(simulator: Simulator, origin: string, old: WebhookRecord, body: JsonObject, status: number): Outcome {
  const read = readWebhook(simulator, old, body)
  if (read.kind === 'refused') return refusedWith(read.refusal)
  const change = { webhooks: [read.webhook] }
  return { kind: 'json', status, body: webhookRepresentation(origin, read.webhook), change }
}

export type WebhookCheck = { kind: 'valid'; webhook: WebhookRecord } | { kind: 'refused'; refusal: Refusal }

/** Checks url and event types and puts them into `old`. */
export function readWebhook(simulator: Simulator, old: WebhookRecord, body: JsonObject): WebhookCheck {
  const checks = createFieldChecks()
  checks.text(body, 'url', '', { required: true, max: 2048 })
  const names = checks.list(body, 'event_types', '', { required: true, min: 1, max: 500 })
  for (const [index, each] of names.entries()) {
    checks.text(each, 'name', `/event_types/${index}`, { required: true, pattern: /^([A-Z0-9._-]+|\*)$/ })
  }
  const url = String(body['url'])
  if (checks.problems.length === 0) checkUrl(simulator, checks, old.id, url)
  const [first, ...others] = checks.problems
  if (first !== undefined) return { kind: 'refused', refusal: refuse(first, ...others) }
  return { kind: 'valid', webhook: { ...old, url, eventTypes: names.map(({ name }) => String(name)) } }
}

function checkUrl(simulator: Simulator, checks: FieldChecks, id: string, url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null
  // PayPal takes https only; a shop on the same desk has no certificate.
  const isLocal = parsed?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)
  if (parsed?.protocol !== 'https:' && !isLocal) checks.add('INVALID_PARAMETER_SYNTAX', '/url', url)
  if (simulator.state.webhooks().some((webhook) => webhook.url === url && webhook.id !== id))
    checks.add('WEBHOOK_URL_ALREADY_EXISTS', '/url', url)
}
