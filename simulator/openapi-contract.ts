import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import { isObject, type JsonObject } from './orders/field-checks'
import type { Operation } from './operations'
import { unknownFields } from './openapi-unknown-fields'

/** The operations that PayPal's OpenAPI description covers; OAuth and the certificates are not in it. */
export type DescribedOperation = Exclude<Operation, 'token' | 'get_certificate'>

const WEBHOOKS = '/v1/notifications/webhooks'

const PATHS: Record<DescribedOperation, readonly [file: string, path: string, method: string]> = {
  create_order: ['checkout_orders_v2', '/v2/checkout/orders', 'post'],
  get_order: ['checkout_orders_v2', '/v2/checkout/orders/{id}', 'get'],
  patch_order: ['checkout_orders_v2', '/v2/checkout/orders/{id}', 'patch'],
  capture: ['checkout_orders_v2', '/v2/checkout/orders/{id}/capture', 'post'],
  get_capture: ['payments_payment_v2', '/v2/payments/captures/{capture_id}', 'get'],
  refund: ['payments_payment_v2', '/v2/payments/captures/{capture_id}/refund', 'post'],
  get_refund: ['payments_payment_v2', '/v2/payments/refunds/{refund_id}', 'get'],
  create_webhook: ['notifications_webhooks_v1', WEBHOOKS, 'post'],
  list_webhooks: ['notifications_webhooks_v1', WEBHOOKS, 'get'],
  get_webhook: ['notifications_webhooks_v1', `${WEBHOOKS}/{webhook_id}`, 'get'],
  update_webhook: ['notifications_webhooks_v1', `${WEBHOOKS}/{webhook_id}`, 'patch'],
  delete_webhook: ['notifications_webhooks_v1', `${WEBHOOKS}/{webhook_id}`, 'delete'],
  list_event_types: ['notifications_webhooks_v1', `${WEBHOOKS}-event-types`, 'get'],
  list_events: ['notifications_webhooks_v1', `${WEBHOOKS}-events`, 'get'],
  get_event: ['notifications_webhooks_v1', `${WEBHOOKS}-events/{event_id}`, 'get'],
  resend_event: ['notifications_webhooks_v1', `${WEBHOOKS}-events/{event_id}/resend`, 'post'],
  verify_signature: ['notifications_webhooks_v1', '/v1/notifications/verify-webhook-signature', 'post'],
  simulate_event: ['notifications_webhooks_v1', '/v1/notifications/simulate-event', 'post'],
  list_disputes: ['customer_disputes_v1', '/v1/customer/disputes', 'get'],
  get_dispute: ['customer_disputes_v1', '/v1/customer/disputes/{id}', 'get'],
  search_transactions: ['reporting_transactions_v1', '/v1/reporting/transactions', 'get'],
  track: ['checkout_orders_v2', '/v2/checkout/orders/{id}/track', 'post'],
  update_tracker: ['checkout_orders_v2', '/v2/checkout/orders/{id}/trackers/{tracker_id}', 'patch'],
}

export function isDescribed(operation: Operation): operation is DescribedOperation {
  return Object.hasOwn(PATHS, operation)
}

/** Issues that PayPal answers although this edition of its description does not list them for the operation. */
const NEWER_ISSUES = new Set([
  'ACTION_DOES_NOT_MATCH_INTENT',
  'DECIMALS_NOT_SUPPORTED',
  'PAYPAL_REQUEST_ID_PREVIOUSLY_USED',
  'PREVIOUS_REQUEST_IN_PROGRESS',
])

/** Throws when the body is not what PayPal's description of the operation asks for. `body` null or undefined means none. */
export function assertPayPalRequest(operation: DescribedOperation, body: unknown): void {
  const { file, described } = describe(operation)
  const schema = resolve(file, described['requestBody'])?.['content']?.['application/json']?.['schema']
  if (body === undefined || body === null) return
  if (schema === undefined)
    throw new Error(`PayPal's ${operation} takes no body, but one was sent: ${JSON.stringify(body)}`)
  // For tracking the description requires two fields of the older API besides, which PayPal's own examples leave out.
  const older = operation === 'track' ? { transaction_id: 'X', status: 'SHIPPED' } : {}
  assertValid(file, schema, isObject(body) ? { ...older, ...body } : body, `request of ${operation}`)
}

/** Throws when the part of the address behind the question mark is not what the description asks for. */
export function assertPayPalQuery(operation: DescribedOperation, query: string): void {
  const { file, described } = describe(operation)
  const parameters: Described[] = (described['parameters'] ?? []).map((each: Described) => resolve(file, each))
  const asked = parameters.filter((each) => each.in === 'query')
  const schema = {
    type: 'object',
    properties: Object.fromEntries(asked.map(({ name, schema: shape }) => [name, shape])),
    required: asked.filter(({ required }) => required === true).map(({ name }) => name),
  }
  const given = [...new URLSearchParams(query)].map(([name, text]) => {
    const { type } = resolve(file, schema.properties[name]) ?? {}
    return [name, type === 'integer' || type === 'number' ? Number(text) : text] as const
  })
  assertValid(file, schema, Object.fromEntries(given), `query of ${operation}`)
}

