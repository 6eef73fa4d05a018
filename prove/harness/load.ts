import { setTimeout as delay } from 'node:timers/promises'

import type { HttpBuyer, ShopAnswer } from './http-buyer'
import type { Random } from './random'
import type { ShopWorld } from './shop-world'
import { disturbWebhooks } from './webhooks'

export interface LoadCounts {
  begun: number
  /** Told of their order. */
  bought: number
  /** Left without an answer, or without asking for one; the worker finishes for them. */
  left: number
  /** Answers that were no answer: 5xx, 202, a broken connection. */
  unknownAnswers: number
}

export interface Load {
  readonly counts: LoadCounts
  /** Everybody who has approved a payment. */
  readonly paying: readonly HttpBuyer[]
  /** When the last buyer is through: never, unless their number is limited or it was stopped. */
  readonly over: Promise<unknown>
  /** No new buyers; answers when those under way are through. */
  stop(): Promise<unknown>
}

/** So often a buyer tries before giving up for now. */
const TRIES_MAX = 4
const RETRY_MS = 200
const LEAVES_ONE_IN = 10

/** Buyers who come one after the other, `clients` at a time, each asking a shop of their own choice at every step. */
export function startLoad(world: ShopWorld, clients: number, random: Random, buyersMax = Infinity): Load {
  const counts: LoadCounts = { begun: 0, bought: 0, left: 0, unknownAnswers: 0 }
  const paying: HttpBuyer[] = []
  const doors = { open: true }
  const client = async () => {
    while (doors.open && counts.begun < buyersMax) {
      counts.begun += 1
      await shop(await world.newBuyer())
    }
  }
  const anyShop = () => world.shopUrls[random.between(0, world.shopUrls.length - 1)]
  const shop = async (buyer: HttpBuyer) => {
    const begun = await tryFor(counts, () => buyer.begin(anyShop()))
    const paypalOrderId = begun?.kind === 'answer' ? begun.body['id'] : undefined
    if (typeof paypalOrderId !== 'string') return
    await disturbWebhooks(world.paypal, random)
    await buyer.approve(world.paypal, paypalOrderId)
    paying.push(buyer)
    if (random.once(LEAVES_ONE_IN)) {
      counts.left += 1
      return
    }
    const finished = await tryFor(counts, () => buyer.finish(paypalOrderId, anyShop()))
    if (finished?.kind === 'answer' && finished.status === 200) counts.bought += 1
    else counts.left += 1
  }
  const over = Promise.all(Array.from({ length: clients }, client))
  return {
    counts,
    paying,
    over,
    stop: () => {
      doors.open = false
      return over
    },
  }
}

async function tryFor(counts: LoadCounts, ask: () => Promise<ShopAnswer>): Promise<ShopAnswer | null> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const answer = await ask()
    if (answer.kind === 'answer' && answer.status < 500 && answer.status !== 202) return answer
    counts.unknownAnswers += 1
    await delay(RETRY_MS)
  }
  return null
}
