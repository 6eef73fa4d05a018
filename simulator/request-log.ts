import type { FaultKind } from './faults'
import type { Operation } from './operations'

/** One REST call as it arrived, and what became of it. */
export type LoggedRequest = {
  seq: number
  at: string
  operation: Operation
  method: string
  path: string
  /** What follows the question mark. */
  query: string
  requestId: string | null
  prefer: string | null
  body: unknown
  /** The status answered; null while unanswered or when the answer was withheld. */
  status: number | null
  debugId: string
  /** The ordered misbehaviour that this call met. */
  fault: FaultKind | null
}

export type RequestLog = {
  add(request: Omit<LoggedRequest, 'seq' | 'status'>): LoggedRequest
  requests(): readonly LoggedRequest[]
  clear(): void
}

const KEPT = 5_000

export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = []
  let seq = 0
  return {
    add: (request) => {
      seq += 1
      const logged: LoggedRequest = { seq, ...request, status: null }
      requests.push(logged)
      if (requests.length > KEPT) requests = requests.slice(-KEPT)
      return logged
    },
    requests: () => requests,
    clear: () => {
      requests = []
    },
  }
}