/** Throws when an answer is not one that PayPal's description of the operation allows. */
export function assertPayPalResponse(operation: DescribedOperation, status: number, body: unknown): void {
  const { file, described } = describe(operation)
  const what = `answer ${status} of ${operation}`
  if (status === 204) {
    if (body !== undefined && body !== null && body !== '') throw new Error(`The ${what} must have no body`)
    return
  }
  if (!isObject(body)) throw new Error(`The ${what} is not a JSON object`)
  if (status >= 400) return assertError(operation, status, body)
  // The description lists only 201 for a refund; a repetition answers 200 with the same body.
  const answers = described['responses']
  const schema = resolve(file, answers[status] ?? answers[201])?.['content']?.['application/json']?.['schema']
  if (schema === undefined) throw new Error(`PayPal's description has no ${what}`)
  // The description requires next to nothing of orders and payments.
  if (file.endsWith('_v2')) requireText(body, ['id', 'status'], what)
  assertValid(file, schema, withoutEmptyLists(body), what)
}

/** Searches that find nothing answer an empty list, where the description asks for one entry at least. */
function withoutEmptyLists(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => !Array.isArray(value) || value.length > 0))
}

function assertError(operation: DescribedOperation, status: number, body: JsonObject): void {
  const { file, described } = describe(operation)
  const what = `answer ${status} of ${operation}`
  requireText(body, ['name', 'message', 'debug_id'], what)
  // Rate limiting comes from PayPal's gateway, which the description leaves out.
  if (status === 429) return
  const answers = described['responses']
  const schema =
    resolve(file, answers[status])?.['content']?.['application/json']?.['schema'] ??
    resolve(file, answers['default'])?.['content']?.['application/json']?.['schema']
  const { details = [], ...rest } = body
  if (!Array.isArray(details)) throw new Error(`The details of the ${what} are not a list`)
  // The description mostly calls the list `issues` and fixes the wording; PayPal itself says `details` and warns that wording changes.
  const issues = details
    .filter((each) => !NEWER_ISSUES.has(each.issue))
    .map(({ description: _wording, ...each }) => each)
  const name = resolve(file, schema)?.properties?.details === undefined ? 'issues' : 'details'
  assertValid(file, schema, issues.length === 0 ? rest : { ...rest, [name]: issues }, what)
}

/** The issues that the description lists for an operation, each with the statuses it comes with. */
export function describedIssues(operation: DescribedOperation): ReadonlyMap<string, readonly number[]> {
  const { file, described } = describe(operation)
  const found = new Map<string, number[]>()
  const look = (status: number, node: Described, depth: number): void => {
    const here = resolve(file, node)
    if (typeof here !== 'object' || here === null || depth > 12) return
    for (const issue of resolve(file, here['properties']?.issue)?.enum ?? []) {
      const statuses = found.get(issue) ?? []
      if (!statuses.includes(status)) found.set(issue, [...statuses, status])
    }
    for (const inner of Object.values(here)) look(status, inner, depth + 1)
  }
  for (const [status, answer] of Object.entries<Described>(described['responses'])) {
    if (Number(status) >= 400) look(Number(status), resolve(file, answer)?.content?.['application/json']?.schema, 0)
  }
  return found
}

function requireText(body: JsonObject, fields: string[], what: string): void {
  for (const field of fields) {
    if (typeof body[field] !== 'string' || body[field] === '')
      throw new Error(`The ${what} lacks ${field}: ${JSON.stringify(body)}`)
  }
}

// The description is an arbitrary JSON document to this file; naming every level would say nothing.
// oxlint-disable-next-line typescript/no-explicit-any
export type Described = any

const documents = new Map<string, Described>()

function describe(operation: DescribedOperation): { file: string; described: Described } {
  const [file, path, method] = PATHS[operation]
  return { file, described: documentOf(file).paths[path][method] }
}

function documentOf(file: string): Described {
  const known = documents.get(file)
  if (known !== undefined) return known
  const require = createRequire(import.meta.url)
  const document = JSON.parse(
    readFileSync(require.resolve(`@paypal/paypal-rest-api-specifications/openapi/${file}.json`), 'utf8'),
  )
  documents.set(file, document)
  return document
}

function resolve(file: string, node: Described): Described {
  if (typeof node?.['$ref'] !== 'string') return node
  const [, ...keys] = node['$ref'].split('/')
  return keys.reduce((inner: Described, key: string) => inner?.[key], documentOf(file))
}

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  validateFormats: false,
  validateSchema: false,
  // Some of PayPal's patterns are no regular expressions under the "u" flag.
  unicodeRegExp: false,
})
const validators = new Map<string, ValidateFunction>()

function assertValid(file: string, schema: Described, value: unknown, what: string): void {
  const key = `${file} ${JSON.stringify(schema)}`
  const validate = validators.get(key) ?? ajv.compile({ ...schema, components: documentOf(file).components })
  validators.set(key, validate)
  const problems = validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`)
  const unknown = unknownFields((node) => resolve(file, node), schema, value)
  const all = [...problems, ...unknown.map((field) => `${field} is not a field that PayPal describes`)]
  if (all.length > 0)
    throw new Error(
      `The ${what} breaks PayPal's description:\n  ${all.join('\n  ')}\n${JSON.stringify(value, null, 2)}`,
    )
}
