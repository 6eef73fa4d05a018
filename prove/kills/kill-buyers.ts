import { setTimeout as delay } from 'node:timers/promises'

import type { HttpBuyer, ShopAnswer } from '../harness/http-buyer'
import { isDefinite } from '../harness/judge-told'
import type { Random } from '../harness/random'
import type { Lane } from './lane'

/** A buyer with what is decided about them and what they have come to. */
export interface KillBuyer {
  readonly http: HttpBuyer
  /** Comes back after the crash; another has closed the browser. */
  readonly returns: boolean
  readonly clicksTwice: boolean
  paypalOrderId: string | null
}

/** Generous: nothing but a hang takes as long. */
const PATIENCE_MS = 300_000
const RETRY_MS = 150

export async function inviteBuyers(lane: Lane, count: number, random: Random): Promise<KillBuyer[]> {
  const invite = async (): Promise<KillBuyer> => ({
    http: await lane.newBuyer(),
    returns: !random.once(3),
    clicksTwice: random.once(4),
    paypalOrderId: null,
  })
  return Promise.all(Array.from({ length: count }, invite))
}

/** Presses "Pay" once, whatever comes of it. */
export async function tryToBegin(buyer: KillBuyer): Promise<ShopAnswer> {
  const answer = await buyer.http.begin()
  if (answer.kind === 'answer' && typeof answer.body['id'] === 'string') buyer.paypalOrderId = answer.body['id']
  return answer
}

/** Presses "Pay" until PayPal's page opens. */
export async function beginAndApprove(lane: Lane, buyer: KillBuyer): Promise<void> {
  const answer = await until(
    () => tryToBegin(buyer),
    () => buyer.paypalOrderId !== null,
  )
  if (buyer.paypalOrderId === null) throw new Error(`a payment does not begin: ${JSON.stringify(answer)}`)
  await buyer.http.approve(lane.paypal, buyer.paypalOrderId)
}

/** What the page does after PayPal's approval, once. */
export async function tryToFinish({ http, paypalOrderId, clicksTwice }: KillBuyer): Promise<void> {
  const finish = () => http.finish(paypalOrderId ?? '')
  await Promise.all(clicksTwice ? [finish(), finish()] : [finish()])
}

/** Asks until there is a definite answer. `how`: by trying again, or by waiting on the page that only looks. */
export async function askUntilDefinite(
  { http, paypalOrderId }: KillBuyer,
  how: 'finish' | 'look',
  beforeEach: () => Promise<void> = async () => undefined,
): Promise<void> {
  const ask = async () => {
    await beforeEach()
    return http[how](paypalOrderId ?? '')
  }
  await until(ask, isDefinite)
}

async function until(ask: () => Promise<ShopAnswer>, isEnough: (answer: ShopAnswer) => boolean): Promise<ShopAnswer> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const answer = await ask()
    if (isEnough(answer) || performance.now() > deadline) return answer
    await delay(RETRY_MS)
  }
}
