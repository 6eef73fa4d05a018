import { ISSUES, type Issue } from './issues'
import type { Link } from './paypal-shapes'

export type Detail = {
  field?: string
  value?: string
  location?: 'body' | 'path' | 'query' | 'header'
  issue: Issue
  description: string
}

/** An answer that is no: PayPal's error envelope before it has a debug id. */
export type Refusal = {
  status: number
  name: string
  message: string
  details: Detail[]
  redirectBuyer?: boolean
}

// Names and messages are part of the protocol: the OpenAPI description lists them literally.
const ENVELOPES: Record<number, readonly [name: string, message: string]> = {
  400: ['INVALID_REQUEST', 'Request is not well-formed, syntactically incorrect, or violates schema.'],
  401: [
    'AUTHENTICATION_FAILURE',
    'Authentication failed due to missing authorization header, or invalid authentication credentials.',
  ],
  403: ['NOT_AUTHORIZED', 'Authorization failed due to insufficient permissions.'],
  404: ['RESOURCE_NOT_FOUND', 'The specified resource does not exist.'],
  409: ['RESOURCE_CONFLICT', 'The server has detected a conflict while processing this request.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', "The server does not support the request payload's media type."],
  422: [
    'UNPROCESSABLE_ENTITY',
    'The requested action could not be performed, semantically incorrect, or failed business validation.',
  ],
  429: ['RATE_LIMIT_REACHED', 'Too many requests. Blocked due to rate limiting.'],
  500: ['INTERNAL_SERVER_ERROR', 'An internal server error occurred.'],
  503: ['SERVICE_UNAVAILABLE', 'Service Unavailable.'],
}

/** A refusal that has no issue, only a status. */
export function refuseWith(status: number): Refusal {
  const [name, message] = ENVELOPES[status] ?? ENVELOPES[500]!
  return { status, name, message, details: [] }
}

/** A refusal for one or more reasons; the first one decides the status. */
export function refuse(...details: [Detail, ...Detail[]]): Refusal {
  return { ...refuseWith(ISSUES[details[0].issue][0]), details }
}

export function detail(issue: Issue, where: Omit<Detail, 'issue' | 'description'> = {}): Detail {
  return { ...where, issue, description: ISSUES[issue][1] }
}

/** The JSON body of a refusal. */
export function refusalBody(refusal: Refusal, debugId: string, links: Link[]): Record<string, unknown> {
  const { name, message, details } = refusal
  return details.length === 0
    ? { name, message, debug_id: debugId, links }
    : { name, message, debug_id: debugId, details, links }
}
