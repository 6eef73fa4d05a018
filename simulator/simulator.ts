import { join } from 'node:path'
import { createClock, type Clock } from './clock'
import { createFaults, type Faults } from './faults'
import { createRequestLog, type RequestLog } from './request-log'
import { openState, type State } from './state'

export type SimulatorConfig = {
  /** Where the state and the ledger are kept, in a folder `simulator`; null keeps everything in memory. */
  dataDir: string | null
  clientId: string
  clientSecret: string
  /** The seller's account: payee of every order that names none. */
  merchantId: string
}

/** Everything one running simulator consists of, apart from its port. */
export type Simulator = {
  config: SimulatorConfig
  clock: Clock
  state: State
  faults: Faults
  requestLog: RequestLog
  revokedTokens: Set<string>
  /** Keys of requests and resources being worked on; a second request meets a conflict. */
  inProgress: Set<string>
}

export function createSimulator(config: SimulatorConfig): Simulator {
  const clock = createClock()
  const folder = config.dataDir === null ? null : join(config.dataDir, 'simulator')
  return {
    config,
    clock,
    state: openState(folder, clock),
    faults: createFaults(),
    requestLog: createRequestLog(),
    revokedTokens: new Set(),
    inProgress: new Set(),
  }
}
