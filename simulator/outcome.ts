import type { Refusal } from './refusals'
import type { Change } from './state'

/** What an operation answers, before it is rendered; `change` is what it does to the state. */
export type Outcome =
  | { kind: 'order'; id: string; status: number; change: Change }
  | { kind: 'capture_order'; id: string; status: number; change: Change }
  | { kind: 'capture'; id: string; status: number; change: Change }
  | { kind: 'refund'; id: string; status: number; change: Change }
  /** An answer that is ready as it is: lists, verdicts, and what no request id repeats. */
  | { kind: 'json'; body: unknown; status: number; change: Change }
  | { kind: 'no_content'; change: Change }
  | {
      kind: 'refused'
      refusal: Refusal
      change: Change
      /** True when PayPal tried the payment: the same request id then meets the same answer again. */
      remembered: boolean
    }

export function refusedWith(refusal: Refusal): Outcome {
  return { kind: 'refused', refusal, change: {}, remembered: false }
}

/** 200 with a body, and nothing changed. */
export function answered(body: unknown): Outcome {
  return { kind: 'json', body, status: 200, change: {} }
}
