import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { FaultKind } from '../faults'
import { refusalBody, type Refusal } from '../refusals'
import { checkoutUrl } from '../representations'
import { originOf, type HttpContext } from './http-env'

/** A finished answer: `text` null means no body. */
export type Answer = { status: number; text: string | null; headers?: Record<string, string> }

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, text: JSON.stringify(body), headers }
}

/** PayPal's error envelope. A refusal that sends the buyer back carries the link to do so. */
export function refusalAnswer(c: HttpContext, refusal: Refusal, debugId: string, orderId = ''): Answer {
  const redirect = {
    href: checkoutUrl(originOf(c), orderId),
    rel: 'redirect',
    method: 'GET' as const,
  }
  const headers: Record<string, string> = refusal.status === 429 ? { 'retry-after': '1' } : {}
  return jsonAnswer(
    refusal.status,
    refusalBody(refusal, debugId, refusal.redirectBuyer === true ? [redirect] : []),
    headers,
  )
}

export function send(answer: Answer, debugId: string): Response {
  const headers = new Headers({
    'paypal-debug-id': debugId,
    'cache-control': 'no-store',
    ...(answer.text === null ? {} : { 'content-type': 'application/json;charset=utf-8' }),
    ...answer.headers,
  })
  return new Response(answer.text, { status: answer.status, headers })
}

/** Cuts the connection instead of answering. */
export function drop(c: HttpContext): Response {
  c.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

const LONGEST_HANG_MS = 600_000

/** Never answers; ends when the caller gives up or the time is over. */
export async function hang(c: HttpContext, milliseconds = LONGEST_HANG_MS): Promise<Response> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds).unref()
    c.env.outgoing.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
  return drop(c)
}

/** Faults that withhold or spoil the answer of work that was done. */
export function isAfterWork(
  fault: FaultKind | undefined,
): fault is 'error_after' | 'hang_after' | 'drop_after' | 'malformed' {
  return fault === 'error_after' || fault === 'hang_after' || fault === 'drop_after' || fault === 'malformed'
}
