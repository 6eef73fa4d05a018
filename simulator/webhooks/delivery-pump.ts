import { expireApprovals } from '../orders/expire-approvals'
import type { Simulator } from '../simulator'
import { deliver, type Reply } from './deliver'
import { putInOrder, type DeliveryOrder } from './delivery-order'
import type { DeliveryRecord } from './records'

export type Delivered = { deliveryId: string; eventId: string; type: string; webhookId: string } & Reply

/** Brings events to the shop, at once and again later, until stopped. */
export type DeliveryPump = {
  /** Looks whether anything is due. Cheap; called after every change. */
  wake(): void
  hold(): void
  release(): void
  isHolding(): boolean
  /** Delivers one after the other all that is due, held or not, and answers once every answer is there. */
  drain(order: DeliveryOrder): Promise<Delivered[]>
  stop(): Promise<void>
}

const AT_ONCE_MAX = 16
// A clock given from outside may stand still; then there is no point in looking more often.
const SHORTEST_WAIT_MS = 20
const LONGEST_WAIT_MS = 60_000

export function createDeliveryPump(simulator: Simulator): DeliveryPump {
  const stopping = new AbortController()
  const underWay = new Map<string, Promise<Delivered>>()
  let isHolding = false
  let drains = 0
  let timer: NodeJS.Timeout | undefined

  const due = (): DeliveryRecord[] => {
    const now = simulator.clock.now()
    const waiting = simulator.state.waitingDeliveries()
    return waiting.filter(({ id, dueAt }) => dueAt <= now && !underWay.has(id)).toSorted((a, b) => a.dueAt - b.dueAt)
  }
  const start = (delivery: DeliveryRecord): Promise<Delivered> => {
    const { id, eventId, eventType, webhookId } = delivery
    const work = deliver(simulator, delivery, stopping.signal)
      .then((reply) => ({ deliveryId: id, eventId, type: eventType, webhookId, ...reply }))
      .finally(() => underWay.delete(id))
    underWay.set(id, work)
    return work
  }
  const pump = () => {
    if (stopping.signal.aborted || drains > 0) return
    expireApprovals(simulator)
    if (isHolding) return
    for (const delivery of due().slice(0, AT_ONCE_MAX - underWay.size)) {
      start(delivery).then(pump, (error: unknown) => console.error('Simulator: a delivery failed', error))
    }
    sleepUntilNext()
  }
  const sleep = (milliseconds: number) => {
    clearTimeout(timer)
    timer = setTimeout(pump, milliseconds).unref()
  }
  const sleepUntilNext = () => {
    const now = simulator.clock.now()
    let wait = LONGEST_WAIT_MS
    for (const { id, dueAt } of simulator.state.waitingDeliveries()) {
      if (!underWay.has(id)) wait = Math.min(wait, dueAt - now)
    }
    for (const { expiresAt } of simulator.state.approvedOrders()) wait = Math.min(wait, expiresAt - now)
    sleep(Math.max(SHORTEST_WAIT_MS, wait))
  }

  return {
    wake: () => {
      if (!stopping.signal.aborted) sleep(0)
    },
    hold: () => {
      isHolding = true
    },
    release: () => {
      isHolding = false
      sleep(0)
    },
    isHolding: () => isHolding,
    drain: async (order) => {
      drains += 1
      try {
        expireApprovals(simulator)
        const delivered = await Promise.all(underWay.values())
        for (let batch = due(); batch.length > 0; batch = due()) {
          for (const delivery of putInOrder(batch, order)) delivered.push(await start(delivery))
        }
        return delivered
      } finally {
        drains -= 1
        sleep(0)
      }
    },
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      await Promise.allSettled(underWay.values())
    },
  }
}
