import 'server-only'

import { z } from 'zod'

import { getLog } from '@/lib/runtime/log'
import { refuseInsideTransaction } from '@/lib/runtime/transaction-scope'

export interface PayPalConfig {
  /** `https://api-m.paypal.com`, the sandbox's, or the simulator's address. */
  readonly baseUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface PayPalRequest {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: unknown
  /** Sent as it is, in place of `body`. It is JSON. */
  readonly text?: string
  /** PayPal-Request-Id: 1 to 108 characters. */
  readonly requestKey?: string
  readonly timeoutMs: number
}

/** Either PayPal answered (with whatever), or nothing definite is known. */
export type PayPalAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown; readonly debugId: string | null }
  | { readonly kind: 'no_answer'; readonly cause: string; readonly debugId: string | null }

const TOKEN_TIMEOUT_MS = 10_000
/** A token is renewed this long before PayPal says it ends. */
const TOKEN_MARGIN_MS = 120_000
/** No answer of ours is near this; what is larger is not PayPal speaking. */
const BODY_MAX_BYTES = 1_000_000

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/**
 * One authorised request at a time of need: a token shared by all callers and fetched once, a time limit, one retry
 * after a 401 under the same request key, and PayPal's debug id in the log of every call.
 */
export class PayPalHttp {
  readonly #config: PayPalConfig
  #token: { value: string; usableUntil: number } | null = null
  #fetchingToken: Promise<string | null> | null = null

  constructor(config: PayPalConfig) {
    this.#config = config
  }

  async send(request: PayPalRequest): Promise<PayPalAnswer> {
    refuseInsideTransaction(`PayPal ${request.operation}`)
    const first = await this.#sendOnce(request)
    if (first.kind === 'no_answer' || first.status !== 401) return first
    this.#token = null
    return this.#sendOnce(request)
  }

  async #sendOnce(request: PayPalRequest): Promise<PayPalAnswer> {
    const token = await this.#getToken()
    if (token === null) return { kind: 'no_answer', cause: 'no access token', debugId: null }
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      prefer: 'return=representation',
    }
    const sends = request.method !== 'GET'
    if (sends) headers['content-type'] = 'application/json'
    if (request.requestKey) headers['paypal-request-id'] = request.requestKey
    return this.#exchange(request.operation, request.path, request.timeoutMs, {
      method: request.method,
      headers,
      ...(sends ? { body: request.text ?? JSON.stringify(request.body ?? {}) } : {}),
    })
  }

  async #exchange(operation: string, path: string, timeoutMs: number, init: RequestInit): Promise<PayPalAnswer> {
    const startedAt = performance.now()
    let status: number | null = null
    let debugId: string | null = null
    try {
      const response = await fetch(this.#config.baseUrl + path, {
        ...init,
        redirect: 'error',
        cache: 'no-store',
        signal: AbortSignal.timeout(timeoutMs),
      })
      status = response.status
      debugId = response.headers.get('paypal-debug-id')
      const body = parseBody(await readLimited(response))
      return { kind: 'answer', status, body, debugId }
    } catch (error) {
      return { kind: 'no_answer', cause: describeFailure(error), debugId }
    } finally {
      const tookMs = Math.round(performance.now() - startedAt)
      getLog().info({ paypal: operation, status, debugId, tookMs }, 'paypal call')
    }
  }

  /** Single flight: however many callers arrive, one token request is under way. */
  async #getToken(): Promise<string | null> {
    if (this.#token && Date.now() < this.#token.usableUntil) return this.#token.value
    this.#fetchingToken ??= this.#fetchToken().finally(() => {
      this.#fetchingToken = null
    })
    return this.#fetchingToken
  }

  async #fetchToken(): Promise<string | null> {
    const { clientId, clientSecret } = this.#config
    const answer = await this.#exchange('token', '/v1/oauth2/token', TOKEN_TIMEOUT_MS, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    })
    const parsed = answer.kind === 'answer' && answer.status === 200 ? TokenAnswer.safeParse(answer.body) : null
    if (!parsed?.success) {
      getLog().error({ paypal: 'token', debugId: answer.debugId }, 'PayPal gave no access token')
      return null
    }
    const usableForMs = Math.max(parsed.data.expires_in * 1000 - TOKEN_MARGIN_MS, 0)
    this.#token = { value: parsed.data.access_token, usableUntil: Date.now() + usableForMs }
    return parsed.data.access_token
  }
}

async function readLimited(response: Response): Promise<string> {
  const text = await response.text()
  if (text.length > BODY_MAX_BYTES) throw new Error('answer too large')
  return text
}

/** Nonsense is kept as text: the caller's schema refuses it and the result is unknown. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'request failed'
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.message
  return error.name === 'TimeoutError' ? 'timeout' : cause.slice(0, 120)
}
