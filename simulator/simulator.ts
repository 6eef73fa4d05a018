import { join } from 'node:path'
import { createClock, type Clock } from './clock'
import { createFaults, type Faults } from './faults'
import { createMailbox, type Mailbox } from './mailbox/mailbox'
import type { OnMessage } from './on-message'
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log'
import { DEFAULT_SETTINGS, type Settings } from './settings'
import { openState, type State } from './state'
import { openAuthority, type Authority } from './webhooks/authority'
import { createDeliveryPump, type DeliveryPump } from './webhooks/delivery-pump'
import { createSpoils, type Spoils } from './webhooks/spoils'

export type SimulatorConfig = {
  /** Where the state and the ledger are kept, in a folder `simulator`; null keeps everything in memory. */
  dataDir: string | null
  clientId: string
  clientSecret: string
  /** The seller's account: payee of every order that names none. */
  merchantId: string
  /** Stretches or, below 1, shortens the waits between retries of a webhook. Default 1: 25 retries in 3 days. */
  webhookRetryScale?: number
  /** The time to start from, in milliseconds since 1970, instead of the machine's; the controls still move it forward. */
  clock?: () => number
  /** Awaited at each phase of each REST call. */
  onMessage?: OnMessage
  /** Hears of each call as it arrived, before anything comes of it. */
  onRequest?: (request: LoggedRequest) => void
  /** Hears of each answer that is sent, spoilt ones too; `text` null means no body. */
  onAnswer?: (request: LoggedRequest, text: string | null) => void
}

/** Everything one running simulator consists of, apart from its port. */
export type Simulator = {
  config: SimulatorConfig
  /** The address under which it is reached, e.g. `http://localhost:4010`. */
  origin(): string
  setOrigin(origin: string): void
  clock: Clock
  state: State
  faults: Faults
  spoils: Spoils
  settings: Settings
  requestLog: RequestLog
  mailbox: Mailbox
  authority(): Promise<Authority>
  pump: DeliveryPump
  revokedTokens: Set<string>
  /** Keys of requests and resources being worked on; a second request meets a conflict. */
  inProgress: Set<string>
}

export function createSimulator(config: SimulatorConfig): Simulator {
  const clock = createClock(config.clock)
  const folder = config.dataDir === null ? null : join(config.dataDir, 'simulator')
  let origin = ''
  let authority: Promise<Authority> | undefined
  const parts: Omit<Simulator, 'pump'> = {
    config,
    origin: () => origin,
    setOrigin: (address) => {
      origin = address
    },
    clock,
    state: openState(folder, clock, () => simulator.pump.wake()),
    faults: createFaults(),
    spoils: createSpoils(),
    settings: { ...DEFAULT_SETTINGS },
    requestLog: createRequestLog(),
    mailbox: createMailbox(folder, clock),
    authority: () => (authority ??= openAuthority(folder === null ? null : join(folder, 'webhook-authority.json'))),
    revokedTokens: new Set(),
    inProgress: new Set(),
  }
  const simulator: Simulator = Object.assign(parts, { pump: createDeliveryPump(parts as Simulator) })
  return simulator
}
