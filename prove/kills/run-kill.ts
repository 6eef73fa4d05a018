import { judgeMoney } from '../harness/judge-money'
import { askOnceMore, judgeTold } from '../harness/judge-told'
import { createRandom } from '../harness/random'
import { settle } from '../harness/settle'
import { findLostEvents } from '../harness/webhooks'
import { actUntilKilled } from './act'
import { askUntilDefinite, inviteBuyers, type KillBuyer } from './kill-buyers'
import type { Lane } from './lane'
import type { KillOrder } from './plan-kills'
import { comeBack, readLongestWait, timeOrders } from './recover'

export interface KillReport {
  readonly order: KillOrder
  /** False: the step was never taken, so nothing was tried. */
  readonly isKilled: boolean
  readonly buyers: number
  /** From the death to the last order, milliseconds, with time as it was. Null: time was moved. */
  readonly ordersAfterMs: number | null
  /** How long after the death, milliseconds, the database lets the last of the paying buyers be driven on. */
  readonly waitMs: number
  readonly violations: readonly string[]
}

/** The promise: so long after a death everybody who has paid has an order. */
const ORDERS_WITHIN_MS = 60_000
/** What of it is left for a worker's tick and the calls to PayPal. */
const DRIVE_MS = 10_000
/** Somebody else may take the step first when the machine is slow: that kills nobody, and other buyers try. */
const TRIES_MAX = 3

/** One death and what comes of it. */
export async function runKill(lane: Lane, order: KillOrder): Promise<KillReport> {
  await Promise.all([lane.shop.start(), lane.worker.start()])
  const random = createRandom(order.seed)
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const buyers = await inviteBuyers(lane, order.buyers, random)
    const diedAt = await actUntilKilled(lane, order, buyers)
    if (diedAt !== null) return recover(lane, order, buyers, diedAt)
    await settleThese(lane, buyers)
  }
  const violations = ['the step was never seen']
  return { order, isKilled: false, buyers: order.buyers, ordersAfterMs: null, waitMs: 0, violations }
}

async function recover(
  lane: Lane,
  order: KillOrder,
  buyers: readonly KillBuyer[],
  diedAt: number,
): Promise<KillReport> {
  const violations: string[] = []
  const waitMs = await readLongestWait(lane, buyers)
  if (waitMs > ORDERS_WITHIN_MS - DRIVE_MS) violations.push(`nobody goes on with a payment for ${waitMs} ms`)
  await Promise.all([lane.shop.start(), lane.worker.start()])
  if (order.webhooksFollow) await bringAllWebhooks(lane, order.seed)
  let ordersAfterMs: number | null = null
  if (order.isTimed) {
    const returning = buyers.filter(({ returns }) => returns)
    const waiting = Promise.all(returning.map((buyer) => askUntilDefinite(buyer, 'look')))
    ordersAfterMs = await timeOrders(lane, buyers, diedAt)
    if (ordersAfterMs > ORDERS_WITHIN_MS) violations.push(`orders came ${Math.round(ordersAfterMs)} ms after the death`)
    await waiting
  } else {
    await comeBack(lane, buyers)
  }
  if (!(await settleThese(lane, buyers))) violations.push('it does not come to rest')
  const shoppers = buyers.map(({ http }) => http)
  violations.push(...(await askOnceMore(shoppers)))
  const ledger = await lane.paypal.ledger()
  violations.push(...(await judgeMoney(lane.db, ledger)))
  violations.push(...(await judgeTold(lane.db, ledger, shoppers, lane.spoiled)))
  violations.push(...(await findLostEvents(lane.db, lane.acknowledged)))
  return { order, isKilled: true, buyers: buyers.length, ordersAfterMs, waitMs, violations }
}

/** Whatever PayPal has not told yet comes now, also of earlier kills, in any order. */
async function bringAllWebhooks({ paypal, acknowledged }: Lane, seed: number): Promise<void> {
  const delivered = await paypal.drainWebhooks({ order: 'shuffled', seed })
  for (const { eventId, status } of delivered) if (status === 200) acknowledged.add(eventId)
}

function settleThese({ db }: Lane, buyers: readonly KillBuyer[]): Promise<boolean> {
  const shoppers = buyers.map(({ http }) => http)
  return settle(
    db,
    shoppers,
    shoppers.map(({ cart }) => cart.cartId),
  )
}
