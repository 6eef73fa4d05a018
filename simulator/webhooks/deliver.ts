import type { Simulator } from '../simulator'
import type { DeliveryRecord } from './records'
import { retryOffsetMs } from './retry-schedule'
import { makeTransmission, type Transmission } from './transmission'

/** What came back from the shop. `status` null: nothing did. */
export type Reply = { status: number | null; body: string; error?: string }

const TIMEOUT_MS = 15_000
const REPLY_CHARACTERS_KEPT = 2_000

/** Sends one transmission and waits for the answer; never throws. */
export async function transmit(url: string, { headers, body }: Transmission, signal: AbortSignal): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    return { status: response.status, body: (await response.text()).slice(0, REPLY_CHARACTERS_KEPT) }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { status: null, body: '', error: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Makes the next try of a delivery and books how it went: delivered, to be repeated, or given up. */
export async function deliver(simulator: Simulator, delivery: DeliveryRecord, signal: AbortSignal): Promise<Reply> {
  const { state, clock } = simulator
  const isFirst = delivery.attempts.length === 0
  const event = state.event(delivery.eventId)
  if (event === undefined) throw new Error(`The event of delivery ${delivery.id} is unknown`)
  const transmittedAt = delivery.transmittedAt ?? clock.now()
  const spoil = isFirst ? delivery.spoil : null
  const transmission = makeTransmission(await simulator.authority(), {
    origin: simulator.origin(),
    transmissionId: delivery.id,
    webhookId: delivery.webhookId,
    at: transmittedAt,
    text: event.text,
    spoil,
  })
  const reply = await transmit(state.webhook(delivery.webhookId)?.url ?? delivery.url, transmission, signal)
  // A simulator that is stopping did not try: the next run does.
  if (signal.aborted) return reply
  const attempt = {
    at: clock.now(),
    status: reply.status,
    ...(reply.error === undefined ? {} : { error: reply.error }),
    ...(spoil === null ? {} : { spoil: spoil.kind }),
  }
  const tried = { ...delivery, transmittedAt, attempts: [...delivery.attempts, attempt] }
  simulator.state.commit({ deliveries: [afterwards(simulator, tried, reply)] })
  return reply
}

function afterwards(simulator: Simulator, tried: DeliveryRecord, reply: Reply): DeliveryRecord {
  if (simulator.state.delivery(tried.id)?.state === 'dropped') return { ...tried, state: 'dropped' }
  if (reply.status !== null && reply.status >= 200 && reply.status < 300) return { ...tried, state: 'delivered' }
  const offset = retryOffsetMs(tried.attempts.length, simulator.config.webhookRetryScale ?? 1)
  if (offset === null) return { ...tried, state: 'given_up' }
  return { ...tried, dueAt: (tried.transmittedAt ?? tried.dueAt) + offset }
}
