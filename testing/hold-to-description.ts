import {
  assertPayPalQuery,
  assertPayPalRequest,
  assertPayPalResponse,
  isDescribed,
  type DescribedOperation,
} from '@/simulator/openapi-contract'
import type { LoggedRequest } from '@/simulator/request-log'
import type { StartOptions } from '@/simulator/start-simulator'

/** A proof makes hundreds of thousands, all alike after a while. */
const JUDGED_MAX = 20_000

interface Exchange {
  readonly operation: DescribedOperation
  readonly query: string
  readonly body: unknown
  /** Null when it was withheld, or ordered to be nonsense. */
  answer: { readonly status: number; readonly text: string | null } | null
}

/**
 * Listens to a simulator, to hold each request that it got and each answer that it gave against PayPal's own description.
 * `conclude` does so, and throws what it found: reading the description takes longer than callers wait for an answer.
 */
export function holdToDescription(): { hooks: Pick<StartOptions, 'onRequest' | 'onAnswer'>; conclude: () => void } {
  const exchanges = new Map<number, Exchange>()
  const hooks = {
    onRequest: ({ seq, operation, query, body }: LoggedRequest) => {
      if (!isDescribed(operation) || exchanges.size >= JUDGED_MAX) return
      exchanges.set(seq, { operation, query, body, answer: null })
    },
    onAnswer: ({ seq, status, fault }: LoggedRequest, text: string | null) => {
      const exchange = exchanges.get(seq)
      if (exchange && status !== null && !isNonsense(fault)) exchange.answer = { status, text }
    },
  }
  const conclude = () => {
    const found = new Set([...exchanges.values()].flatMap(judge))
    if (found.size > 0) throw new Error([...found].join('\n\n'))
  }
  return { hooks, conclude }
}

/** Ordered to be what PayPal would not say. */
function isNonsense(fault: LoggedRequest['fault']): boolean {
  return fault === 'malformed' || fault === 'not_found_page'
}

function judge({ operation, query, body, answer }: Exchange): string[] {
  return [
    ...complaint(() => assertPayPalQuery(operation, query)),
    ...complaint(() => assertPayPalRequest(operation, operation === 'verify_signature' ? withoutEvent(body) : body)),
    ...complaint(() => {
      if (answer) assertPayPalResponse(operation, answer.status, answer.text === null ? null : JSON.parse(answer.text))
    }),
  ]
}

/** What somebody has sent to the shop is asked about as it came, forged or not. */
function withoutEvent(body: unknown): unknown {
  return { ...(body as object), webhook_event: {} }
}

function complaint(check: () => void): string[] {
  try {
    check()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
