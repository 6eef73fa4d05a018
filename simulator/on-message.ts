import type { Operation } from './operations'

/** Where a REST call is: it arrived and nothing was done; the work is done and kept; the answer was handed to the network. */
export type MessagePhase = 'received' | 'worked' | 'answered'

export type Message = {
  seq: number
  operation: Operation
  phase: MessagePhase
  method: string
  path: string
  /** The name under which the caller reached the simulator, without its port. */
  host: string
}

/**
 * A harness in the same process acts at exactly this moment; the call waits for it. The answer `drop` cuts the connection:
 * at `received` PayPal never saw the call, at `worked` nobody learns what it did.
 */
export type OnMessage = (message: Message) => void | 'drop' | Promise<void | 'drop'>
